import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import * as fc from 'fast-check';
import { httpError } from '../../../test/helpers/ui/http_error';
import {
  alerted,
  announced,
  button,
  sendButton,
  shownStatus,
} from '../../../test/helpers/ui/queries';
import {
  createUi,
  enter,
  pass,
  setTabVisible,
  setUpUi,
  type UiOptions,
} from '../../../test/helpers/ui/render_ui';
import { AGENT_ID, agentWith, alertWith, UUID } from '../../../test/helpers/sample_hosts';
import { hostWith, recordWith } from '../../../test/helpers/ui/action_history';
import { AlertFlyoutContent } from './alert_flyout';

/** From the button "Take action" to the result for the host, with the requests to SentinelOne. */

setUpUi();

const flyout = (
  <AlertFlyoutContent context={{ alertId: 'alert-1' }} titleId="t" onClose={() => {}} />
);
type Ui = Awaited<ReturnType<typeof open>>;

async function open(options: UiOptions = {}) {
  const ui = createUi({ agents: [agentWith()], alerts: [alertWith()], ...options });
  const rendered = ui.show(flyout);
  await pass(10);
  return { ...ui, ...rendered };
}

async function openMenu({ user }: Pick<Ui, 'user'>): Promise<void> {
  await user.click(button('Take action'));
  await pass(400);
}

async function choose(ui: Pick<Ui, 'user'>, name: string): Promise<void> {
  await openMenu(ui);
  await ui.user.click(button(name));
  await pass(400);
}

async function confirm({ user }: Pick<Ui, 'user'>, comment = 'Ransomware'): Promise<void> {
  await enter({ user }, screen.getByRole('textbox', { name: 'Comment' }), comment);
  await user.click(sendButton());
  await pass(10);
}

const theHost = {
  hosts: [{ uuid: UUID, agentId: AGENT_ID, name: 'web-7' }],
  comment: 'Ransomware',
  alertIds: ['alert-1'],
};

