import type { Page } from 'playwright-core';
import { FAILURES, REFUSALS, type Reason } from '../../common/actions/reasons';
import type { ActionName } from '../../common/actions/action_name';
import type { ReasonText } from '../../common/actions/reason_text_types';
import { reasonText } from '../../common/actions/describe_reason';
import {
  alertOf,
  alertUrl,
  flyout,
  menuItem,
  prepare,
  sendButton,
  takeAction,
  tryAgainButton,
  waitForStatus,
} from '../helpers/alert_page';
import { focusByKeyboard } from '../helpers/page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, type SimulatedAgent } from '../helpers/hosts';
import type { Fault } from '../simulator/client';

/** Messages for actions that are not available or failed: what happened, and what to do. */

const suite = browserSuite();
/** The UUID of an agent that no alert names. */
const SOMEBODY_ELSE = '00000000-0000-4000-8000-000000000000';
const ISOLATE_ROUTE = '**/internal/sentinelone_response/hosts/_isolate';

const textOf = (reason: Reason, { computerName: name }: SimulatedAgent, action: ActionName) =>
  reasonText(reason, action, { name });

/** Waits until the flyout says what happened, and what to do about it. */
async function waitForText(page: Page, { what, todo }: ReasonText): Promise<void> {
  await flyout(page).getByText(what).first().waitFor();
  await flyout(page).getByText(todo).first().waitFor();
}

/** The menu's item takes the focus, cannot be used, and says why as its tooltip. */
async function expectDisabled(
  page: Page,
  name: 'Isolate host' | 'Release host',
  { what, todo }: ReasonText
): Promise<void> {
  await takeAction(page).click();
  const item = menuItem(page, name);
  await item.waitFor();
  expect(await item.getAttribute('aria-disabled')).toBe('true');
  await focusByKeyboard(item);
  const tooltip = page.getByRole('tooltip');
  await tooltip.getByText(what).waitFor();
  await tooltip.getByText(todo).waitFor();
  // A click does nothing.
  await page.keyboard.press('Enter');
  await item.click({ force: true });
  expect(await page.getByRole('heading', { name, exact: true }).count()).toBe(0);
  expect(await suite.target.simulator.writes()).toEqual([]);
}

describe('the menu, before an action', () => {
  it.each([
    ['Isolate host', 'isolate', () => suite.nextConnected(), 'Connected'],
    ['Release host', 'release', () => suite.fleet.isolated[0]!, 'Isolated'],
  ] as const)(
    'does not let a viewer choose %s, and states why',
    async (name, action, host, status) => {
      const agent = host();
      const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)), {
        user: 'viewer',
      });
      await waitForStatus(page, status);
      await expectDisabled(page, name, textOf('no_privilege', agent, action));
      await suite.open.shoot(`viewer_${action}`);
    }
  );

  it.each([
    ['decommissioned', () => suite.fleet.decommissioned[0]!],
    ['uninstalled', () => suite.fleet.uninstalled[0]!],
  ] as const)('does not offer to isolate a host whose agent is %s', async (reason, host) => {
    const agent = host();
    const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
    const text = textOf(reason, agent, 'isolate');
    await waitForText(page, text);
    await expectDisabled(page, 'Isolate host', text);
    await suite.open.shoot(`menu_${reason}`);
  });

  it('does not offer to isolate a host that SentinelOne does not know', async () => {
    const agent = suite.nextConnected();
    const alertId = await alertOf(suite.target, agent);
    const restore = await suite.target.renameAlertHost(alertId, {
      name: 'somebody-else',
      uuid: SOMEBODY_ELSE,
    });
    try {
      const page = await suite.visit(alertUrl(alertId));
      await waitForStatus(page, 'Unknown agent');
      const { todo } = reasonText('not_found', 'read');
      await flyout(page).getByText(todo).first().waitFor();
      await takeAction(page).click();
      expect(await menuItem(page, 'Isolate host').getAttribute('aria-disabled')).toBe('true');
      await suite.open.shoot('menu_not_found');
    } finally {
      await restore();
    }
  });

  it('does not offer to isolate while there are two connectors', async () => {
    const agent = suite.nextConnected();
    const alertId = await alertOf(suite.target, agent);
    const takeAway = await suite.target.addConnector('Another tenant');
    try {
      const page = await suite.visit(alertUrl(alertId));
      await expectDisabled(page, 'Isolate host', textOf('several_connectors', agent, 'isolate'));
      await suite.open.shoot('menu_several_connectors');
    } finally {
      await takeAway();
    }
  });
});

