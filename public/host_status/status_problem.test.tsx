import { screen, within } from '@testing-library/react';
import { httpError, refusal } from '../../test/helpers/ui/http_error';
import { alerted, button, sendButton, shownStatus } from '../../test/helpers/ui/queries';
import { createUi, enter, pass, setUpUi, type UiOptions } from '../../test/helpers/ui/render_ui';
import { AGENT_ID, agentWith, alertWith, UUID } from '../../test/helpers/sample_hosts';
import type { ActionName } from '../../common/actions/action_name';
import { AlertFlyoutContent } from '../actions/single/alert_flyout';

/** Statuses of one host that are out of date or not available. */

setUpUi();

const create = (options: UiOptions = {}) =>
  createUi({ agents: [agentWith()], alerts: [alertWith()], ...options });

async function show(ui: ReturnType<typeof create>, action?: ActionName) {
  ui.show(
    <AlertFlyoutContent
      context={{ alertId: 'alert-1', agentUuid: UUID, hostName: 'web-7' }}
      action={action}
      titleId="t"
      onClose={() => {}}
    />
  );
  await pass(10);
}

const step = () =>
  within(document.querySelector<HTMLElement>('[data-test-subj="sentineloneResponseStep"]')!);
const stepStatus = () =>
  step().getByText('Network status', { selector: 'dt' }).nextElementSibling?.textContent?.trim();

it('shows the time of a status that is out of date', async () => {
  const ui = create();
  await show(ui);
  ui.api.fail('hostsStatus', refusal(502, 'unreachable'));
  await pass(35_000);
  expect(alerted()).toMatch(
    /^The network status may be out of date, as of Mar 1, 2024 @ 10:03:00\.\d{3}/
  );
  expect(shownStatus()).toBe('Connected');
});

it('shows it in the confirmation step, and refreshes the status there', async () => {
  const ui = create();
  await show(ui, 'isolate');
  expect(screen.queryByRole('alert')).toBeNull();
  ui.api.fail('hostsStatus', refusal(502, 'unreachable'));
  await pass(35_000);
  expect(alerted()).toMatch(/may be out of date, as of Mar 1, 2024 @ 10:03:00/);
  expect(stepStatus()).toBe('Connected');
  ui.api.setAgent(AGENT_ID, { networkStatus: 'disconnected' });
  ui.api.mend('hostsStatus');
  await ui.user.click(button('Refresh status'));
  await pass(10);
  expect(stepStatus()).toBe('Isolated');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(ui.api.sent).toEqual([]);
});

it('shows that there is no status at all when the flyout opens with the confirmation step', async () => {
  const ui = create();
  ui.api.fail('hostsStatus', refusal(502, 'unauthorized'));
  await show(ui, 'isolate');
  await pass(3_000);
  expect(alerted()).toMatch(/^The network status is not available.*API token/);
  expect(step().queryByRole('progressbar')).toBeNull();
  expect(sendButton()).toBeDisabled();
  expect(ui.api.sent).toEqual([]);
});

it('shows the expected status in the step of the next action, too', async () => {
  const ui = create();
  ui.api.lag();
  await show(ui, 'isolate');
  await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
  await ui.user.click(sendButton());
  await pass(400);
  await ui.user.click(button('Take action'));
  await pass(400);
  await ui.user.click(button('Release host'));
  await pass(400);
  expect(stepStatus()).toBe('Isolating…');
  expect(ui.api.sent.map(({ action, affected }) => [action, affected])).toEqual([
    ['isolate', [AGENT_ID]],
  ]);
});

describe('when the browser reports that it is offline', () => {
  beforeEach(() => {
    jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    window.dispatchEvent(new Event('offline'));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    window.dispatchEvent(new Event('online'));
  });

  it('sends requests to Kibana', async () => {
    await show(create());
    expect(shownStatus()).toBe('Connected');
  });

  it('shows that Kibana did not answer', async () => {
    const ui = create();
    ui.api.fail('hostsStatus', httpError());
    await show(ui);
    await pass(3_000);
    expect(alerted()).toMatch(/network status is not available.*Kibana did not answer/);
  });
});