describe('the menu', () => {
  it.each([
    ['Isolate host', 'connected', true],
    ['Isolate host', 'connected', false],
    ['Isolate host', 'connecting', true],
    ['Isolate host', null, true],
    ['Release host', 'disconnected', true],
    ['Release host', 'disconnected', false],
    ['Release host', 'disconnecting', true],
  ] as const)('offers "%s" for %s (active: %s)', async (name, networkStatus, isActive) => {
    const ui = await open({ agents: [agentWith({ networkStatus, isActive })] });
    expect(button('Take action')).toHaveAttribute('aria-expanded', 'false');
    await openMenu(ui);
    expect(button('Take action')).toHaveAttribute('aria-expanded', 'true');
    expect(button(name)).toHaveAttribute('aria-disabled', 'false');
    const items = (['button', 'menuitem'] as const).flatMap((role) =>
      screen.queryAllByRole(role, { name: /^(Isolate|Release) host$/ })
    );
    expect(items).toHaveLength(1);
  });

  const noAgent = alertWith({ agentId: null, agentUuid: null });
  it.each<[string, RegExp, UiOptions]>([
    ['no agent in the alert', /does not identify a SentinelOne agent/, { alerts: [noAgent] }],
    [
      'no privilege',
      /do not have the privilege to isolate hosts.*Ask an/,
      { rights: { isolate: false } },
    ],
    [
      'no connector',
      /no usable SentinelOne Response connector.*create one/,
      { connection: { state: 'none' } },
    ],
    [
      'several connectors',
      /several SentinelOne Response connectors.*delete all but one/,
      { connection: { state: 'several', connectors: [] } },
    ],
    [
      'a protected host, without the privilege',
      /^Protected host \(name matches web-\*\)\. Only users with.*Isolate protected hosts/,
      {
        agents: [agentWith({ protectedBy: { field: 'name', pattern: 'web-*' } })],
        rights: { override: false },
      },
    ],
    ['unknown agent', /No agent in SentinelOne has.*Look for the host/, { agents: [] }],
    [
      'decommissioned',
      /web-7 is decommissioned.*recommission its agent/,
      { agents: [agentWith({ isDecommissioned: true })] },
    ],
    [
      'uninstalled',
      /web-7 is uninstalled.*install the agent/,
      { agents: [agentWith({ isUninstalled: true })] },
    ],
    [
      'clones',
      /Several agents share the UUID.*Choose the agent by its id/,
      {
        agents: [agentWith({ id: '1' }), agentWith({ id: '2' })],
        alerts: [alertWith({ agentId: null })],
      },
    ],
    [
      'conflicting UUID and agent id',
      /belong to different agents.*choose it by its agent id/,
      { agents: [agentWith({ id: '1' }), agentWith({ uuid: 'other' })] },
    ],
  ])('disables its item for %s, with the reason', async (_, reason, options) => {
    const ui = await open(options);
    await openMenu(ui);
    const item = button('Isolate host');
    // It must be able to get the focus, so that keyboard users learn the reason.
    expect(item).toBeEnabled();
    expect(item).toHaveAttribute('aria-disabled', 'true');
    expect(item).toHaveAccessibleDescription(reason);
    item.focus();
    await pass(400);
    expect(screen.getByRole('tooltip')).toHaveTextContent(reason);
    // Screen readers read it once, while the tooltip is shown, too.
    expect(item.getAttribute('aria-describedby')?.split(' ')).toHaveLength(1);
    expect(item).toHaveAccessibleDescription(reason);
    await ui.user.click(item);
    await pass(400);
    expect(screen.queryByRole('heading', { name: 'Isolate host' })).toBeNull();
    expect(ui.api.sent).toEqual([]);
  });

  it('reports a missing privilege to release', async () => {
    const agents = [agentWith({ networkStatus: 'disconnected' })];
    const ui = await open({ agents, rights: { release: false } });
    await openMenu(ui);
    expect(button('Release host')).toHaveAccessibleDescription(/privilege to release hosts/);
  });

  it('is disabled while the status is loading', async () => {
    const ui = createUi({ agents: [agentWith()], alerts: [alertWith()] });
    ui.api.hold('hostsStatus');
    const rendered = ui.show(flyout);
    await pass(10);
    await openMenu({ ...ui, ...rendered });
    expect(button('Isolate host')).toHaveAccessibleDescription(
      /Checking the status of this host in SentinelOne/
    );
  });

  it('reports why the connector could not be read', async () => {
    const ui = createUi({ agents: [agentWith()], alerts: [alertWith()] });
    ui.api.fail('connection', httpError(500));
    const rendered = ui.show(flyout);
    await pass(3_000);
    await openMenu({ ...ui, ...rendered });
    expect(button('Isolate host')).toHaveAccessibleDescription(
      /Kibana could not process the request.*Try again/
    );
  });
});

