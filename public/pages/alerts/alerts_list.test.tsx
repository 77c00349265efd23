import { screen, within } from '@testing-library/react';
import type { HttpHandler } from '@kbn/core/public';
import { httpError } from '../../../test/helpers/ui/http_error';
import { button } from '../../../test/helpers/ui/queries';
import {
  createUi,
  pass,
  setTabVisible,
  setUpUi,
  type UiOptions,
} from '../../../test/helpers/ui/render_ui';
import { alertOf, nthAgent } from '../../../test/helpers/sample_hosts';
import { HostStatusBadge } from '../../host_status/network_status';
import { AlertsPage } from './alerts_page';

jest.mock('../../host_status/network_status', () => {
  const original = jest.requireActual('../../host_status/network_status');
  return { ...original, HostStatusBadge: jest.fn(original.HostStatusBadge) };
});

/** Columns, links and order of the alerts, and the page while there are none. */

setUpUi();
afterEach(() => window.localStorage.clear());

const web = nthAgent(1, { computerName: 'web-1' });
const db = nthAgent(2, { computerName: 'db-1' });
const SEVERITIES = ['low', 'critical', 'high', 'medium'];
const alerts = SEVERITIES.map((severity, n) =>
  alertOf(n % 2 === 0 ? web : db, {
    id: `a${n}`,
    timestamp: `2024-03-01T0${n + 1}:00:00.000Z`,
    severity,
    riskScore: 90 - n,
    sentinelOneName: n === 0 ? null : `STAR rule ${n}`,
    workflowStatus: n === 1 ? 'acknowledged' : 'open',
  })
);

/** Kibana's answer to the question for detection rules. */
const rulesAre = (answer: () => Promise<unknown>) =>
  ((path: string) =>
    path === '/api/detection_engine/rules/_find'
      ? answer()
      : Promise.reject(new Error(path))) as HttpHandler;
const rules = (...data: readonly object[]) => rulesAre(async () => ({ data }));
const RULE = { id: 'r1', name: 'SentinelOne alerts', type: 'query', enabled: true };

async function open(options: UiOptions = {}) {
  const ui = createUi({ agents: [web, db], alerts, ...options });
  ui.show(<AlertsPage />);
  await pass(600);
  return ui;
}
const table = () => screen.getByRole('table');
/** Without the column of the checkboxes. */
const headers = () =>
  within(table())
    .getAllByRole('columnheader')
    .slice(1)
    .map(({ textContent }) => textContent);
const links = () =>
  within(table())
    .getAllByRole('link', { name: /SentinelOne alerts/ })
    .map((link) => link.getAttribute('aria-label'));
const column = (name: string): readonly (string | null | undefined)[] => {
  const index = headers().indexOf(name);
  return within(table())
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row).getAllByRole('cell')[index + 1]!.lastElementChild?.textContent?.trim()
    );
};
const sortBy = async (ui: Awaited<ReturnType<typeof open>>, name: string) => {
  await ui.user.click(within(table()).getByRole('button', { name }));
  await pass(10);
};

describe('the order', () => {
  it('has the highest severity first at the first click, the lowest at the second', async () => {
    const ui = await open();
    await sortBy(ui, 'Severity');
    expect(ui.history.location.search).toBe('?sortField=severity');
    expect(column('Severity')).toEqual(['Critical', 'High', 'Medium', 'Low']);
    await sortBy(ui, 'Severity');
    expect(ui.history.location.search).toBe('?sortField=severity&sortOrder=asc');
    expect(column('Severity')).toEqual(['Low', 'Medium', 'High', 'Critical']);
  });

  it('returns to the first page with another order', async () => {
    const ui = await open({ path: '/?page=2&perPage=2' });
    await sortBy(ui, 'Host');
    expect(ui.history.location.search).toBe('?perPage=2&sortField=hostName&sortOrder=asc');
    await sortBy(ui, 'Time');
    expect(ui.history.location.search).toBe('?perPage=2');
  });
});

describe('the columns', () => {
  const toggle = async (ui: Awaited<ReturnType<typeof open>>, ...names: readonly string[]) => {
    await ui.user.click(button('Columns'));
    await pass(300);
    for (const name of names) await ui.user.click(screen.getByRole('switch', { name }));
    await ui.user.keyboard('{Escape}');
    await pass(300);
  };

  it('can be shown, hidden and sorted, and are kept for the next visit', async () => {
    const ui = await open();
    expect(headers()).toEqual(['Time', 'Severity', 'Rule', 'Host', 'Network status', 'Reason']);
    await toggle(ui, 'Risk score', 'Alert status', 'Reason');
    const chosen = [
      'Time',
      'Severity',
      'Risk score',
      'Rule',
      'Host',
      'Network status',
      'Alert status',
    ];
    expect(headers()).toEqual(chosen);
    expect(column('Risk score')).toEqual(['87', '88', '89', '90']);
    expect(column('Alert status')).toEqual(['Open', 'Open', 'Acknowledged', 'Open']);
    await sortBy(ui, 'Risk score');
    expect(column('Risk score')).toEqual(['90', '89', '88', '87']);
    await sortBy(ui, 'Alert status');
    expect(ui.history.location.search).toBe('?sortField=workflowStatus&sortOrder=asc');

    const again = createUi({ agents: [web, db], alerts });
    document.body.innerHTML = '';
    again.show(<AlertsPage />);
    await pass(600);
    expect(headers()).toEqual(chosen);
  });

  it.each(['{', '["no such column"]', '{"a":1}', 'null'])(
    'are the default columns when %s is stored',
    async (stored) => {
      window.localStorage.setItem('sentineloneResponse.alerts.columns', stored);
      await open();
      expect(headers().filter((name) => name !== 'Reason')).toEqual([
        'Time',
        'Severity',
        'Rule',
        'Host',
        'Network status',
      ]);
    }
  );
});

