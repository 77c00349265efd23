import { screen } from '@testing-library/react';
import { httpError } from '../../../test/helpers/ui/http_error';
import { button, fact, sendButton } from '../../../test/helpers/ui/queries';
import { createUi, enter, pass, setUpUi, type UiOptions } from '../../../test/helpers/ui/render_ui';
import { alertWith, nthAgent } from '../../../test/helpers/sample_hosts';
import { AlertFlyoutContent } from './alert_flyout';

/** Alerts that contain only the name of their host. */

setUpUi();

const frankfurt = nthAgent(1, { computerName: 'web-7', siteName: 'Frankfurt' });
const lisbon = nthAgent(2, { computerName: 'WEB-7', siteName: 'Lisbon' });
const onlyNamed = alertWith({ agentId: null, agentUuid: null, hostName: 'web-7' });

async function open(options: UiOptions = {}) {
  const ui = createUi({ agents: [frankfurt, lisbon], alerts: [onlyNamed], ...options });
  ui.show(
    <AlertFlyoutContent context={{ alertId: 'alert-1' }} titleId="title" onClose={() => {}} />
  );
  await pass(10);
  return ui;
}
const find = async (ui: Awaited<ReturnType<typeof open>>, name = 'Find hosts of this name') => {
  await ui.user.click(button(name));
  await pass(10);
};

it('offers to find the hosts of the name, and does not refer to the SentinelOne console', async () => {
  const ui = await open();
  expect(screen.getByText('This alert does not identify a SentinelOne agent')).toBeVisible();
  expect(document.body).not.toHaveTextContent(/SentinelOne console/);
  expect(ui.api.count('findHosts')).toBe(0);
  await ui.user.click(button('Take action'));
  await pass(300);
  expect(document.body).toHaveTextContent(/Find the hosts of this name and choose the agent first/);
});

it('acts on the chosen agent after its id is typed, with the alert', async () => {
  const ui = await open();
  await find(ui);
  expect(ui.api.calls).toContainEqual(['findHosts', 'web-7']);
  await ui.user.click(button('Choose the agent 1002'));
  await pass(10);
  expect(fact('Host', 'Name')).toBe('WEB-7');
  expect(fact('Host', 'Site')).toBe('Lisbon');
  expect(button('Choose another agent')).toBeVisible();
  await ui.user.click(button('Take action'));
  await pass(300);
  await ui.user.click(button('Isolate host'));
  await pass(10);
  await enter(ui, screen.getByLabelText('Comment'), 'By name');
  await ui.user.click(sendButton());
  await pass(10);
  expect(ui.api.sent).toEqual([]);
  await enter(ui, screen.getByLabelText(/^To confirm the agent, type the last/), '1002');
  await ui.user.click(sendButton());
  await pass(10);
  expect(ui.api.sent).toMatchObject([
    {
      action: 'isolate',
      params: { hosts: [{ agentId: '1002', name: 'web-7' }], alertIds: ['alert-1'] },
      affected: ['1002'],
    },
  ]);
});

it('returns to the list of agents', async () => {
  const ui = await open();
  await find(ui);
  await ui.user.click(button('Choose the agent 1001'));
  await pass(10);
  await ui.user.click(button('Choose another agent'));
  await pass(10);
  expect(button('Find hosts of this name')).toBeVisible();
});

it('searches for one name at a time if the alert contains several', async () => {
  const alert = { ...onlyNamed, hostName: null, hostNames: ['web-7', 'db-1'] };
  const ui = await open({ alerts: [alert] });
  await find(ui, 'Find hosts named db-1');
  expect(screen.getByText('SentinelOne has no host of this name')).toBeVisible();
  await find(ui, 'Find hosts named web-7');
  expect(button('Choose the agent 1001')).toBeVisible();
});

it('reports that no host has the name', async () => {
  const ui = await open({ agents: [] });
  await find(ui);
  expect(screen.getByText('SentinelOne has no host of this name')).toBeVisible();
});

it('reports what failed, and searches again', async () => {
  const ui = await open();
  ui.api.fail('findHosts', httpError(502));
  await find(ui);
  await pass(3_000);
  expect(screen.getByRole('alert')).toHaveTextContent('The search for hosts failed');
  ui.api.mend('findHosts');
  await ui.user.click(button('Reload'));
  await pass(10);
  expect(button('Choose the agent 1001')).toBeVisible();
});

it('offers no search if the alert contains no name', async () => {
  await open({ alerts: [{ ...onlyNamed, hostName: null }] });
  expect(screen.queryByRole('button', { name: /^Find hosts/ })).toBeNull();
  expect(document.body).toHaveTextContent(/no agent UUID, agent id, or host name/);
});