describe('an action', () => {
  it('isolates exactly the host of the alert, and follows until it is isolated', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    expect(ui.api.sent).toEqual([{ action: 'isolate', params: theHost, affected: [AGENT_ID] }]);
    expect(shownStatus()).toBe('Isolating…');
    expect(announced()).toMatch(/^Request accepted: isolating web-7/);
    await pass(2_000);
    expect(shownStatus()).toBe('Isolating…');
    ui.api.reconcile();
    await pass(4_000);
    expect(shownStatus()).toBe('Isolated');
    expect(announced()).toBe('web-7 is isolated from the network');
    await openMenu(ui);
    expect(button('Release host')).toHaveAttribute('aria-disabled', 'false');
    expect(ui.api.sent).toHaveLength(1);
  });

  it('releases, and follows until it is connected', async () => {
    const ui = await open({ agents: [agentWith({ networkStatus: 'disconnected' })] });
    await choose(ui, 'Release host');
    await confirm(ui);
    expect(ui.api.sent).toEqual([{ action: 'release', params: theHost, affected: [AGENT_ID] }]);
    expect(shownStatus()).toBe('Releasing…');
    ui.api.reconcile();
    await pass(4_000);
    expect(shownStatus()).toBe('Connected');
    expect(announced()).toBe('web-7 is back on the network');
  });

  it('does not report a released host as back on the network while it is offline', async () => {
    const ui = await open({ agents: [agentWith({ networkStatus: 'disconnected' })] });
    await choose(ui, 'Release host');
    await confirm(ui);
    ui.api.reconcile();
    ui.api.setAgent(AGENT_ID, { isActive: false });
    await pass(4_000);
    expect(shownStatus()).toBe('Offline');
    expect(announced()).toBe('web-7 is no longer isolated. It is offline');
  });

  it('keeps the isolation of an offline host pending, with the reason, until it is back online', async () => {
    const ui = await open({ agents: [agentWith({ isActive: false })] });
    await choose(ui, 'Isolate host');
    await confirm(ui);
    ui.api.reconcile();
    await pass(20_000);
    expect(shownStatus()).toBe('Isolation pending (offline)');
    expect(announced()).toMatch(/web-7 is offline.*The isolation takes effect only then/);
    ui.api.setAgent(AGENT_ID, { isActive: true });
    ui.api.reconcile();
    await pass(20_000);
    expect(shownStatus()).toBe('Isolated');
  });

  it('withdraws an isolation that is still in progress', async () => {
    const ui = await open({ agents: [agentWith({ networkStatus: 'disconnecting' })] });
    await choose(ui, 'Release host');
    await confirm(ui);
    expect(ui.api.sent.map(({ action }) => action)).toEqual(['release']);
    expect(shownStatus()).toBe('Releasing…');
  });

  it('shows the host as isolating as soon as the request is accepted, before SentinelOne reports it', async () => {
    const ui = await open();
    ui.api.lag();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    expect(shownStatus()).toBe('Isolating…');
    await openMenu(ui);
    expect(button('Release host')).toBeInTheDocument();
  });

  it('reports when SentinelOne accepted the request and did not carry it out', async () => {
    const ui = await open();
    ui.api.lag();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    await pass(60_000);
    expect(shownStatus()).toBe('Connected');
    expect(announced()).toMatch(/accepted the request, but reports web-7 as: Connected.*try again/);
  });

  it('never shows a warning while the status is older than the answer', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    ui.api.setAgent(AGENT_ID, { networkStatus: 'disconnected' });
    ui.api.endNextWith({ outcome: 'done' });
    const answer = ui.api.hold('hostsStatus');
    await confirm(ui);
    expect(shownStatus()).toBe('Isolating…');
    expect(announced()).not.toMatch(/but reports/);
    answer();
    await pass(10);
    expect(shownStatus()).toBe('Isolated');
    expect(announced()).toBe('web-7 is isolated from the network');
  });

  it('reports that no command was necessary', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    ui.api.setAgent(AGENT_ID, { networkStatus: 'disconnected' });
    ui.api.endNextWith({ outcome: 'unchanged' });
    await confirm(ui);
    await pass(10);
    expect(announced()).toBe('web-7 was already isolated');
    expect(ui.api.sent).toMatchObject([{ affected: [] }]);
  });

  it('reports who isolated the host before, and when', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    ui.api.setAgent(AGENT_ID, { networkStatus: 'disconnected' });
    const requestedAt = new Date(Date.now() - 60_000).toISOString();
    const requestedBefore = { username: 'responder', requestedAt };
    ui.api.endNextWith({ outcome: 'unchanged', requestedBefore });
    await confirm(ui);
    await pass(10);
    expect(announced()).toMatch(/^web-7 was already isolated, by responder at \d\d:\d\d$/);
    ui.api.setAgent(AGENT_ID, { networkStatus: 'disconnecting' });
    await ui.user.click(button('Refresh the network status'));
    await pass(10);
    expect(announced()).toMatch(
      /^The isolation of web-7 was already requested, by responder at \d\d:\d\d\. It is not in effect/
    );
    expect(ui.api.sent).toMatchObject([{ affected: [] }]);
  });

  it('is sent once for a double click', async () => {
    const ui = await open();
    const answer = ui.api.hold('performAction');
    await choose(ui, 'Isolate host');
    await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
    await ui.user.dblClick(sendButton());
    const form = screen.getByRole('form', { name: 'Isolate host' });
    fireEvent.submit(form);
    fireEvent.submit(form);
    answer();
    await pass(10);
    expect(ui.api.count('performAction')).toBe(1);
    expect(ui.api.sent).toHaveLength(1);
  });

  it('shows the same when the flyout is closed and opened again', async () => {
    const ui = await open();
    ui.api.lag();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    ui.unmount();
    ui.show(flyout);
    await pass(10);
    expect(shownStatus()).toBe('Isolating…');
    ui.api.setAgent(AGENT_ID, { networkStatus: 'disconnected' });
    await pass(20_000);
    expect(shownStatus()).toBe('Isolated');
  });

  it('shows the expected status after the flyout was closed before the answer', async () => {
    const ui = await open();
    ui.api.lag();
    const answer = ui.api.hold('performAction');
    await choose(ui, 'Isolate host');
    await confirm(ui);
    ui.unmount();
    answer();
    await pass(10);
    ui.show(flyout);
    await pass(10);
    expect(shownStatus()).toBe('Isolating…');
    expect(ui.api.sent).toHaveLength(1);
  });

  it('does not override a later status from SentinelOne', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    await pass(1_000);
    // Another user releases the host immediately.
    ui.api.setAgent(AGENT_ID, { networkStatus: 'connected' });
    await pass(3_000);
    expect(shownStatus()).toBe('Connected');
  });

  it('does not affect the status of another host', async () => {
    const other = agentWith({ id: '99', uuid: 'other', computerName: 'web-8' });
    const ui = await open({ agents: [agentWith(), other] });
    ui.api.lag();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    ui.unmount();
    ui.show(
      <AlertFlyoutContent
        context={{ agentUuid: 'other', hostName: 'web-8' }}
        titleId="t"
        onClose={() => {}}
      />
    );
    await pass(10);
    expect(shownStatus()).toBe('Connected');
  });
});