describe('the rows', () => {
  it('have links with rule, host and time, and SentinelOne’s name below', async () => {
    await open();
    expect(links()).toEqual([
      'SentinelOne alerts, STAR rule 3, db-1, Mar 1, 2024 @ 04:00:00.000',
      'SentinelOne alerts, STAR rule 2, web-1, Mar 1, 2024 @ 03:00:00.000',
      'SentinelOne alerts, STAR rule 1, db-1, Mar 1, 2024 @ 02:00:00.000',
      'SentinelOne alerts, web-1, Mar 1, 2024 @ 01:00:00.000',
    ]);
    expect(new Set(links()).size).toBe(4);
    expect(screen.getByText('STAR rule 3')).toBeVisible();
  });
});

describe('without alerts', () => {
  const text = () => screen.getByRole('table').textContent ?? '';

  it('shows no pagination', async () => {
    await open({ alerts: [], get: rules() });
    expect(document.body).not.toHaveTextContent(/of 0\b/);
    expect(screen.queryByRole('button', { name: /Rows per page/ })).toBeNull();
  });

  it('suggests a rule only if there is none', async () => {
    await open({ alerts: [], get: rules() });
    expect(text()).toMatch(/create and enable a custom query rule/);
  });

  it('shows the existing rule, and suggests no other', async () => {
    await open({ alerts: [], get: rules(RULE, { ...RULE, id: 'r2', enabled: false }) });
    expect(text()).toMatch(/The rule SentinelOne alerts is enabled/);
    expect(text()).not.toMatch(/create and enable/);
  });

  it('reports that the rule is disabled, and the result of its last run', async () => {
    const off = await open({ alerts: [], get: rules({ ...RULE, enabled: false }) });
    expect(text()).toMatch(/The rule SentinelOne alerts is disabled\. Enable it/);
    expect(off.api.count('alerts')).toBe(1);
  });

  it('states why an enabled rule creates no alerts', async () => {
    const summary = { last_execution: { status: 'failed', message: 'no such index' } };
    await open({ alerts: [], get: rules({ ...RULE, execution_summary: summary }) });
    expect(text()).toMatch(/The last run failed: failed: no such index/);
  });

  it('does not mention rules to users who may not see them', async () => {
    await open({ alerts: [], get: rulesAre(() => Promise.reject(httpError(403))) });
    expect(text()).toMatch(/To check whether there is one, open Set up/);
    expect(text()).not.toMatch(/create and enable|is enabled|is disabled/);
  });

  it('refreshes automatically until there are some', async () => {
    const ui = await open({ alerts: [], get: rules(RULE) });
    const asked = ui.api.count('alerts');
    await pass(10_000);
    expect(ui.api.count('alerts')).toBe(asked + 1);
    ui.api.alertList = [...ui.api.alertList, alerts[0]!];
    await pass(10_000);
    expect(links()).toHaveLength(1);
  });
});

describe('with alerts', () => {
  it('reports new ones, and moves no row before the user requests it', async () => {
    const ui = await open({ alerts: alerts.slice(1) });
    await pass(31_000);
    expect(screen.queryByRole('button', { name: /new alert/ })).toBeNull();
    ui.api.alertList = [...ui.api.alertList, alerts[0]!];
    await pass(31_000);
    expect(links()).toHaveLength(3);
    await ui.user.click(button('Show 1 new alert'));
    await pass(10);
    expect(links()).toHaveLength(4);
    expect(screen.queryByRole('button', { name: /new alert/ })).toBeNull();
  });

  it('checks for new ones rarely, and not while the page is hidden', async () => {
    const ui = await open();
    const asked = ui.api.count('alerts');
    await pass(29_000);
    expect(ui.api.count('alerts')).toBe(asked);
    setTabVisible(false);
    await pass(120_000);
    expect(ui.api.count('alerts')).toBe(asked);
  });
});

it('renders a row again only when it shows something else', async () => {
  const ui = await open();
  const rendered = jest.mocked(HostStatusBadge).mock.calls;
  const before = rendered.length;
  expect(before).toBeGreaterThanOrEqual(alerts.length);
  await ui.user.click(button('Refresh'));
  await pass(31_000);
  expect(ui.api.count('alerts')).toBeGreaterThanOrEqual(2);
  expect(ui.api.count('hostsStatus')).toBeGreaterThanOrEqual(3);
  expect(rendered.length).toBe(before);
  ui.api.setAgent(web.id, { networkStatus: 'disconnected' });
  await pass(31_000);
  expect(rendered.length).toBe(before + alerts.length);
  expect(column('Network status')).toEqual(['Connected', 'Isolated', 'Connected', 'Isolated']);
});