describe('the step, when the server refuses', () => {
  /** Opens the step; what it needs to know of the host has been shown. */
  const openStep = async (agent: SimulatedAgent) => {
    const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
    await waitForStatus(page, 'Connected');
    await prepare(page, 'Isolate host', 'Refusal');
    return page;
  };

  it.each([
    // The agent that was shown is named by its id as well, which another UUID contradicts.
    ['mismatch', { uuid: SOMEBODY_ELSE }],
    ['mismatch', { computerName: 'somebody-else' }],
    ['decommissioned', { isDecommissioned: true }],
    ['uninstalled', { isUninstalled: true }],
  ] as const)('%s: %j after the step was opened', async (reason, patch) => {
    const agent = suite.nextConnected();
    const page = await openStep(agent);
    // Otherwise the page may read the change before the click, and not send the request.
    const readOn = await suite.open.holdStatusReads();
    await suite.target.simulator.setAgent(agent.id, patch);
    await sendButton(page).click();
    await readOn();
    const { todo } = textOf(reason, agent, 'isolate');
    await flyout(page).getByText(todo).first().waitFor();
    await suite.open.shoot(`refused_${reason}`);
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('in_flight: another user is acting on the host', async () => {
    const { simulator } = suite.target;
    const agent = suite.nextConnected();
    const page = await openStep(agent);
    await simulator.addFaults({
      method: 'POST',
      path: '/agents/actions/disconnect',
      fault: { kind: 'hang', ms: 5_000 },
    });
    const route = '/internal/sentinelone_response/hosts/_isolate';
    const body = { hosts: [{ uuid: agent.uuid }], comment: 'Somebody else' };
    const other = suite.target.request('admin', 'POST', route, { body });
    while ((await simulator.writes()).length === 0) await page.waitForTimeout(20);
    await sendButton(page).click();
    await waitForText(page, textOf('in_flight', agent, 'isolate'));
    await suite.open.shoot('refused_in_flight');
    expect(await simulator.writes()).toHaveLength(1);
    await other;
  });

  it('several_connectors: one was added meanwhile', async () => {
    const agent = suite.nextConnected();
    const page = await openStep(agent);
    const takeAway = await suite.target.addConnector('Another tenant');
    try {
      await sendButton(page).click();
      await waitForText(page, textOf('several_connectors', agent, 'isolate'));
    } finally {
      await takeAway();
    }
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  // Not every reason can be had from every host, so here the answers are given, in the server's form.
  it('has a text for every refusal and failure, with what to do', async () => {
    const agent = suite.nextConnected();
    const page = await openStep(agent);
    const { id: agentId, uuid, computerName: name } = agent;
    let next = sendButton(page);
    // After the refusal of a protected host, who may not override it cannot try again.
    const last = 'protected';
    const others = [...REFUSALS, ...FAILURES].filter((reason) => reason !== last);
    for (const reason of [...others, last] as const) {
      const refused = (REFUSALS as readonly Reason[]).includes(reason);
      const detail = `In detail: ${reason}`;
      const host = { uuid, agentId, name, outcome: refused ? 'refused' : 'failed', reason, detail };
      await page.route(ISOLATE_ROUTE, (route) =>
        route.fulfill({
          status: refused ? 409 : 422,
          json: { actionId: '3b241101-e2bb-4255-8caf-4136c566a962', hosts: [host] },
        })
      );
      await next.click();
      const { what, todo } = reasonText(reason, 'isolate', { name, detail });
      await waitForText(page, { what, todo });
      await page.unroute(ISOLATE_ROUTE);
      next = tryAgainButton(page);
    }
    expect(await page.locator('[data-test-subj="sentineloneResponseConfirm"]').isDisabled()).toBe(
      true
    );
    expect(await suite.target.simulator.writes()).toEqual([]);
  });
});

describe('the step, when SentinelOne fails', () => {
  it.each<[Reason, Fault, number]>([
    ['unauthorized', { kind: 'status', status: 401 }, 1],
    ['forbidden', { kind: 'status', status: 403 }, 1],
    ['throttled', { kind: 'throttle', retryAfter: 0 }, 3],
    ['unreachable', { kind: 'resetBefore' }, 1],
    ['not_affected', { kind: 'affected0' }, 1],
    ['unexpected_answer', { kind: 'status', status: 400 }, 1],
  ])('%s: reports it, and succeeds when tried again', async (reason, fault, times) => {
    const agent = suite.nextConnected();
    const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
    await waitForStatus(page, 'Connected');
    await prepare(page, 'Isolate host', 'Fault');
    await suite.target.simulator.addFaults({
      method: 'POST',
      path: '/agents/actions/disconnect',
      count: times,
      fault,
    });
    await sendButton(page).click();
    const { todo } = textOf(reason, agent, 'isolate');
    await flyout(page).getByText(todo).first().waitFor();
    if (reason === 'forbidden') {
      await flyout(page).getByText('Endpoints.disconnectFromNetwork').first().waitFor();
    }
    await suite.open.shoot(`failed_${reason}`);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([]);
    await tryAgainButton(page).click();
    await waitForStatus(page, 'Isolated');
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
  });
});
