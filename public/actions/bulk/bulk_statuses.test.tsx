import { screen, within } from '@testing-library/react';
import { httpError, refusal } from '../../../test/helpers/ui/http_error';
import { alerted, button, shownStatus } from '../../../test/helpers/ui/queries';
import { createUi, enter, pass, setUpUi, type UiOptions } from '../../../test/helpers/ui/render_ui';
import { nthAgent } from '../../../test/helpers/sample_hosts';
import type { Agent } from '../../../common/hosts/agent';
import type { ActionName } from '../../../common/actions/action_name';
import { AlertFlyoutContent } from '../single/alert_flyout';
import { BulkForm } from './bulk_form';
import { bulkHostsOf } from './bulk_host';

/** The network statuses of several hosts, as time passes. */

setUpUi();

const WEB = nthAgent(1, { computerName: 'web-1' });
const DB = nthAgent(2, { computerName: 'db-1' });

function create(action: ActionName = 'isolate', agents: readonly Agent[] = [WEB, DB]) {
  const options: UiOptions = { agents };
  const ui = createUi(options);
  const hosts = bulkHostsOf({
    hosts: agents.map(({ id, uuid, computerName }, n) => ({
      agentUuid: uuid,
      agentId: id,
      hostName: computerName,
      alertIds: [`a${n}`],
    })),
  });
  const show = async () => {
    const shown = ui.show(<BulkForm action={action} hosts={hosts} summary="" onClose={() => {}} />);
    await pass(10);
    return shown;
  };
  return { ...ui, showForm: show };
}

const row = (name: string) => within(screen.getByText(name).closest('tr')!);
const statusOf = (name: string) =>
  row(name).getAllByRole('cell')[3]?.lastElementChild?.textContent?.trim();

async function confirm(ui: ReturnType<typeof create>, name: string) {
  await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
  await ui.user.click(button(name));
  await pass(10);
}

it('are reported as out of date, with time and reason, and can be refreshed', async () => {
  const ui = create();
  await ui.showForm();
  expect(statusOf('web-1')).toBe('Connected');
  ui.api.fail('hostsStatus', refusal(502, 'unreachable'));
  await pass(35_000);
  expect(statusOf('web-1')).toBe('Connected');
  expect(alerted()).toMatch(
    /^The network status may be out of date, as of Mar 1, 2024 @ 10:03:00\.\d{3}/
  );
  ui.api.setAgent(WEB.id, { networkStatus: 'disconnected' });
  ui.api.mend('hostsStatus');
  await ui.user.click(button('Refresh status'));
  await pass(10);
  expect(statusOf('web-1')).toBe('Isolated');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(ui.api.sent).toEqual([]);
});

it('are not available when they could never be read', async () => {
  const ui = create();
  ui.api.fail('hostsStatus', refusal(502, 'unauthorized'));
  await ui.showForm();
  await pass(3_000);
  expect(alerted()).toMatch(/^The network status is not available.*API token/);
  expect([statusOf('web-1'), statusOf('db-1')]).toEqual(['Not available', 'Not available']);
  expect(button('Isolate 0 hosts')).toBeDisabled();
  expect(ui.api.sent).toEqual([]);
});

it('are the expected ones after SentinelOne accepted the action, and are refreshed soon', async () => {
  const ui = create();
  ui.api.lag();
  await ui.showForm();
  await confirm(ui, 'Isolate 2 hosts');
  expect([statusOf('web-1'), statusOf('db-1')]).toEqual(['Isolating…', 'Isolating…']);
  expect(ui.api.sent.map(({ affected }) => affected)).toEqual([[WEB.id, DB.id]]);
  ui.api.setAgent(WEB.id, { networkStatus: 'disconnected' });
  await pass(5_000);
  expect([statusOf('web-1'), statusOf('db-1')]).toEqual(['Isolated', 'Isolating…']);
  await pass(40_000);
  expect([statusOf('web-1'), statusOf('db-1')]).toEqual(['Isolated', 'Connected']);
});

it('prevent that a host is isolated twice', async () => {
  const ui = create();
  ui.api.lag();
  const first = await ui.showForm();
  await ui.user.click(screen.getByRole('checkbox', { name: /^db-1/ }));
  await confirm(ui, 'Isolate 1 host');
  first.unmount();
  await ui.showForm();
  expect(statusOf('web-1')).toBe('Isolating…');
  expect(row('web-1').getByText(/Already isolated, or being isolated/)).toBeVisible();
  await confirm(ui, 'Isolate 1 host');
  expect(ui.api.sent.map(({ affected }) => affected)).toEqual([[WEB.id], [DB.id]]);
});

it('of an earlier flyout have no effect: hosts that are isolated since then are released', async () => {
  const ui = create('release');
  const earlier = await ui.showForm();
  expect(button('Release 0 hosts')).toBeDisabled();
  earlier.unmount();
  for (const { id } of [WEB, DB]) ui.api.setAgent(id, { networkStatus: 'disconnected' });
  await ui.showForm();
  await confirm(ui, 'Release 2 hosts');
  expect(ui.api.sent.map(({ action, affected }) => [action, affected])).toEqual([
    ['release', [WEB.id, DB.id]],
  ]);
});

it('are shared with the flyout of one of the hosts', async () => {
  const ui = create('isolate', [WEB]);
  const bulk = await ui.showForm();
  bulk.unmount();
  ui.show(
    <AlertFlyoutContent
      context={{ agentUuid: WEB.uuid!, agentId: WEB.id, hostName: 'web-1' }}
      titleId="t"
      onClose={() => {}}
    />
  );
  expect(shownStatus()).toBe('Connected');
  await pass(10);
  expect(ui.api.sent).toEqual([]);
});

