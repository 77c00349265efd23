import { screen } from '@testing-library/react';
import { createUi, pass, setUpUi } from '../../test/helpers/ui/render_ui';
import { AGENT_ID, agentWith, alertWith, UUID } from '../../test/helpers/sample_hosts';
import { fact } from '../../test/helpers/ui/queries';
import type { Agent, HostStatus } from '../../common/hosts/agent';
import { AlertFlyoutContent } from './single/alert_flyout_content';
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
    /last action on this host is not an isolation.*activity log/,
  ],
  [
    'Check the host',
    known({ computerName: 'db-1' }),
    /^The alert calls this host web-7, SentinelOne calls it db-1$/,
  ],
  [
    'Check the host',
    { state: 'partial_match', foundBy: 'uuid', agent: agentWith() },
    /^No agent has the agent id in the alert/,
  ],
])('"%s" says what it means to whoever focuses it', async (label, status, text) => {
  createUi().show(<HostBadges subject={SUBJECT} status={status} />);
  expect(await textOf(label)).toMatch(text);
});

it.each<[string, HostStatus | undefined]>([
  ['nothing is known yet', undefined],
  ['all is as it should be', known({})],
  ['no agent was found', { state: 'unknown' }],
])('nothing while %s', (_, status) => {
  const { container } = createUi().show(<HostBadges subject={SUBJECT} status={status} />);
  expect(container).toBeEmptyDOMElement();
});

const OUTSIDE = agentWith({ networkStatus: 'disconnected', isIsolatedOutside: true, ...PROTECTED });

it('are in the table of alerts, before anybody opens one', async () => {
  const ui = createUi({ agents: [OUTSIDE], alerts: [alertWith({ hostName: 'web-8' })] });
  ui.show(<AlertsPage />);
  await pass(100);
  const cell = screen.getByText('Protected').closest('td');
  for (const text of ['Isolated', 'Check the host', 'Protected', 'Isolated outside Kibana']) {
    expect(cell).toHaveTextContent(text);
  }
});

it('are in the flyout of an alert', async () => {
  const ui = createUi({ agents: [OUTSIDE], alerts: [alertWith()] });
  ui.show(<AlertFlyoutContent context={{ alertId: 'alert-1' }} titleId="t" onClose={() => {}} />);
  await pass(10);
  expect(fact('Host', 'Network status')).toMatch(/Isolated.*Protected.*Isolated outside Kibana/);
});
