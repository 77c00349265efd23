import { screen } from '@testing-library/react';
import { button } from '../../test/helpers/ui/queries';
import { createUi, enter, pass, setUpUi, type UiOptions } from '../../test/helpers/ui/render_ui';
import { AGENT_ID, agentWith, alertWith, UUID } from '../../test/helpers/sample_hosts';
import { refusal } from '../../test/helpers/ui/http_error';
import { AlertFlyoutContent } from '../actions/single/alert_flyout';

/** What the flyout shows as time passes without an answer from SentinelOne. */

setUpUi();

const SLOW = 'SentinelOne is slow to answer';
const ISOLATE = 'Isolate host without its status';
const offer = (name: string) => screen.queryByRole('button', { name });

async function open(options: UiOptions = {}) {
  const ui = createUi({ agents: [agentWith()], alerts: [alertWith()], ...options });
  const release = ui.api.hold('hostsStatus');
  ui.show(<AlertFlyoutContent context={{ alertId: 'alert-1' }} titleId="t" onClose={() => {}} />);
  await pass(10);
  return { ...ui, release };
}

it('shows nothing before 3 s, that SentinelOne is slow until 10 s, and then what the user can do', async () => {
  const ui = await open();
  await pass(2_900);
  expect(screen.queryByText(SLOW)).toBeNull();
  await pass(200);
  // In a live region that existed before, so that screen readers read it.
  expect(screen.getByText(SLOW).closest('[role="status"]')).not.toBeNull();
  expect(offer('Refresh status')).toBeNull();
  expect(offer(ISOLATE)).toBeNull();
  await pass(6_800);
  expect(offer('Refresh status')).toBeNull();
  await pass(200);
  expect(offer('Refresh status')).toBeVisible();
  expect(offer(ISOLATE)).toBeVisible();
  expect(offer('Release host without its status')).toBeVisible();
  // Which action on a scan makes sense depends on its status.
  expect(screen.queryAllByRole('button', { name: /without its status$/ })).toHaveLength(2);
  ui.release();
  await pass(10);
  expect(screen.queryByText(SLOW)).toBeNull();
  expect(screen.getAllByText('Connected')).not.toEqual([]);
});

it('sends a new request instead of waiting for the first answer', async () => {
  const ui = await open();
  await pass(10_100);
  expect(ui.api.count('hostsStatus')).toBe(1);
  await ui.user.click(button('Refresh status'));
  await pass(10);
  expect(ui.api.count('hostsStatus')).toBe(2);
});

it('keeps the offers after SentinelOne did not answer in time', async () => {
  const ui = await open();
  ui.api.fail('hostsStatus', refusal(504, 'timed_out'));
  ui.release();
  await pass(10);
  expect(screen.queryByText(SLOW)).toBeNull();
  expect(offer(ISOLATE)).toBeVisible();
});

it('offers no action without the privilege', async () => {
  await open({ rights: { isolate: false } });
  await pass(10_100);
  expect(offer(ISOLATE)).toBeNull();
  expect(offer('Release host without its status')).toBeVisible();
});

it.each([
  ['without a name', { hostName: null }],
  ['without an agent', { agentUuid: null, agentId: null }],
])('offers no action on a host %s', async (_, alert) => {
  await open({ alerts: [alertWith(alert)] });
  await pass(10_100);
  expect(offer(ISOLATE)).toBeNull();
});

it('acts without a status on the host of the alert, identified by all values of the alert', async () => {
  const ui = await open();
  await pass(10_100);
  await ui.user.click(button(ISOLATE));
  await pass(10);
  expect(screen.getByText('The network status of this host is not known')).toBeVisible();
  await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
  await ui.user.click(button('Isolate web-7'));
  await pass(10);
  expect(ui.api.sent).toMatchObject([
    {
      action: 'isolate',
      params: { hosts: [{ uuid: UUID, agentId: AGENT_ID, name: 'web-7' }], comment: 'Ransomware' },
    },
  ]);
});

it('requires the name when the status arrives and shows another name', async () => {
  const ui = await open({ agents: [agentWith({ computerName: 'db-1' })] });
  await pass(10_100);
  await ui.user.click(button(ISOLATE));
  await pass(10);
  ui.release();
  await pass(10);
  expect(screen.queryByText('The network status of this host is not known')).toBeNull();
  await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
  await ui.user.click(button('Isolate db-1'));
  await pass(10);
  expect(ui.api.sent).toEqual([]);
});

it('stops when the alert changes to another host before SentinelOne has answered', async () => {
  const ui = await open();
  await pass(10_100);
  await ui.user.click(button(ISOLATE));
  await pass(10);
  ui.api.alertList = [alertWith({ hostName: 'db-1' })];
  void ui.services.queryClient.invalidateQueries();
  await pass(10);
  expect(screen.getByText('The host has changed since you opened this step')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Isolate / })).toBeNull();
  expect(ui.api.sent).toEqual([]);
});
