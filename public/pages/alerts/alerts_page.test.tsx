import { screen, within } from '@testing-library/react';
import { httpError, refusal } from '../../../test/helpers/ui/http_error';
import { alerted, button, sendButton } from '../../../test/helpers/ui/queries';
import {
  choice,
  createUi,
  enter,
  isChosen,
  pass,
  setUpUi,
  type UiOptions,
} from '../../../test/helpers/ui/render_ui';
import { alertOf, alertWith, nthAgent } from '../../../test/helpers/sample_hosts';
import type { HttpHandler } from '@kbn/core/public';
import type { Connection } from '../../../common/api/routes';
import { ALL_TIME } from '../../lib/time_range';
import { AlertsPage } from './alerts_page';

setUpUi();

const web = nthAgent(1, { computerName: 'web-1' });
const db = nthAgent(2, { computerName: 'db-1', networkStatus: 'disconnected' });
const alerts = [
  alertOf(web, { id: 'a1', timestamp: '2024-03-01T09:00:00.000Z', reason: 'malware on web-1' }),
  alertOf(db, {
    id: 'a2',
    timestamp: '2024-03-01T08:00:00.000Z',
    severity: 'low',
    reason: 'exploit on db-1',
    workflowStatus: 'closed',
  }),
];

async function open(options: UiOptions = {}, prepare?: (ui: ReturnType<typeof createUi>) => void) {
  const ui = createUi({ agents: [web, db], alerts, ...options });
  prepare?.(ui);
  ui.show(<AlertsPage />);
  await pass(10);
  return ui;
}

/** Kibana's answer to the question for detection rules. */
const rulesAre = (data: readonly object[]) =>
  ((path: string) =>
    path === '/api/detection_engine/rules/_find'
      ? Promise.resolve({ data })
      : Promise.reject(new Error(path))) as HttpHandler;

const table = () => screen.getByRole('table');
/** The cells of each alert after its checkbox, as text without the names of columns that EUI repeats for narrow pages. */
const rows = () =>
  within(table())
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .slice(1)
        .map((cell) => (cell.lastElementChild ?? cell).textContent?.trim())
    );
const statuses = () => rows().map((row) => row[4]);
const lastQuery = ({ api }: Awaited<ReturnType<typeof open>>) =>
  api.calls.filter(([name]) => name === 'alerts').at(-1)?.[1];