describe('refreshing the status', () => {
  async function isolating() {
    const ui = await open();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    const before = ui.api.count('hostsStatus');
    return { ...ui, asked: () => ui.api.count('hostsStatus') - before };
  }

  it('is frequent at first, and less frequent the longer nothing changes', async () => {
    const { asked } = await isolating();
    await pass(5_000);
    expect(asked()).toBe(2); // after 1.5 s, and after another 2.25 s
    await pass(55_000);
    const inTheFirstMinute = asked();
    expect(inTheFirstMinute).toBeLessThanOrEqual(10);
    await pass(60_000);
    expect(asked() - inTheFirstMinute).toBeLessThanOrEqual(5);
    expect(asked() - inTheFirstMinute).toBeGreaterThanOrEqual(3);
  });

  it('is less frequent, too, the longer there is no answer', async () => {
    const { api, asked } = await isolating();
    api.fail('hostsStatus', httpError(503));
    await pass(120_000);
    // Each failure is tried a second time.
    expect(asked()).toBeLessThanOrEqual(30);
    api.mend('hostsStatus');
    api.reconcile();
    await pass(20_000);
    expect(shownStatus()).toBe('Isolated');
  });

  it('stops while the tab is hidden, and continues when it is shown', async () => {
    const { api, asked } = await isolating();
    setTabVisible(false);
    await pass(10);
    const before = asked();
    await pass(600_000);
    expect(asked()).toBe(before);
    api.reconcile();
    setTabVisible(true);
    await pass(100);
    expect(shownStatus()).toBe('Isolated');
  });

  it('stops when the flyout is closed', async () => {
    const { asked, unmount } = await isolating();
    unmount();
    const before = asked();
    await pass(600_000);
    expect(asked()).toBe(before);
  });

  it('is rare while no action is in progress', async () => {
    const { api } = await open();
    await pass(5 * 60_000);
    expect(api.count('hostsStatus')).toBe(11);
  });
});

describe('the focus', () => {
  it('moves to the heading of the step, and back to Take action after Cancel', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    expect(screen.getByRole('heading', { name: 'Isolate host' })).toHaveFocus();
    await ui.user.click(button('Cancel'));
    await pass(400);
    expect(button('Take action')).toHaveFocus();
    expect(ui.api.sent).toEqual([]);
  });

  it('moves back to Take action after the action', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    await pass(400);
    expect(button('Take action')).toHaveFocus();
  });

  it('reaches everything by keyboard alone', async () => {
    const ui = await open();
    button('Take action').focus();
    await ui.user.keyboard('{Enter}');
    await pass(400);
    for (let n = 0; n < 9 && document.activeElement !== button('Isolate host'); n++) {
      await ui.user.tab();
    }
    expect(button('Isolate host')).toHaveFocus();
    await ui.user.keyboard('{Enter}');
    await pass(400);
    const comment = screen.getByRole('textbox', { name: 'Comment' });
    for (let n = 0; n < 6 && document.activeElement !== comment; n++) await ui.user.tab();
    await ui.user.keyboard('Ransomware');
    for (let n = 0; n < 4 && document.activeElement !== sendButton(); n++) await ui.user.tab();
    await ui.user.keyboard('{Enter}');
    await pass(10);
    expect(ui.api.sent).toEqual([{ action: 'isolate', params: theHost, affected: [AGENT_ID] }]);
  });
});

