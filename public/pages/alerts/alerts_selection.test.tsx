import { fireEvent, screen, within } from '@testing-library/react';
import { button, menuItem } from '../../../test/helpers/ui/queries';
import { ONE_CONNECTOR } from '../../../test/helpers/ui/fake_response_api';
import {
  createUi,
  pass,
  setTabVisible,
  setUpUi,
  type UiOptions,
} from '../../../test/helpers/ui/render_ui';
import { alertOf, alertWith, nthAgent } from '../../../test/helpers/sample_hosts';
import { AlertsPage } from './alerts_page';

/** Alerts that are selected for an action on their hosts, and what the page shows by time and severity. */

setUpUi();

const agents = [1, 2, 3].map((n) => nthAgent(n));
const at = (hour: number) => `2024-03-01T0${hour}:00:00.000Z`;
const alerts = [
  alertOf(agents[0]!, { id: 'a1', timestamp: at(9) }),
  alertOf(agents[1]!, { id: 'a2', timestamp: at(8), severity: 'critical' }),
  alertOf(agents[0]!, { id: 'a3', timestamp: at(7) }),
  alertOf(agents[2]!, { id: 'a4', timestamp: at(6) }),
  alertWith({ id: 'a5', timestamp: at(5), agentUuid: null, agentId: null, hostName: 'named' }),
  alertOf(agents[2]!, { id: 'old', timestamp: '2024-02-20T00:00:00.000Z' }),
];

async function open(options: UiOptions = {}) {
  const ui = createUi({ agents, alerts, ...options });
  ui.show(<AlertsPage />);
  await pass(600);
  return ui;
}
type Opened = Awaited<ReturnType<typeof open>>;
const boxes = () =>
  within(screen.getAllByRole('table')[0]!).getAllByRole('checkbox') as HTMLInputElement[];
const box = (name: RegExp) => screen.getByRole('checkbox', { name });
const bar = () =>
  document.querySelector('[data-test-subj="sentineloneResponseBulkBar"] [role="status"]')!;
const select = async ({ user }: Opened, name: RegExp) => {
  await user.click(box(name));
  await pass(10);
};
const pageBox = /^Select all alerts on this page/;
const connectorFor = (maxHosts: number) => ({ ...ONE_CONNECTOR, maxHosts }) as typeof ONE_CONNECTOR;

it('keeps alerts of several pages, counts their hosts, and opens the flyout for exactly these', async () => {
  const ui = await open({ path: '/?perPage=2' });
  expect(bar()).toHaveTextContent('5 alerts');
  await select(ui, /^Select SentinelOne alerts, host-1, .* 09:00/);
  expect(bar()).toHaveTextContent('1 alert selected, 1 host.');
  await ui.user.click(screen.getByRole('link', { name: 'Next page' }));
  await pass(10);
  await select(ui, /^Select SentinelOne alerts, host-1, .* 07:00/);
  expect(bar()).toHaveTextContent('2 alerts selected, 1 host.');
  await select(ui, /^Select SentinelOne alerts, host-3, .* 06:00/);
  expect(boxes().every(({ checked }) => checked)).toBe(true);
  await select(ui, /^Select SentinelOne alerts, host-1, .* 07:00/);
  expect(box(pageBox)).toHaveProperty('indeterminate', true);
  expect(bar()).toHaveTextContent('2 alerts selected, 2 hosts.');

  await ui.user.click(button('Take action'));
  await pass(300);
  expect(menuItem('Release SentinelOne hosts')).toBeVisible();
  fireEvent.click(button('Isolate SentinelOne hosts'));
  await pass(300);
  expect(ui.overlays).toHaveLength(1);
  const asked = ui.api.calls.filter(([name]) => name === 'alertsHosts').map(([, ids]) => ids);
  expect(asked).toEqual([['a1', 'a4']]);
  await pass(300);
  const rows = document.querySelectorAll('[data-test-subj="sentineloneResponseBulkRow"]');
  expect([...rows].map((row) => row.querySelector('strong')!.textContent)).toEqual([
    'host-1',
    'host-3',
  ]);
  expect(ui.api.sent).toEqual([]);
  await ui.user.click(button('Close'));
  await pass(300);

  await ui.user.click(button('Clear selection'));
  await pass(10);
  expect(bar()).toHaveTextContent('5 alerts');
  expect(boxes().some(({ checked }) => checked)).toBe(false);
});