describe('the table', () => {
  it('shows time, severity, rule, host, live network status and reason', async () => {
    await open();
    // EUI writes a caption half a second after the table.
    await pass(600);
    expect(table()).toHaveAccessibleName(/^Alerts for SentinelOne hosts/);
    const headers = within(table())
      .getAllByRole('columnheader')
      .map(({ textContent }) => textContent);
    expect(headers).toEqual(['', 'Time', 'Severity', 'Rule', 'Host', 'Network status', 'Reason']);
    expect(rows()).toEqual([
      ['an hour ago', 'High', 'SentinelOne alerts', 'web-1', 'Connected', 'malware on web-1'],
      ['2 hours ago', 'Low', 'SentinelOne alerts', 'db-1', 'Isolated', 'exploit on db-1'],
    ]);
  });

  it('shows each network status', async () => {
    const agents = [
      nthAgent(1, { networkStatus: 'connected' }),
      nthAgent(2, { networkStatus: 'disconnecting' }),
      nthAgent(3, { networkStatus: 'disconnected' }),
      nthAgent(4, { networkStatus: 'connecting' }),
      nthAgent(5, { isActive: false }),
    ];
    const ofAgents = agents.map((agent, n) =>
      alertOf(agent, { timestamp: `2024-03-01T0${9 - n}:00:00Z` })
    );
    const ofNobody = alertWith({
      id: 'x',
      agentUuid: 'gone',
      agentId: null,
      timestamp: '2024-03-01T03:00:00Z',
    });
    const without = alertWith({
      id: 'y',
      agentUuid: null,
      agentId: null,
      timestamp: '2024-03-01T02:00:00Z',
    });
    const { api } = await open({ agents, alerts: [...ofAgents, ofNobody, without] });
    expect(statuses()).toEqual([
      'Connected',
      'Isolating…',
      'Isolated',
      'Releasing…',
      'Offline',
      'Unknown agent',
      'No agent',
    ]);
    expect(api.count('hostsStatus')).toBe(1);
  });

  it('queries a host of many alerts once', async () => {
    const many = Array.from({ length: 20 }, (_, n) => alertOf(web, { id: `many-${n}` }));
    const { api } = await open({ alerts: many });
    const asked = api.calls.filter(([name]) => name === 'hostsStatus').map(([, agents]) => agents);
    expect(asked).toEqual([[{ uuid: web.uuid, agentId: web.id }]]);
    expect(statuses()).toEqual(Array.from({ length: 20 }, () => 'Connected'));
  });

  it('updates automatically after a change', async () => {
    const { api } = await open();
    api.setAgent(web.id, { networkStatus: 'disconnecting' });
    await pass(31_000);
    expect(statuses()[0]).toBe('Isolating…');
    api.reconcile();
    await pass(3_000);
    expect(statuses()[0]).toBe('Isolated');
  });

  it("never shows one host's status for another while the page changes", async () => {
    const ui = await open({ path: '/?perPage=1' });
    expect(statuses()).toEqual(['Connected']);
    const answer = ui.api.hold('hostsStatus');
    await ui.user.click(screen.getByRole('link', { name: 'Next page' }));
    await pass(10);
    expect(rows()[0]?.[3]).toBe('db-1');
    expect(statuses()).toEqual(['']);
    expect(
      screen.getByRole('progressbar', { name: 'Reading the network status of db-1' })
    ).toBeInTheDocument();
    answer();
    await pass(10);
    expect(statuses()).toEqual(['Isolated']);
  });

  it('keeps known statuses of remaining hosts while others are loading', async () => {
    const ui = await open();
    const answer = ui.api.hold('hostsStatus');
    await ui.user.click(choice('Closed'));
    await pass(10);
    expect(statuses()).toEqual(['Isolated']);
    answer();
  });

  it('shows missing values of an alert as missing', async () => {
    await open({
      path: `/?from=${ALL_TIME}`,
      alerts: [
        alertOf(web, {
          timestamp: null,
          severity: null,
          ruleName: null,
          hostName: null,
          reason: null,
        }),
      ],
    });
    expect(rows()).toEqual([
      ['Not reported', '', 'Alert without a rule name', '—', 'Connected', '—'],
    ]);
  });

  it('shows no status when SentinelOne cannot be read', async () => {
    await open({}, ({ api }) => api.fail('hostsStatus', refusal(502, 'unauthorized')));
    await pass(3_000);
    expect(statuses()).toEqual(['Not available', 'Not available']);
    expect(alerted()).toMatch(/network status of the hosts is not available.*API token/);
  });

  it('states the age of the statuses above the table', async () => {
    const { api } = await open();
    api.fail('hostsStatus', refusal(502, 'unreachable'));
    await pass(35_000);
    expect(statuses()).toEqual(['Connected', 'Isolated']);
    expect(alerted()).toMatch(
      /^The network status may be out of date, as of Mar 1, 2024 @ 10:03:00\.\d{3}/
    );
  });
});