it('reports in the step that the agent was removed meanwhile', async () => {
  const ui = await open();
  await choose(ui, 'Isolate host');
  ui.api.removeAgent(AGENT_ID);
  await pass(31_000);
  expect(alerted()).toMatch(/No agent in SentinelOne has.*Look for the host/);
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.queryByRole('button', { name: /^Isolate/ })).toBeNull();
  expect(within(document.body).queryByRole('progressbar')).toBeNull();
});

describe('an open step whose host changes', () => {
  const SQL = agentWith({ id: '2', uuid: 'sql', computerName: 'srv-sql-prod-01' });
  const rewritten = alertWith({ hostName: 'srv-sql-prod-01', agentUuid: 'sql', agentId: '2' });

  /** Shows the browser tab again, after the data of the alert is out of date. */
  async function lookAgain() {
    await pass(31_000);
    setTabVisible(false);
    setTabVisible(true);
    await pass(100);
  }

  it('stops when the alert is rewritten: reports it, clears the comment, and sends nothing', async () => {
    const ui = await open({ agents: [agentWith(), SQL] });
    await choose(ui, 'Isolate host');
    await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
    ui.api.alertList = [rewritten];
    await lookAgain();
    expect(alerted()).toMatch(
      /^The host has changed since you opened this step.*before: web-7\. Now: srv-sql-prod-01\./
    );
    expect(document.activeElement).toContainElement(screen.getByRole('alert'));
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.queryByRole('button', { name: /srv-sql-prod-01/ })).toBeNull();
    // The step stays stopped when the change is reverted.
    ui.api.alertList = [alertWith()];
    await lookAgain();
    expect(alerted()).toMatch(/^The host has changed since you opened this step/);
    await ui.user.click(button('Back to the host'));
    await choose(ui, 'Isolate host');
    expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue('');
    expect(ui.api.sent).toEqual([]);
  });

  it('stops when the name of the agent changes in SentinelOne', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
    ui.api.setAgent(AGENT_ID, { computerName: 'srv-sql-prod-01' });
    await pass(31_000);
    expect(alerted()).toMatch(
      /The host has changed in SentinelOne\. Before: web-7 .*Now: srv-sql-prod-01/
    );
    expect(ui.api.sent).toEqual([]);
  });

  it('sends what was shown, with random other data in random orders', async () => {
    const events = fc.array(
      fc.constantFrom('rewrite', 'restore', 'rename', 'name back', 'remove', 'look', 'wait'),
      { maxLength: 6 }
    );
    await fc.assert(
      fc.asyncProperty(events, async (happening) => {
        const ui = await open({ agents: [agentWith(), SQL] });
        try {
          await choose(ui, 'Isolate host');
          await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
          for (const event of happening) {
            if (event === 'rewrite') ui.api.alertList = [rewritten];
            if (event === 'restore') ui.api.alertList = [alertWith()];
            if (event === 'rename') ui.api.setAgent(AGENT_ID, { computerName: 'srv-sql-prod-01' });
            if (event === 'name back') ui.api.setAgent(AGENT_ID, { computerName: 'web-7' });
            if (event === 'remove') ui.api.removeAgent(AGENT_ID);
            if (event === 'look') await lookAgain();
            if (event === 'wait') await pass(31_000);
          }
          const stopped = screen.queryByText('The host has changed since you opened this step');
          if (stopped === null) {
            await ui.user.click(button('Isolate web-7'));
            await pass(10);
            expect(ui.api.sent.map(({ params }) => params)).toEqual([theHost]);
          } else {
            fireEvent.submit(document.querySelector('form') ?? document.body);
            await pass(10);
            expect(ui.api.sent).toEqual([]);
          }
          // The fake API finds agents by UUID and id, and would have acted on the other host.
          expect(ui.api.sent.flatMap(({ affected }) => affected)).not.toContain('2');
        } finally {
          cleanup();
        }
      }),
      { numRuns: 8 }
    );
  });
});