describe('the focus', () => {
  const result = () =>
    document.querySelector('[data-test-subj="sentineloneResponseBulkResult"]')?.parentElement;

  it('moves to the result', async () => {
    const ui = create();
    await ui.showForm();
    const answer = ui.api.hold('performAction');
    await confirm(ui, 'Isolate 2 hosts');
    expect(screen.getByText('Sending the request to SentinelOne…')).toBeVisible();
    answer();
    await pass(10);
    expect(screen.queryByRole('button', { name: /Isolate|Try again/ })).toBeNull();
    expect(result()).toHaveTextContent(/2 requests accepted/);
    expect(result()).toHaveFocus();
    expect(ui.api.sent).toHaveLength(1);
  });

  it('moves to the problem, and after a retry to the result', async () => {
    const ui = create();
    await ui.showForm();
    ui.api.fail('performAction', httpError(), 1);
    await confirm(ui, 'Isolate 2 hosts');
    expect(screen.getByRole('alert').parentElement).toHaveFocus();
    await ui.user.click(button('Try again for 2 hosts'));
    await pass(10);
    expect(result()).toHaveFocus();
    expect(ui.api.sent.map(({ affected }) => affected)).toEqual([[WEB.id, DB.id]]);
  });
});

it('of another machine leave the host out, and clear the comment', async () => {
  const ui = create();
  await ui.showForm();
  await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
  ui.api.setAgent(DB.id, { computerName: 'srv-sql-prod-01' });
  await pass(35_000);
  expect(alerted()).toMatch(/^A host has changed since you opened this: db-1It is left out/);
  expect(
    row('db-1').getByText(/The host has changed in SentinelOne\. Before: db-1 .*srv-sql-prod/)
  ).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue('');
  // It stays left out when it has its first name again: it is not known which of the two is right.
  ui.api.setAgent(DB.id, { computerName: 'db-1' });
  await pass(35_000);
  expect(screen.getByRole('checkbox', { name: /^db-1/ })).toBeDisabled();
  await confirm(ui, 'Isolate 1 host');
  expect(ui.api.sent.map(({ affected }) => affected)).toEqual([[WEB.id]]);
  expect(ui.api.sent[0]!.params.alertIds).toEqual(['a0']);
});

describe('while SentinelOne does not answer', () => {
  const box = (name: string) => row(name).getByRole('checkbox');
  const goOn = 'Continue without their status';

  it('hosts can be included after 10 s, each only by the choice of the user', async () => {
    const ui = create();
    const answer = ui.api.hold('hostsStatus');
    await ui.showForm();
    await pass(5_000);
    expect(screen.queryByRole('button', { name: goOn })).toBeNull();
    expect(box('web-1')).toBeDisabled();
    await pass(5_000);
    await ui.user.click(button(goOn));
    expect(button('Isolate 0 hosts')).toBeDisabled();
    expect(screen.getByText('web-1').closest('tr')).toHaveTextContent(
      /Its network status is not known\. Select it if it is the right host/
    );
    await ui.user.click(box('web-1'));
    await confirm(ui, 'Isolate 1 host');
    // By the name in the alert, which the connector compares.
    expect(ui.api.sent).toEqual([
      {
        action: 'isolate',
        params: {
          hosts: [{ uuid: WEB.uuid, agentId: WEB.id, name: 'web-1' }],
          alertIds: ['a0'],
          comment: 'Ransomware',
        },
        affected: [WEB.id],
      },
    ]);
    answer();
    await pass(20_000);
    expect(statusOf('db-1')).toBe('Connected');
    expect(box('db-1')).not.toBeChecked();
  });

  it('hosts can be included after their status was not read in time', async () => {
    const ui = create();
    ui.api.fail('hostsStatus', refusal(504, 'timed_out'));
    await ui.showForm();
    await pass(1_000);
    await ui.user.click(button(goOn));
    expect(box('web-1')).toBeEnabled();
    expect(box('web-1')).not.toBeChecked();
  });

  it.each([
    ['is isolated already', { networkStatus: 'disconnected' }, /Already isolated/],
    ['has another name', { computerName: 'other' }, /Open one of its alerts to confirm/],
  ] as const)('a host that was included is left out when it %s', async (_, change, reason) => {
    const ui = create();
    const answer = ui.api.hold('hostsStatus');
    await ui.showForm();
    await pass(10_000);
    await ui.user.click(button(goOn));
    await ui.user.click(box('web-1'));
    expect(box('web-1')).toBeChecked();
    ui.api.setAgent(WEB.id, change);
    answer();
    await pass(20_000);
    expect(screen.getByText('web-1').closest('tr')).toHaveTextContent(reason);
    expect(box('web-1')).not.toBeChecked();
    expect(button('Isolate 0 hosts')).toBeDisabled();
  });

  it('a host without a name in its alerts cannot be included', async () => {
    const ui = createUi({ agents: [WEB] });
    ui.api.hold('hostsStatus');
    const hosts = bulkHostsOf({
      hosts: [{ agentUuid: WEB.uuid, agentId: WEB.id, hostName: null, alertIds: ['a'] }],
    });
    ui.show(<BulkForm action="isolate" hosts={hosts} summary="" onClose={() => {}} />);
    await pass(15_000);
    expect(screen.getByText(/To act on another host now, open its alert/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: goOn })).toBeNull();
  });
});