describe('search, filter, sort and pages', () => {
  it('are read from the URL, and sent to the server', async () => {
    const ui = await open({
      path: '/?search=db&status=closed&sortField=hostName&sortOrder=asc&perPage=10',
    });
    expect(lastQuery(ui)).toEqual({
      search: 'db',
      status: 'closed',
      sortField: 'hostName',
      sortOrder: 'asc',
      perPage: 10,
      page: 1,
      from: '2024-02-29T10:03:00.000Z',
    });
    expect(rows().map((row) => row[3])).toEqual(['db-1']);
    expect(screen.getByRole('searchbox')).toHaveValue('db');
    expect(isChosen(choice('Closed'))).toBe(true);
  });

  it('searches with Enter, updates the URL, and returns to the first page', async () => {
    const ui = await open({ path: '/?page=2&perPage=1' });
    const box = screen.getByRole('searchbox', { name: 'Search rule, host or reason' });
    await enter(ui, box, ' db-1 ');
    expect(ui.api.count('alerts')).toBe(1);
    await ui.user.keyboard('{Enter}');
    await pass(10);
    expect(ui.history.location.search).toBe('?perPage=1&search=db-1');
    expect(lastQuery(ui)).toMatchObject({ search: 'db-1', page: 1 });
    expect(rows().map((row) => row[3])).toEqual(['db-1']);
  });

  it('filters by status', async () => {
    const ui = await open();
    await ui.user.click(choice('Open'));
    await pass(10);
    expect(ui.history.location.search).toBe('?status=open');
    expect(rows().map((row) => row[3])).toEqual(['web-1']);
    await ui.user.click(choice('All'));
    await pass(10);
    expect(ui.history.location.search).toBe('');
    expect(rows()).toHaveLength(2);
  });

  it('sorts on the server, by sortable columns', async () => {
    const ui = await open();
    expect(within(table()).getByRole('columnheader', { name: 'Time' })).toHaveAttribute(
      'aria-sort',
      'descending'
    );
    await ui.user.click(within(table()).getByRole('button', { name: 'Host' }));
    await pass(10);
    expect(lastQuery(ui)).toMatchObject({ sortField: 'hostName', sortOrder: 'asc' });
    expect(rows().map((row) => row[3])).toEqual(['db-1', 'web-1']);
    expect(within(table()).queryByRole('button', { name: 'Network status' })).toBeNull();
  });

  it('changes the page, and the back button returns', async () => {
    const ui = await open({ path: '/?perPage=1' });
    await ui.user.click(screen.getByRole('link', { name: 'Next page' }));
    await pass(10);
    expect(ui.history.location.search).toBe('?page=2&perPage=1');
    expect(rows().map((row) => row[3])).toEqual(['db-1']);
    ui.history.goBack();
    await pass(10);
    expect(rows().map((row) => row[3])).toEqual(['web-1']);
  });

  it('states the total beyond the result window', async () => {
    await open({}, ({ api }) => {
      const page = { alerts: [alerts[0]!], total: 12_345, page: 1, perPage: 25 };
      api.alerts = () => Promise.resolve(page);
    });
    expect(screen.getByText(/first 10,000 of 12,345 alerts\. Search or filter/)).toBeVisible();
  });
});