it('stops at the limit of the settings, reports it, and states which alerts cannot be selected', async () => {
  const ui = await open({ connection: connectorFor(2) });
  await ui.user.click(box(pageBox));
  await pass(10);
  // The fourth alert is of a third host; the fifth names no agent.
  expect(boxes().map(({ checked }) => checked)).toEqual([false, true, true, true, false, false]);
  expect(bar()).toHaveTextContent(
    '3 alerts selected, 2 hosts. One action allows 2 hosts. 1 more could not be selected.'
  );
  const third = box(/host-3.*06:00:00\.000\. One action allows 2 hosts\.$/);
  expect(third).toHaveAttribute('aria-disabled', 'true');
  await ui.user.click(third);
  await pass(10);
  expect(third).not.toBeChecked();
  const unnamed = box(/named.*This alert does not identify a SentinelOne agent/);
  expect(unnamed).toHaveAttribute('aria-disabled', 'true');
  await ui.user.click(unnamed);
  expect(unnamed).not.toBeChecked();
  expect(bar()).toHaveTextContent('3 alerts selected, 2 hosts.');
});

it('offers no checkboxes without a privilege, and says why an action is not available', async () => {
  const ui = await open({ rights: { isolate: false, release: true } });
  await select(ui, /^Select SentinelOne alerts, host-1, .* 09:00/);
  await ui.user.click(button('Take action'));
  await pass(300);
  const isolate = menuItem(/^Isolate SentinelOne hosts/);
  expect(isolate).toHaveAttribute('aria-disabled', 'true');
  await ui.user.click(isolate);
  expect(ui.overlays).toEqual([]);
  document.body.replaceChildren();
  const denied = Object.fromEntries(
    Object.keys(ui.core.application.capabilities.sentineloneResponse!).map((name) => [name, false])
  );
  await open({ rights: { ...denied, show: true } });
  expect(screen.queryAllByRole('checkbox')).toEqual([]);
});

it('shows the last 24 hours, or all time on request, and filters by severity, all in the URL', async () => {
  const ui = await open();
  expect(boxes()).toHaveLength(6);
  await ui.user.click(screen.getByRole('button', { name: 'Date quick select' }));
  await pass(300);
  await ui.user.click(screen.getByRole('button', { name: 'All time' }));
  await pass(300);
  expect(ui.history.location.search).toBe('?from=now-10y');
  expect(boxes()).toHaveLength(7);
  await ui.user.click(screen.getAllByRole('button', { name: /^Severity/ })[0]!);
  await pass(300);
  await ui.user.click(screen.getByRole('checkbox', { name: 'Critical' }));
  await pass(10);
  expect(ui.history.location.search).toBe('?from=now-10y&severity=critical');
  expect(boxes().filter((one) => one.closest('table'))).toHaveLength(2);
  ui.history.goBack();
  await pass(10);
  expect(boxes().filter((one) => one.closest('table'))).toHaveLength(7);
});

it('distinguishes a time range without alerts from no alerts', async () => {
  const ui = await open({ path: '/?from=now-1m' });
  expect(screen.getByRole('heading', { name: 'No alerts in this time range' })).toBeVisible();
  await ui.user.click(button('Show all time'));
  await pass(10);
  expect(ui.history.location.search).toBe('?from=now-10y');
  expect(boxes()).toHaveLength(7);
});

it('refreshes automatically as set in the URL, and not in a hidden tab', async () => {
  const ui = await open({ path: '/?refresh=10' });
  const asked = ui.api.count('alerts');
  await pass(10_000);
  expect(ui.api.count('alerts')).toBe(asked + 1);
  setTabVisible(false);
  await pass(60_000);
  expect(ui.api.count('alerts')).toBe(asked + 1);
});
