import { screen, within } from '@testing-library/react';
import { button, fact, menuItem, sendButton, shownStatus } from '../../../test/helpers/ui/queries';
import { createUi, pass, setUpUi } from '../../../test/helpers/ui/render_ui';
import { alertWith, nthAgent } from '../../../test/helpers/sample_hosts';
import type { AlertContext, AlertDetails } from '../../../common/hosts/alert';
import { AlertFlyoutContent } from './alert_flyout';

setUpUi();

const A = nthAgent(1, { computerName: 'web-a' });
const B = nthAgent(2, { computerName: 'web-b' });
const hostNames = ['web-a', 'web-b'];
/** An alert that was created from events of both hosts. */
const several = (changes: Partial<AlertDetails> = {}) =>
  alertWith({
    agentUuid: null,
    agentId: null,
    hostName: null,
    hostNames,
    hosts: [
      { agentUuid: A.uuid, agentId: null, hostNames },
      { agentUuid: B.uuid, agentId: null, hostNames },
      { agentUuid: null, agentId: B.id, hostNames },
    ],
    ...changes,
  });

async function open(alert = several(), context: Partial<AlertContext> = {}) {
  const ui = createUi({ agents: [A, B], alerts: [alert] });
  const content = (
    <AlertFlyoutContent
      context={{ alertId: 'alert-1', ...context }}
      titleId="title"
      onClose={() => {}}
    />
  );
  ui.show(content);
  await pass(10);
  return ui;
}
const group = () => screen.getByRole('group', { name: 'Hosts of this alert' });
const options = () => within(group()).getAllByRole('radio');
const isolate = async ({ user }: Awaited<ReturnType<typeof open>>) => {
  await user.click(button('Take action'));
  await pass(300);
  return menuItem(/Isolate host/);
};

it('offers each host once, by its name in SentinelOne', async () => {
  await open();
  const labelOf = (option: HTMLElement) => (option as HTMLInputElement).labels![0]!.textContent;
  expect(options().map(labelOf)).toEqual([
    expect.stringContaining('web-a'),
    expect.stringContaining('web-b'),
  ]);
  // The same agent by its UUID and by its id.
  expect(group()).toHaveTextContent(`UUID ${B.uuid} · Agent id ${B.id}`);
  for (const option of options()) expect(option).not.toBeChecked();
});

it('requires a choice before an action, and explains it', async () => {
  const ui = await open();
  expect(screen.queryByRole('region', { name: 'Host' })).toBeNull();
  const item = await isolate(ui);
  expect(item).toHaveAttribute('aria-disabled', 'true');
  expect(item).toHaveTextContent('This alert contains several hosts. Choose one first.');
  await ui.user.click(item);
  expect(screen.queryByLabelText('Comment')).toBeNull();
  expect(ui.api.sent).toEqual([]);
});

it('acts on the chosen host, which has one of the names', async () => {
  const ui = await open();
  await ui.user.click(options()[1]!);
  await pass(10);
  expect(fact('Host', 'Name')).toBe('web-b');
  expect(shownStatus()).toBe('Connected');
  await ui.user.click(await isolate(ui));
  await pass(10);
  await ui.user.type(screen.getByLabelText('Comment'), 'Both events are its');
  await ui.user.click(sendButton());
  await pass(10);
  expect(ui.api.sent.map(({ params, affected }) => [params.hosts, affected])).toEqual([
    [[{ uuid: B.uuid, agentId: B.id, names: hostNames }], [B.id]],
  ]);
  expect(ui.api.sent[0]!.params.alertIds).toEqual(['alert-1']);
  expect(screen.getByText('Request accepted: isolating web-b')).toBeInTheDocument();
  // The other host does not show this action.
  await ui.user.click(options()[0]!);
  await pass(10);
  expect(screen.queryByText('Request accepted: isolating web-b')).toBeNull();
  expect(fact('Host', 'Name')).toBe('web-a');
});

it('requires the name when the chosen host has none of the names', async () => {
  const other = several({
    hostNames: ['web-a', 'db'],
    hosts: [
      { agentUuid: A.uuid, agentId: null, hostNames: ['web-a', 'db'] },
      { agentUuid: B.uuid, agentId: null, hostNames: ['web-a', 'db'] },
    ],
  });
  const ui = await open(other);
  expect(group()).toHaveTextContent(
    'The alert also contains the name db. None of these agents has this name.'
  );
  await ui.user.click(options()[1]!);
  await pass(10);
  expect(screen.getByRole('region', { name: 'Host' })).toHaveTextContent(
    'This host is named web-a, db in the alert and web-b in SentinelOne'
  );
});

it('requires a choice for one agent with two names, too', async () => {
  const ui = await open(several({ hosts: [{ agentUuid: A.uuid, agentId: null, hostNames }] }));
  expect(options()).toHaveLength(1);
  expect(group()).toHaveTextContent('The alert also contains the name web-b.');
  expect(await isolate(ui)).toHaveAttribute('aria-disabled', 'true');
});

it('preselects the host that was chosen elsewhere', async () => {
  await open(several(), { chosen: { uuid: B.uuid! } });
  expect(options()[1]).toBeChecked();
  expect(fact('Host', 'Name')).toBe('web-b');
});

it('explains why an id that is a number identifies no host', async () => {
  const ui = await open(
    alertWith({
      agentUuid: null,
      agentId: null,
      unusableIds: [
        { field: 'sentinel_one.threat.agent.id', value: '1800000000000000000', problem: 'number' },
      ],
    })
  );
  const host = screen.getByRole('region', { name: 'Host' });
  expect(host).toHaveTextContent('The agent id in this alert is not reliable');
  expect(host).toHaveTextContent(
    'sentinel_one.threat.agent.id is a JSON number, read as 1800000000000000000'
  );
  expect(fact('Host', 'Name')).toBe('web-7');
  const item = await isolate(ui);
  expect(item).toHaveAttribute('aria-disabled', 'true');
  expect(item).toHaveTextContent('JSON number');
  expect(ui.api.count('hostsStatus')).toBe(0);
});