describe('an alert that cannot be loaded', () => {
  /** Returns to the tab after the data is out of date, and waits until the refresh has failed. */
  async function comeBack() {
    await pass(31_000);
    setTabVisible(false);
    setTabVisible(true);
    await pass(5_000);
  }
  const fromDiscover = async (options: UiOptions = {}) => {
    const ui = createUi({ agents: [agentWith()], alerts: [], ...options });
    const context = { alertId: 'alert-1', agentUuid: UUID, hostName: 'web-7' };
    ui.show(
      <AlertFlyoutContent context={context} action="isolate" titleId="t" onClose={() => {}} />
    );
    await pass(10);
    return ui;
  };

  it('again does not affect the open step, which sends once', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
    ui.api.fail('alert', httpError(500, { message: 'Something failed inside Kibana' }));
    const before = ui.api.count('alert');
    await comeBack();
    expect(ui.api.count('alert')).toBeGreaterThan(before);
    expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue('Ransomware');
    await ui.user.click(sendButton());
    await pass(10);
    expect(ui.api.sent).toEqual([{ action: 'isolate', params: theHost, affected: [AGENT_ID] }]);
    expect(alerted()).toMatch(/^The alert could not be refreshed\. Its details may be out of date/);
  });

  it('again while the action is being sent does not hide the result', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    const answer = ui.api.hold('performAction');
    await confirm(ui);
    ui.api.fail('alert', httpError(500));
    await comeBack();
    ui.api.endNextWith({ outcome: 'failed', reason: 'not_affected' });
    answer();
    await pass(10);
    expect(alerted()).toMatch(/^The host was not isolated/);
    expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue('Ransomware');
  });

  it('because it was deleted meanwhile is recorded, because the action was taken from it', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    ui.api.alertList = [];
    await comeBack();
    await confirm(ui);
    expect(ui.api.sent).toEqual([{ action: 'isolate', params: theHost, affected: [AGENT_ID] }]);
  });

  it('because it is of another space, as in Discover: its host is isolated, without the alert', async () => {
    const ui = await fromDiscover();
    expect(
      screen.getByText(/The action is recorded for the host, without the alert/)
    ).toBeVisible();
    await confirm(ui);
    const { alertIds: _, ...params } = theHost;
    const hosts = [{ uuid: UUID, agentId: AGENT_ID, name: 'web-7' }];
    expect(ui.api.sent).toEqual([
      { action: 'isolate', params: { ...params, hosts }, affected: [AGENT_ID] },
    ]);
    expect(alerted()).toMatch(/There is no such alert in this space/);
  });

  it('because it is of another space: Take action works again after Cancel', async () => {
    const ui = await fromDiscover();
    await ui.user.click(button('Cancel'));
    await pass(400);
    await choose(ui, 'Isolate host');
    expect(screen.getByRole('heading', { name: 'Isolate host' })).toHaveFocus();
    expect(ui.api.sent).toEqual([]);
  });

  it('because of an error in Kibana is recorded, because it may exist', async () => {
    const ui = createUi({ agents: [agentWith()], alerts: [alertWith()] });
    ui.api.fail('alert', httpError(500));
    const context = { alertId: 'alert-1', agentUuid: UUID, hostName: 'web-7' };
    ui.show(
      <AlertFlyoutContent context={context} action="isolate" titleId="t" onClose={() => {}} />
    );
    await pass(5_000);
    await confirm(ui);
    expect(ui.api.sent).toMatchObject([{ params: { alertIds: ['alert-1'] } }]);
  });
});

