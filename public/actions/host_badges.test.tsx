import { screen } from '@testing-library/react';
import { createUi, pass, setUpUi } from '../../test/helpers/ui/render_ui';
import { AGENT_ID, agentWith, alertWith, UUID } from '../../test/helpers/sample_hosts';
import { fact } from '../../test/helpers/ui/queries';
import type { Agent, HostStatus } from '../../common/hosts/agent';
import { AlertFlyoutContent } from './single/alert_flyout';
import { AlertsPage } from '../pages/alerts/alerts_page';
import { HostBadges } from './host_badges';

setUpUi();

const SUBJECT = { uuid: UUID, agentId: AGENT_ID, name: 'web-7' };
const known = (changes: Partial<Agent>): HostStatus => ({
  state: 'known',
  agent: agentWith(changes),
});
const PROTECTED = { protectedBy: { field: 'name', pattern: 'web-*' } } as const;

async function textOf(label: string): Promise<string> {
  const badge = screen.getByText(label).closest<HTMLElement>('[tabindex]')!;
  badge.focus();
  await pass(500);
  return screen.getByRole('tooltip').textContent ?? '';
}

it.each<[string, HostStatus, RegExp]>([
  ['Protected', known(PROTECTED), /^Protected host \(name matches web-\*\)$/],
  [
    'Isolated outside Kibana',
    known({ networkStatus: 'disconnected', isIsolatedOutside: true }),
    /^Another user isolated this host in the SentinelOne console or through its API.*activity log/,
  ],
  [
    'Check the host',
    known({ computerName: 'db-1' }),
    /^This host is named web-7 in the alert and db-1 in SentinelOne$/,
  ],
  [
    'Check the host',
    { state: 'partial_match', foundBy: 'uuid', agent: agentWith() },
    /^No agent has the agent id in the alert/,
  ],
])('"%s" shows its meaning when it has the focus', async (label, status, text) => {
  createUi().show(<HostBadges subject={SUBJECT} status={status} />);
  expect(await textOf(label)).toMatch(text);
});

it.each<[string, HostStatus | undefined]>([
  ['the status is loading', undefined],
  ['there is nothing to report', known({})],
  ['no agent was found', { state: 'unknown' }],
])('are not shown when %s', (_, status) => {
  const { container } = createUi().show(<HostBadges subject={SUBJECT} status={status} />);
  expect(container).toBeEmptyDOMElement();
});

const OUTSIDE = agentWith({ networkStatus: 'disconnected', isIsolatedOutside: true, ...PROTECTED });

it('are shown in the table of alerts', async () => {
  const ui = createUi({ agents: [OUTSIDE], alerts: [alertWith({ hostName: 'web-8' })] });
  ui.show(<AlertsPage />);
  await pass(100);
  const cell = screen.getByText('Protected').closest('td');
  for (const text of ['Isolated', 'Check the host', 'Protected', 'Isolated outside Kibana']) {
    expect(cell).toHaveTextContent(text);
  }
});

it('are shown in the flyout of an alert', async () => {
  const ui = createUi({ agents: [OUTSIDE], alerts: [alertWith()] });
  ui.show(<AlertFlyoutContent context={{ alertId: 'alert-1' }} titleId="t" onClose={() => {}} />);
  await pass(10);
  expect(fact('Host', 'Network status')).toMatch(/Isolated.*Protected.*Isolated outside Kibana/);
});
