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
import { AlertFlyoutContent } from './alert_flyout_content';

/** From the button "Take action" to what became of the host, and what SentinelOne was told. */

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
    expect(screen.getAllByRole('button', { name: /^(Isolate|Release) host$/ })).toHaveLength(1);
  });

  const noAgent = alertWith({ agentId: null, agentUuid: null });
  it.each<[string, RegExp, UiOptions]>([
    ['no agent in the alert', /names no SentinelOne agent/, { alerts: [noAgent] }],
    [
      'no privilege',
      /do not have the privilege to isolate hosts.*Ask an/,
      { rights: { isolate: false } },
    ],
    [
      'no connector',
      /no SentinelOne Response connector.*creates one/,
      { connection: { state: 'none' } },
    ],
    [
      'several connectors',
      /several SentinelOne Response connectors.*deletes all but one/,
      { connection: { state: 'several', connectors: [] } },
    ],
    [
      'a protected host, without the privilege',
      /^Protected host \(name matches web-\*\)\. Only somebody with.*Isolate protected hosts/,
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
      /Several agents share the UUID.*Choose the right one by its agent id/,
      {
        agents: [agentWith({ id: '1' }), agentWith({ id: '2' })],
        alerts: [alertWith({ agentId: null })],
      },
    ],
    [
      'UUID and id that disagree',
      /belong to different agents.*choose it by its agent id/,
      { agents: [agentWith({ id: '1' }), agentWith({ uuid: 'other' })] },
    ],
  ])('disables its item for %s, and says why', async (_, reason, options) => {
    const ui = await open(options);
    await openMenu(ui);
    const item = button('Isolate host');
    // It must take the focus, or nobody who uses a keyboard learns why.
    expect(item).toBeEnabled();
    expect(item).toHaveAttribute('aria-disabled', 'true');
    expect(item).toHaveAccessibleDescription(reason);
    item.focus();
    await pass(400);
    expect(screen.getByRole('tooltip')).toHaveTextContent(reason);
    // A screen reader reads it once, also while the tooltip shows it.
    expect(item.getAttribute('aria-describedby')?.split(' ')).toHaveLength(1);
    expect(item).toHaveAccessibleDescription(reason);
    await ui.user.click(item);
    await pass(400);
    expect(screen.queryByRole('heading', { name: 'Isolate host' })).toBeNull();
    expect(ui.api.sent).toEqual([]);
  });

  it('tells a person who may only isolate that he may not release', async () => {
    const agents = [agentWith({ networkStatus: 'disconnected' })];
    const ui = await open({ agents, rights: { release: false } });
    await openMenu(ui);
    expect(button('Release host')).toHaveAccessibleDescription(/privilege to release hosts/);
  });

  it('is disabled while SentinelOne is asked', async () => {
    const ui = createUi({ agents: [agentWith()], alerts: [alertWith()] });
    ui.api.hold('hostsStatus');
    const rendered = ui.show(flyout);
    await pass(10);
    await openMenu({ ...ui, ...rendered });
    expect(button('Isolate host')).toHaveAccessibleDescription(/Asking SentinelOne/);
  });

  it('says why when it cannot be told whether there is a connector', async () => {
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

  it('does not call a released host back on the network while it is offline', async () => {
    const ui = await open({ agents: [agentWith({ networkStatus: 'disconnected' })] });
    await choose(ui, 'Release host');
    await confirm(ui);
    ui.api.reconcile();
    ui.api.setAgent(AGENT_ID, { isActive: false });
    await pass(4_000);
    expect(shownStatus()).toBe('Offline');
    expect(announced()).toBe('web-7 is not isolated any more; it is offline now');
  });

  it('keeps the isolation of an offline host pending, says why, and follows when it is back', async () => {
    const ui = await open({ agents: [agentWith({ isActive: false })] });
    await choose(ui, 'Isolate host');
    await confirm(ui);
    ui.api.reconcile();
    await pass(20_000);
    expect(shownStatus()).toBe('Isolation pending (offline)');
    expect(announced()).toMatch(/web-7 is offline.*Nothing takes effect until then/);
    ui.api.setAgent(AGENT_ID, { isActive: true });
    ui.api.reconcile();
    await pass(20_000);
    expect(shownStatus()).toBe('Isolated');
  });

  it('undoes an isolation that is still on its way', async () => {
    const ui = await open({ agents: [agentWith({ networkStatus: 'disconnecting' })] });
    await choose(ui, 'Release host');
    await confirm(ui);
    expect(ui.api.sent.map(({ action }) => action)).toEqual(['release']);
    expect(shownStatus()).toBe('Releasing…');
  });

  it('is isolating from the moment it is accepted, though SentinelOne does not say so yet', async () => {
    const ui = await open();
    ui.api.lag();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    expect(shownStatus()).toBe('Isolating…');
    await openMenu(ui);
    expect(button('Release host')).toBeInTheDocument();
  });

  it('is told as it is when SentinelOne accepted it and then does nothing', async () => {
    const ui = await open();
    ui.api.lag();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    await pass(60_000);
    expect(shownStatus()).toBe('Connected');
    expect(announced()).toMatch(/accepted the request, but reports web-7 as: Connected.*try again/);
  });

  it('never flashes a warning while the status is older than the answer', async () => {
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

  it('says when there was nothing to do', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    ui.api.setAgent(AGENT_ID, { networkStatus: 'disconnected' });
    ui.api.endNextWith({ outcome: 'unchanged' });
    await confirm(ui);
    await pass(10);
    expect(announced()).toBe('web-7 was already isolated');
    expect(ui.api.sent).toMatchObject([{ affected: [] }]);
  });

  it('says who had isolated the host, and when', async () => {
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
    const answer = ui.api.hold('act');
    await choose(ui, 'Isolate host');
    await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
    await ui.user.dblClick(sendButton());
    const form = screen.getByRole('form', { name: 'Isolate host' });
    fireEvent.submit(form);
    fireEvent.submit(form);
    answer();
    await pass(10);
    expect(ui.api.count('act')).toBe(1);
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

  it('is known when the flyout was closed before the answer came', async () => {
    const ui = await open();
    ui.api.lag();
    const answer = ui.api.hold('act');
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

  it('is not remembered against what SentinelOne says later', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    await pass(1_000);
    // Somebody else releases it at once.
    ui.api.setAgent(AGENT_ID, { networkStatus: 'connected' });
    await pass(3_000);
    expect(shownStatus()).toBe('Connected');
  });

  it('gives another host of the same alert list nothing of this one', async () => {
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

describe('asking for the status', () => {
  async function isolating() {
    const ui = await open();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    const before = ui.api.count('hostsStatus');
    return { ...ui, asked: () => ui.api.count('hostsStatus') - before };
  }

  it('is quick at first, and slower the longer nothing changes', async () => {
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

  it('is slower, too, the longer there is no answer', async () => {
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

  it('stops while the tab is hidden, and goes on when it is shown', async () => {
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

  it('is slow while nothing is under way', async () => {
    const { api } = await open();
    await pass(5 * 60_000);
    expect(api.count('hostsStatus')).toBe(11);
  });
});

describe('the focus', () => {
  it('goes to the heading of the step, and back to Take action after Cancel', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    expect(screen.getByRole('heading', { name: 'Isolate host' })).toHaveFocus();
    await ui.user.click(button('Cancel'));
    await pass(400);
    expect(button('Take action')).toHaveFocus();
    expect(ui.api.sent).toEqual([]);
  });

  it('goes back to Take action when the action is done', async () => {
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

it('says in the step when the host is gone meanwhile', async () => {
  const ui = await open();
  await choose(ui, 'Isolate host');
  ui.api.removeAgent(AGENT_ID);
  await pass(31_000);
  expect(alerted()).toMatch(/No agent in SentinelOne has.*Look for the host/);
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.queryByRole('button', { name: /^Isolate/ })).toBeNull();
  expect(within(document.body).queryByRole('progressbar')).toBeNull();
});

describe('an open step whose host becomes another', () => {
  const SQL = agentWith({ id: '2', uuid: 'sql', computerName: 'srv-sql-prod-01' });
  const rewritten = alertWith({ hostName: 'srv-sql-prod-01', agentUuid: 'sql', agentId: '2' });

  /** Somebody looks at the tab again, once what was read of the alert is old. */
  async function lookAgain() {
    await pass(31_000);
    setTabVisible(false);
    setTabVisible(true);
    await pass(100);
  }

  it('stops when the alert is rewritten: it says so, clears the comment, and sends nothing', async () => {
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
    // What was read first, once more: the step has stopped all the same.
    ui.api.alertList = [alertWith()];
    await lookAgain();
    expect(alerted()).toMatch(/^The host has changed since you opened this step/);
    await ui.user.click(button('Back to the host'));
    await choose(ui, 'Isolate host');
    expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue('');
    expect(ui.api.sent).toEqual([]);
  });

  it('stops when SentinelOne gives the agent another name', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
    ui.api.setAgent(AGENT_ID, { computerName: 'srv-sql-prod-01' });
    await pass(31_000);
    expect(alerted()).toMatch(/SentinelOne has another answer.*web-7.*Now: srv-sql-prod-01/);
    expect(ui.api.sent).toEqual([]);
  });

  it('sends what was shown, whatever else is read, in random orders', async () => {
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
          // The fake answers by UUID and id, and would have changed the other host.
          expect(ui.api.sent.flatMap(({ affected }) => affected)).not.toContain('2');
        } finally {
          cleanup();
        }
      }),
      { numRuns: 8 }
    );
  });
});

describe('an alert that cannot be read', () => {
  /** Comes back to the tab once what was read is old, and lets the tries of that fail. */
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

  it('again leaves the open step as it is, and Confirm sends once', async () => {
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
    expect(alerted()).toMatch(/^The alert could not be read again; what is shown of it may be out/);
  });

  it('again while the action is under way keeps nobody from learning what became of it', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    const answer = ui.api.hold('act');
    await confirm(ui);
    ui.api.fail('alert', httpError(500));
    await comeBack();
    ui.api.endNextWith({ outcome: 'failed', reason: 'not_affected' });
    answer();
    await pass(10);
    expect(alerted()).toMatch(/^The host was not isolated/);
    expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue('Ransomware');
  });

  it('and is deleted meanwhile, is recorded all the same: the action was taken from it', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    ui.api.alertList = [];
    await comeBack();
    await confirm(ui);
    expect(ui.api.sent).toEqual([{ action: 'isolate', params: theHost, affected: [AGENT_ID] }]);
  });

  it('of another space, as Discover shows it: its host is isolated, without the alert', async () => {
    const ui = await fromDiscover();
    expect(
      screen.getByText(/the action is recorded for the host, without the alert/)
    ).toBeVisible();
    await confirm(ui);
    const { alertIds: _, ...params } = theHost;
    const hosts = [{ uuid: UUID, agentId: AGENT_ID, name: 'web-7' }];
    expect(ui.api.sent).toEqual([
      { action: 'isolate', params: { ...params, hosts }, affected: [AGENT_ID] },
    ]);
    expect(alerted()).toMatch(/There is no such alert in this space/);
  });

  it('of another space: Take action works again after Cancel', async () => {
    const ui = await fromDiscover();
    await ui.user.click(button('Cancel'));
    await pass(400);
    await choose(ui, 'Isolate host');
    expect(screen.getByRole('heading', { name: 'Isolate host' })).toHaveFocus();
    expect(ui.api.sent).toEqual([]);
  });

  it('as Kibana fails: the record names it, for it may well be there', async () => {
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

describe('a flyout that is closed while the action is under way', () => {
  async function closeWhileSending(options: UiOptions = {}) {
    const ui = await open(options);
    await choose(ui, 'Isolate host');
    const answer = ui.api.hold('act');
    await confirm(ui);
    ui.unmount();
    expect(ui.toasts).toEqual([]);
    return { ...ui, answer: () => (answer(), pass(10)) };
  }

  it('takes nothing back, and a toast says that SentinelOne took it', async () => {
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

  it('is told in a toast that the host was not isolated, and why', async () => {
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

  it('is told in a toast that nobody knows', async () => {
    const ui = await closeWhileSending();
    ui.api.fail('act', httpError());
    await ui.answer();
    expect(ui.toasts).toEqual([
      {
        color: 'danger',
        title: 'The isolation is not confirmed: web-7',
        text: expect.stringContaining('Kibana did not answer.'),
      },
    ]);
  });

  it('is told in a toast that the host is offline', async () => {
    const ui = await closeWhileSending({ agents: [agentWith({ isActive: false })] });
    await ui.answer();
    expect(ui.toasts).toEqual([
      {
        color: 'warning',
        title: 'Request accepted: isolating web-7',
        text: expect.stringMatching(/^web-7 is offline.*Nothing takes effect until then/),
      },
    ]);
  });

  it('gets no toast when it is still open: the flyout says it', async () => {
    const ui = await open();
    await choose(ui, 'Isolate host');
    await confirm(ui);
    expect(ui.api.sent).toHaveLength(1);
    ui.unmount();
    await pass(1_000);
    expect(ui.toasts).toEqual([]);
  });
});