describe('the final result', () => {
  const isolation = (outcome: 'done' | 'failed') =>
    recordWith({
      actionId: 'action-1',
      hosts: [
        hostWith({
          uuid: UUID,
          agentId: AGENT_ID,
          name: 'web-7',
          outcome,
          ...(outcome === 'failed' ? { reason: 'unable_to_disconnect' } : {}),
        }),
      ],
    });

  it.each([
    ['no toast of a success that the flyout shows', 'done', false, []],
    ['a toast after the flyout was closed', 'done', true, ['web-7 is isolated from the network']],
    ['a toast of a failure', 'failed', false, ['The host was not isolated: web-7']],
  ] as const)('gets %s', async (_, outcome, isClosed, titles) => {
    const ui = await open({ actions: [isolation(outcome)] });
    await choose(ui, 'Isolate host');
    await confirm(ui);
    if (isClosed) ui.unmount();
    await pass(10_000);
    expect(ui.toasts.map(({ title }) => title)).toEqual(titles);
  });
});

describe('a flyout that is closed while the action is being sent', () => {
  async function closeWhileSending(
    options: UiOptions = {},
    item: 'Isolate host' | 'Release host' = 'Isolate host'
  ) {
    const ui = await open(options);
    await choose(ui, item);
    const answer = ui.api.hold('performAction');
    await confirm(ui);
    ui.unmount();
    expect(ui.toasts).toEqual([]);
    return { ...ui, answer: () => (answer(), pass(10)) };
  }

  it('does not cancel the action, and a toast reports that SentinelOne accepted it', async () => {
    const ui = await closeWhileSending();
    await ui.answer();
    expect(ui.api.sent).toEqual([{ action: 'isolate', params: theHost, affected: [AGENT_ID] }]);
    expect(ui.toasts).toEqual([
      {
        color: 'success',
        title: 'Request accepted: isolating web-7',
        text: 'It is not in effect until the agent reports it.',
      },
    ]);
  });

  it('reports in a toast that the host was not isolated, and why', async () => {
    const ui = await closeWhileSending();
    ui.api.endNextWith({ outcome: 'refused', reason: 'in_flight' });
    await ui.answer();
    expect(ui.toasts).toEqual([
      {
        color: 'danger',
        title: 'The host was not isolated: web-7',
        text: expect.stringContaining('web-7'),
      },
    ]);
    expect(ui.api.sent).toMatchObject([{ affected: [] }]);
  });

  it('reports in a toast that the isolation is not confirmed', async () => {
    const ui = await closeWhileSending();
    ui.api.fail('performAction', httpError());
    await ui.answer();
    expect(ui.toasts).toEqual([
      {
        color: 'danger',
        title: 'The isolation is not confirmed: web-7',
        text: expect.stringContaining('Kibana did not answer.'),
      },
    ]);
  });

  it('reports in a toast that the host is offline', async () => {
    const ui = await closeWhileSending({ agents: [agentWith({ isActive: false })] });
    await ui.answer();
    expect(ui.toasts).toEqual([
      {
        color: 'warning',
        title: 'Request accepted: isolating web-7',
        text: expect.stringMatching(/^web-7 is offline.*The isolation takes effect only then/),
      },
    ]);
  });

  it.each([
    [true, 'success', 'It is not in effect until the agent reports it.'],
    [false, 'warning', 'web-7 is offline. It is not isolated when it is back online.'],
  ] as const)(
    'reports in toasts that a pending isolation is withdrawn: online %s',
    async (isActive, color, text) => {
      const agents = [agentWith({ networkStatus: 'disconnecting', isActive })];
      const host = { uuid: UUID, agentId: AGENT_ID, name: 'web-7' };
      const actions = [
        recordWith({ actionId: 'action-1', action: 'release', hosts: [hostWith(host)] }),
      ];
      const ui = await closeWhileSending({ agents, actions }, 'Release host');
      await ui.answer();
      expect(ui.toasts).toEqual([
        { color, title: 'Request accepted: withdrawing the isolation of web-7', text },
      ]);
      // The record says by now that the action has ended.
      await pass(5_000);
      expect(ui.toasts.slice(1)).toMatchObject([
        { color: 'success', title: 'The isolation of web-7 is withdrawn' },
      ]);
    }
  );

  it('gets no toast if it is closed after the answer, which it has shown', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    expect(ui.api.sent).toHaveLength(1);
    ui.unmount();
    await pass(1_000);
    expect(ui.toasts).toEqual([]);
  });
});