describe('without alerts to show', () => {
  it('shows that it is loading', async () => {
    await open({}, ({ api }) => void api.hold('alerts'));
    expect(screen.getByText('Loading alerts…')).toBeVisible();
  });

  it('explains how alerts are created', async () => {
    await open({ alerts: [], get: rulesAre([]) });
    expect(
      screen.getByRole('heading', { name: 'No alerts for SentinelOne hosts yet' })
    ).toBeVisible();
    expect(screen.getByText('index pattern: logs-sentinel_one.alert*')).toBeVisible();
    expect(screen.getByText('query: observer.serial_number:*')).toBeVisible();
  });

  it('offers to clear search and filters if none match, and keeps the order', async () => {
    const ui = await open({ path: '/?search=nothing&status=open&perPage=10&sortField=hostName' });
    expect(screen.getByRole('heading', { name: 'No alerts match' })).toBeVisible();
    await ui.user.click(button('Clear search and filters'));
    await pass(10);
    expect(ui.history.location.search).toBe('?perPage=10&sortField=hostName');
    expect(screen.getByRole('searchbox')).toHaveValue('');
    expect(rows()).toHaveLength(2);
  });

  it('changes to the last page from a page beyond it, and the back button skips that page', async () => {
    const ui = await open({ path: '/?page=9&perPage=1' });
    expect(ui.history.location.search).toBe('?page=2&perPage=1');
    expect(rows().map((row) => row[3])).toEqual(['db-1']);
    expect(ui.history).toHaveLength(1);
  });

  it.each([
    [
      'has no privilege',
      httpError(403),
      /You do not have the privilege to read the alerts.*"SentinelOne Response".*\.alerts-security\.alerts/,
    ],
    [
      'hits an error',
      httpError(500, { message: 'Shards failed' }),
      /Kibana could not process the request.*Shards failed/,
    ],
    ['gets no answer', httpError(), /Kibana did not answer.*Check your connection/],
  ])('states what to do when a user %s, and tries again', async (_, error, text) => {
    const ui = await open({}, ({ api }) => api.fail('alerts', error));
    await pass(3_000);
    expect(alerted()).toMatch(text);
    expect(screen.queryByRole('table')).toBeNull();
    ui.api.mend('alerts');
    await ui.user.click(button('Reload'));
    await pass(10);
    expect(rows()).toHaveLength(2);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('keeps the table when a refresh fails', async () => {
    const ui = await open();
    ui.api.fail('alerts', httpError(500));
    await ui.user.click(button('Refresh'));
    await pass(3_000);
    expect(alerted()).toMatch(/The alerts could not be loaded/);
    expect(rows()).toHaveLength(2);
  });
});

describe('the connector', () => {
  const several: Connection = {
    state: 'several',
    connectors: [
      { id: '1', name: 'Tenant A' },
      { id: '2', name: 'Tenant B' },
    ],
  };

  it('is requested with instructions if there are no alerts', async () => {
    const ui = await open({ alerts: [], connection: { state: 'none' } });
    expect(
      screen.getByRole('heading', { name: 'There is no SentinelOne connector yet' })
    ).toBeVisible();
    const steps = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(steps).toHaveLength(3);
    expect(steps[0]).toMatch(
      /Endpoints\.view, Endpoints\.disconnectFromNetwork and Endpoints\.reconnect/
    );
    expect(steps[1]).toMatch(/Stack Management > Connectors.*Create only one per space/);
    const link = screen.getByRole('link', { name: 'Open Connectors' });
    expect(link).toHaveAttribute(
      'href',
      expect.stringContaining('/app/management/insightsAndAlerting')
    );
    await ui.user.click(link);
    expect(ui.visited).toEqual([expect.stringContaining('management /insightsAndAlerting')]);
  });

  it('is requested above the alerts, whose statuses cannot be read', async () => {
    const { api } = await open({ connection: { state: 'none' } });
    expect(screen.getByText('There is no SentinelOne connector yet')).toBeVisible();
    expect(statuses()).toEqual(['Not available', 'Not available']);
    expect(api.count('hostsStatus')).toBe(0);
  });

  it('has to be a single one: several are listed', async () => {
    const { api } = await open({ connection: several });
    expect(
      screen.getByText(/several SentinelOne Response connectors: Tenant A, Tenant B/)
    ).toBeVisible();
    expect(screen.getByText(/Delete all but one/)).toBeVisible();
    expect(api.count('hostsStatus')).toBe(0);
  });

  it('that is added as a second one removes all statuses', async () => {
    const ui = await open();
    expect(statuses()).toEqual(['Connected', 'Isolated']);
    ui.api.fail('hostsStatus', refusal(409, 'several_connectors'));
    await pass(31_000);
    expect(alerted()).toMatch(/^The network status of the hosts is not available/);
    expect(statuses()).toEqual(['Not available', 'Not available']);
    ui.api.connectionState = several;
    ui.history.push('/alerts/a1');
    await pass(600);
    expect(screen.getByText(/connectors: Tenant A, Tenant B/)).toBeVisible();
    expect(statuses()).toEqual(['Not available', 'Not available']);
  });

  it('that is found to be a second one removes all statuses', async () => {
    const ui = await open();
    ui.api.connectionState = several;
    await pass(3_000);
    ui.history.push('/alerts/a1');
    await pass(600);
    expect(statuses()).toEqual(['Not available', 'Not available']);
  });

  it('has to be created by another user if the user lacks the privilege', async () => {
    await open({ connection: { state: 'none' }, rights: { saveConnectors: false } });
    expect(screen.queryByRole('link', { name: 'Open Connectors' })).toBeNull();
    expect(screen.getByText(/Ask an administrator.*Actions and Connectors: All/)).toBeVisible();
  });

  it('is read again if it could not be checked', async () => {
    const ui = await open({}, ({ api }) => api.fail('connection', httpError(500)));
    await pass(3_000);
    expect(alerted()).toMatch(/The SentinelOne connector could not be checked/);
    ui.api.mend('connection');
    await ui.user.click(button('Reload'));
    await pass(10);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(statuses()).toEqual(['Connected', 'Isolated']);
  });

  it('that was created meanwhile is shown at the next visit', async () => {
    const ui = await open({ connection: { state: 'none' } });
    ui.api.connectionState = {
      state: 'one',
      connector: { id: '1', name: 'New' },
      commentRequired: true,
      maxHosts: 1_000,
    };
    await pass(3_000);
    ui.history.push('/alerts/a1');
    await pass(600);
    expect(statuses()).toEqual(['Connected', 'Isolated']);
    expect(screen.queryByText('There is no SentinelOne connector yet')).toBeNull();
  });
});

describe('an alert', () => {
  it('opens in the flyout, keeps the list in the URL, and closes again', async () => {
    const ui = await open({ path: '/?status=open' });
    const link = screen.getByRole('link', { name: /^SentinelOne alerts, web-1/ });
    expect(link).toHaveAttribute('href', '/app/sentineloneResponse/alerts/a1?status=open');
    await ui.user.click(link);
    await pass(400);
    expect(ui.history.location).toMatchObject({ pathname: '/alerts/a1', search: '?status=open' });
    const flyout = screen.getByRole('dialog');
    expect(within(flyout).getByRole('button', { name: 'Take action' })).toBeEnabled();
    await ui.user.click(within(flyout).getByRole('button', { name: 'Close' }));
    await pass(400);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(ui.history.location).toMatchObject({ pathname: '/', search: '?status=open' });
  });

  it('opens from a link, even if it is on another page of the list', async () => {
    await open({ path: '/alerts/a2?perPage=1' });
    await pass(400);
    const flyout = screen.getByRole('dialog');
    expect(within(flyout).getByRole('region', { name: 'Host' })).toHaveTextContent(
      /db-1.*Isolated/
    );
  });

  it('that does not exist is reported, for any URL', async () => {
    for (const path of ['/alerts/nothing', '/alerts/%25', '/alerts/%2525zz', '/alerts/..%252F']) {
      const ui = await open({ path });
      await pass(400);
      expect(screen.getByRole('dialog')).toHaveTextContent('There is no such alert in this space.');
      ui.history.push('/');
      await pass(400);
      document.body.replaceChildren();
    }
  });

  it('has its new status in the table at once after an action in the flyout', async () => {
    const ui = await open({ path: '/alerts/a1' });
    ui.api.lag();
    await pass(400);
    await ui.user.click(button('Take action'));
    await pass(400);
    await ui.user.click(button('Isolate host'));
    await pass(400);
    await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
    await ui.user.click(sendButton());
    await pass(400);
    expect(statuses()[0]).toBe('Isolating…');
    expect(ui.api.sent.map(({ affected }) => affected)).toEqual([[web.id]]);
  });
});

it("has the page's title and one main heading", async () => {
  const { titles } = await open();
  expect(titles.at(-1)).toEqual(['Alerts', 'SentinelOne Response']);
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
});
