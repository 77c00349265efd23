import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { downloadCsv } from '../../lib/download';
import { alertWith } from '../../../test/helpers/sample_hosts';
import { HistoryPage } from './history_page';
import {
  hostWith,
  openHost,
  pageOf,
  recordWith,
  refusal,
  renderInApp,
  summaryWith,
} from '../../../test/helpers/ui/action_history';

jest.mock('../../lib/download');
jest.setTimeout(60_000);

const table = () => screen.findByRole('table', { name: /Actions on SentinelOne hosts/ });
const rowOf = async (text: string) => {
  // The name of a host is an element of its own within the text of its cell.
  const [cell] = await within(await table()).findAllByText(
    (_, element) => element?.textContent === text
  );
  return cell!.closest('tr')!;
};
const lastOf = <A,>(calls: readonly A[]): A => calls[calls.length - 1]!;

it('shows user, action, time, comment, result and duration', async () => {
  const { api } = renderInApp(<HistoryPage />, { actions: [recordWith()] });
  const row = within(await rowOf('Beaconing to evil.example.com'));
  for (const text of [
    'Isolate',
    'web-7',
    'Succeeded',
    'alice',
    '2024-07-03 03:45:00',
    '2024-07-03 03:45:03',
    '3.4 s',
  ]) {
    expect(row.getByText(text)).toBeInTheDocument();
  }
  expect(row.getByRole('link', { name: '1 alert' })).toHaveAttribute(
    'href',
    '/app/sentineloneResponse/alerts/alert-1'
  );
  expect(api.actions.mock.calls[0]![0]).toMatchObject({ page: 1, perPage: 25 });
});

it('keeps the direction of a host name from changing the order of the words around it', async () => {
  const name = '\u05e9\u05e8\u05ea-1';
  renderInApp(<HistoryPage />, {
    actions: [
      recordWith({ hosts: [hostWith({ name })], comment: 'One host' }),
      recordWith({ hosts: [hostWith({ name }), hostWith({ name: 'b' })], comment: 'Two hosts' }),
    ],
  });
  for (const comment of ['One host', 'Two hosts']) {
    const cell = within(await rowOf(comment)).getByText(name);
    expect(cell.closest('bdi')).not.toBeNull();
  }
  expect(within(await rowOf('Two hosts')).getByText(/and 1 other/)).toBeInTheDocument();
});

it('expands a row to the outcome of each host and its alerts', async () => {
  const user = userEvent.setup({ delay: null });
  const hosts = [
    hostWith(),
    openHost({ name: 'lap-3', agentId: '1002', reason: 'offline' }),
    openHost({ name: 'db-1', agentId: '1003', outcome: 'failed', reason: 'undone' }),
  ];
  const record = recordWith({ hosts, alertIds: ['alert-1', 'alert/2'] });
  const { api, services } = renderInApp(<HistoryPage />, {
    actions: [record],
    prepare: ({ alertsById }) =>
      alertsById.mockResolvedValue({
        alerts: [
          alertWith({
            id: 'alert/2',
            ruleName: 'SentinelOne alerts',
            sentinelOneName: 'Miner',
            timestamp: '2024-07-03T03:44:00.000Z',
          }),
        ],
      }),
  });
  const row = within(await rowOf('web-7 and 2 others'));
  expect(row.getByText('Succeeded: 1')).toBeInTheDocument();
  expect(row.getByText('In progress: 1')).toBeInTheDocument();
  expect(row.getByText('Failed: 1')).toBeInTheDocument();
  expect(row.getByText(/ so far$/)).toBeInTheDocument();

  await user.click(row.getByRole('button', { name: 'Show details: Isolate web-7' }));
  const inner = within(await screen.findByRole('table', { name: /^Hosts of the action/ }));
  expect(inner.getAllByRole('row')).toHaveLength(4);
  expect(inner.getByText(/lap-3 is offline/)).toBeInTheDocument();
  expect(inner.getByText('3.4 s')).toBeInTheDocument();
  // The name leads to the host, and a second link to its history.
  const hrefIn = (text: string, name: string) =>
    within(inner.getByText(text).closest('tr')!).getByRole('link', { name }).getAttribute('href');
  expect(hrefIn('db-1', 'db-1')).toMatch(/\/hosts\?view=all&host=1003$/);
  expect(hrefIn('db-1', 'History of this host')).toMatch(/\/history\?from=now-10y&host=1003$/);
  // By rule and time; by a short id where the alert is gone.
  expect(screen.getByRole('link', { name: 'Alert alert-1' })).toBeInTheDocument();
  await user.click(
    await screen.findByRole('link', { name: 'SentinelOne alerts, Miner, 2024-07-03 03:44:00' })
  );
  expect(api.alertsById.mock.calls.map(([ids]) => ids)).toEqual([['alert-1', 'alert/2']]);
  expect(services.visited).toEqual(['sentineloneResponse /alerts/alert%2F2']);

  await user.click(screen.getByRole('button', { name: 'Hide details: Isolate web-7' }));
  expect(screen.queryByRole('table', { name: /^Hosts of the action/ })).not.toBeInTheDocument();
});

it('shows the beginning of the id of a deleted alert, with the complete id in a tooltip', async () => {
  const user = userEvent.setup({ delay: null });
  const alertId = 'f'.repeat(64);
  renderInApp(<HistoryPage />, { actions: [recordWith({ alertIds: [alertId] })] });
  const row = within(await rowOf('web-7'));
  await user.click(row.getByRole('button', { name: 'Show details: Isolate web-7' }));
  const link = await screen.findByRole('link', { name: 'Alert ffffffff…' });
  expect(link).toHaveAttribute('href', `/app/sentineloneResponse/alerts/${alertId}`);
  expect(within(link).getByTitle(alertId)).toBeInTheDocument();
});

it('shows the API key, and which part of a large action a row is', async () => {
  const actor = {
    ...{ username: 'elastic', authentication: 'api_key' },
    ...{ apiKey: 'Alerting: siem/r1', apiKeyId: 'VuaCfGcBCdbkQm-e5aOx' },
  };
  renderInApp(<HistoryPage />, { actions: [recordWith({ actor, group: 1, groups: 2 })] });
  const key = 'API key: Alerting: siem/r1 (id VuaCfGcBCdbkQm-e5aOx)';
  expect(await screen.findByText(key)).toBeInTheDocument();
  expect(screen.getByText('Part 2 of 2')).toBeInTheDocument();
});

it('keeps every filter in the URL, returns to the first page, and requests it', async () => {
  const user = userEvent.setup({ delay: null });
  const { api, history } = renderInApp(<HistoryPage />, {
    path: '/history?page=3&from=now-7d',
    actions: [recordWith()],
  });
  await table();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Action' }), 'Release');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Outcome' }), 'Failed');
  await user.type(screen.getByRole('searchbox', { name: /^Search comment/ }), 'beacon{Enter}');
  await user.type(screen.getByRole('searchbox', { name: /^Host name, UUID/ }), 'web-7{Enter}');
  await user.type(screen.getByRole('combobox', { name: 'User' }), 'bob{Enter}');
  await waitFor(() => expect(history.location.search).toContain('user=bob'));
  expect(Object.fromEntries(new URLSearchParams(history.location.search))).toEqual({
    from: 'now-7d',
    action: 'release',
    status: 'failed',
    search: 'beacon',
    hostPart: 'web-7',
    user: 'bob',
  });
  await waitFor(() =>
    expect(lastOf(api.actions.mock.calls)[0]).toMatchObject({
      page: 1,
      action: 'release',
      status: 'failed',
      search: 'beacon',
      hostPart: 'web-7',
      user: 'bob',
      from: expect.stringMatching(/^\d{4}-/),
    })
  );
  // The list of users to choose from is not that of the chosen one.
  expect(api.actionsSummary.mock.calls.some(([query]) => query.user === undefined)).toBe(true);
});

it("replaces the exact host of a link by the user's input", async () => {
  const user = userEvent.setup({ delay: null });
  const { api, history } = renderInApp(<HistoryPage />, {
    path: '/history?host=1834780238610855645',
    actions: [recordWith()],
  });
  await table();
  const field = screen.getByRole('searchbox', { name: /^Host name, UUID/ });
  expect(field).toHaveValue('1834780238610855645');
  expect(api.actions.mock.calls[0]![0]).toMatchObject({ host: '1834780238610855645' });
  await user.clear(field);
  await user.type(field, 'web{Enter}');
  await waitFor(() => expect(history.location.search).toBe('?hostPart=web'));
  expect(lastOf(api.actions.mock.calls)[0]).not.toHaveProperty('host', expect.any(String));
});

it('shows the state of the URL, and clears the alert filter', async () => {
  const user = userEvent.setup({ delay: null });
  const { api, history } = renderInApp(<HistoryPage />, {
    path: '/history?alertId=alert-1&user=bob&status=refused',
    actions: [recordWith()],
  });
  await table();
  expect(screen.getByRole('combobox', { name: 'Outcome' })).toHaveDisplayValue('Refused');
  expect(api.actions.mock.calls[0]![0]).toMatchObject({
    alertId: 'alert-1',
    user: 'bob',
    status: 'refused',
  });
  await user.click(screen.getByRole('button', { name: 'Show actions from any alert' }));
  expect(history.location.search).toBe('?status=refused&user=bob');
});

it('pages on the server', async () => {
  const user = userEvent.setup({ delay: null });
  const { history } = renderInApp(<HistoryPage />, {
    prepare: ({ actions }) =>
      actions.mockImplementation(async ({ page = 1 }) =>
        pageOf([recordWith({ comment: `On page ${page}` })], { total: 60, page })
      ),
  });
  await user.click((await screen.findAllByLabelText(/^(Next page|Page 2 of 3)/))[0]!);
  expect(await screen.findByText('On page 2')).toBeInTheDocument();
  expect(history.location.search).toBe('?page=2');
});

it('shows the durations of isolations, and links to those that took too long', async () => {
  renderInApp(<HistoryPage />, { actions: [recordWith()], path: '/history?user=bob&from=now-7d' });
  const summary = within(await screen.findByRole('region', { name: 'Summary' }));
  const figure = (label: string) =>
    summary.getAllByText(label)[0]!.closest<HTMLElement>('.euiStat')!.textContent;
  expect(figure('Isolations')).toMatch(/5/);
  expect(figure('Releases')).toMatch(/1/);
  expect(figure('Median time to isolate')).toMatch(/12 s.*4 isolations confirmed/);
  expect(figure('95th percentile')).toMatch(/2 min 21 s.*4 isolations confirmed/);
  expect(figure('Longer than 5 min')).toMatch(/3.*1 still in progress/);
  const link = summary.getByRole('link', { name: /^3/ }).getAttribute('href')!;
  expect(Object.fromEntries(new URLSearchParams(link.split('?')[1]))).toEqual({
    from: 'now-7d',
    user: 'bob',
    action: 'isolate',
    longerThanMs: '300000',
  });
});

it('has no durations without confirmed isolations, and no link without results', async () => {
  const none = { limitMs: 300_000, confirmed: 0, inProgress: 0 };
  renderInApp(<HistoryPage />, {
    actions: [recordWith()],
    prepare: ({ actionsSummary }) =>
      actionsSummary.mockResolvedValue(
        summaryWith({
          medianTimeToIsolateMs: null,
          p95TimeToIsolateMs: null,
          isolations: 0,
          slowIsolations: none,
        })
      ),
  });
  const summary = within(await screen.findByRole('region', { name: 'Summary' }));
  expect(summary.getAllByText('—')).not.toHaveLength(0);
  expect(summary.getAllByText('none confirmed')).not.toHaveLength(0);
  expect(summary.queryByRole('link')).not.toBeInTheDocument();
});

it('filters by status with the labels of the badges, and by duration, and keeps both in the URL', async () => {
  const user = userEvent.setup({ delay: null });
  const { api, history } = renderInApp(<HistoryPage />, {
    path: '/history?longerThanMs=90000',
    actions: [recordWith({ hosts: [openHost()] })],
  });
  expect(within(await table()).getByText('In progress')).toBeInTheDocument();
  const outcome = screen.getByRole('combobox', { name: 'Outcome' });
  expect(
    within(outcome)
      .getAllByRole('option')
      .map((one) => one.textContent)
  ).toEqual([
    'Any',
    'Awaiting approval',
    'In progress',
    'Succeeded',
    'Failed',
    'Refused',
    'Unchanged',
  ]);
  const duration = screen.getByRole('combobox', { name: 'Duration' });
  expect(duration).toHaveDisplayValue('Longer than 1 min 30 s');
  await user.selectOptions(outcome, 'In progress');
  await user.selectOptions(duration, 'Longer than 5 min');
  expect(history.location.search).toBe('?status=in_progress&longerThanMs=300000');
  await waitFor(() =>
    expect(lastOf(api.actions.mock.calls)[0]).toMatchObject({
      status: 'in_progress',
      longerThanMs: 300_000,
    })
  );
  await user.selectOptions(duration, 'Any');
  await user.selectOptions(outcome, 'Any');
  expect(history.location.search).toBe('');
});

it('sorts by duration, longest first at the first click, and by time again', async () => {
  const user = userEvent.setup({ delay: null });
  const { api, history } = renderInApp(<HistoryPage />, {
    path: '/history?page=2',
    prepare: ({ actions }) =>
      actions.mockImplementation(async ({ page = 1 }) =>
        pageOf([recordWith()], { total: 60, page })
      ),
  });
  const sortBy = async (name: string) =>
    user.click(within(await table()).getByRole('button', { name }));
  await sortBy('Duration');
  expect(history.location.search).toBe('?sortField=duration');
  await waitFor(() =>
    expect(lastOf(api.actions.mock.calls)[0]).toMatchObject({
      page: 1,
      sortField: 'duration',
      sortOrder: 'desc',
    })
  );
  await sortBy('Duration');
  expect(history.location.search).toBe('?sortField=duration&sortOrder=asc');
  await sortBy('Requested');
  expect(history.location.search).toBe('');
  await sortBy('Requested');
  expect(history.location.search).toBe('?sortOrder=asc');
});

it('has no pagination without entries', async () => {
  renderInApp(<HistoryPage />);
  await screen.findByRole('heading', { name: 'No actions in this time range' });
  expect(screen.queryByText(/of 0/)).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /Rows per page/ })).not.toBeInTheDocument();
});

describe('without actions', () => {
  it('offers to clear the filters', async () => {
    const user = userEvent.setup({ delay: null });
    const { history } = renderInApp(<HistoryPage />, { path: '/history?search=x&from=now-7d' });
    await user.click(await screen.findByRole('button', { name: 'Clear search and filters' }));
    expect(history.location.search).toBe('?from=now-7d');
  });

  it('offers all time, and then explains how actions are recorded', async () => {
    const user = userEvent.setup({ delay: null });
    const { history, services } = renderInApp(<HistoryPage />);
    await screen.findByRole('heading', { name: 'No actions in this time range' });
    await user.click(screen.getByRole('button', { name: 'Show all time' }));
    expect(history.location.search).toBe('?from=now-10y');
    await screen.findByRole('heading', { name: 'No actions yet' });
    expect(screen.getByText(/select Take action > Isolate host/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Export as CSV' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Go to Alerts' }));
    expect(services.visited).toEqual(['sentineloneResponse /']);
  });

  it('offers the first page on a page beyond the last', async () => {
    const user = userEvent.setup({ delay: null });
    const { history } = renderInApp(<HistoryPage />, {
      path: '/history?page=9',
      prepare: ({ actions }) => actions.mockResolvedValue(pageOf([], { total: 3, page: 9 })),
    });
    await user.click(await screen.findByRole('button', { name: 'Go to the first page' }));
    expect(history.location.search).toBe('');
  });
});

it('reports what failed, and tries again', async () => {
  const user = userEvent.setup({ delay: null });
  const { api } = renderInApp(<HistoryPage />, {
    prepare: ({ actions }) => actions.mockRejectedValue(refusal(403, 'Forbidden')),
  });
  const alert = await screen.findByRole('alert');
  expect(within(alert).getByText(/privilege/i)).toBeInTheDocument();
  api.actions.mockResolvedValue(pageOf([recordWith()]));
  await user.click(within(alert).getByRole('button', { name: 'Reload' }));
  expect(await screen.findByText('Beaconing to evil.example.com')).toBeInTheDocument();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

it('shows the actions even if the summary is not available', async () => {
  renderInApp(<HistoryPage />, {
    actions: [recordWith()],
    prepare: ({ actionsSummary }) => actionsSummary.mockRejectedValue(refusal(400, 'no summary')),
  });
  expect(await screen.findByText('The summary could not be loaded')).toBeInTheDocument();
  expect(await screen.findByText('Beaconing to evil.example.com')).toBeInTheDocument();
});

describe('the export', () => {
  const save = jest.mocked(downloadCsv);

  it('contains all matching actions, on all pages', async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderInApp(<HistoryPage />, {
      path: '/history?page=2&user=bob',
      actions: [recordWith()],
    });
    await rowOf('web-7');
    await user.click(screen.getByRole('button', { name: 'Export as CSV' }));
    await waitFor(() => expect(save).toHaveBeenCalledTimes(1));
    const [filter] = api.actionsCsv.mock.calls[0]!;
    expect(filter).toEqual({ user: 'bob', from: expect.any(String) });
    expect(save.mock.calls[0]![0]).toMatch(/^sentinelone-actions-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(save.mock.calls[0]![1]).toBe('"action_id"\r\n');
  });

  it('states why it failed, and saves nothing', async () => {
    const user = userEvent.setup({ delay: null });
    const { api, services } = renderInApp(<HistoryPage />, { actions: [recordWith()] });
    api.actionsCsv.mockRejectedValue(refusal(500, 'index is broken'));
    await rowOf('web-7');
    await user.click(screen.getByRole('button', { name: 'Export as CSV' }));
    await waitFor(() =>
      expect(services.toasts).toEqual([
        expect.objectContaining({
          color: 'danger',
          text: expect.stringContaining('index is broken'),
        }),
      ])
    );
    expect(save).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: 'Export as CSV' })).toBeEnabled();
  });
});

describe('while an action is in progress', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const pass = async (ms: number) => {
    await act(async () => {
      jest.advanceTimersByTime(ms);
      // Answers come in microtasks, and are told of in the next turn.
      for (let n = 0; n < 20; n++) {
        await Promise.resolve();
        jest.advanceTimersByTime(0);
      }
    });
  };
  const hide = (hidden: boolean) => {
    const state = hidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    act(() => void window.dispatchEvent(new Event('visibilitychange')));
  };
  afterEach(() => hide(false));

  it('refreshes automatically, in growing intervals, and stops when all actions have ended', async () => {
    const record = recordWith({ hosts: [openHost({ reason: 'waiting' })] });
    const { api } = renderInApp(<HistoryPage />, { actions: [record] });
    await pass(0);
    expect(screen.getByText(/^1 action on this page is in progress/)).toBeInTheDocument();
    const answers = [];
    for (let second = 0; second < 40; second++) {
      await pass(1_000);
      answers.push(api.actions.mock.calls.length);
    }
    expect(answers[9]! - answers[0]!).toBeGreaterThanOrEqual(2);
    expect(answers[39]! - answers[19]!).toBeLessThanOrEqual(2);

    const summaries = api.actionsSummary.mock.calls.length;
    const reconciled = recordWith({
      ...record,
      hosts: [hostWith()],
      state: 'ended',
      tookMs: 40_000,
    });
    api.actions.mockResolvedValue(
      pageOf([{ ...reconciled, updatedAt: '2024-07-03T03:46:00.000Z' }])
    );
    await pass(15_000);
    expect(screen.getByText('Succeeded', { selector: 'span' })).toBeInTheDocument();
    expect(screen.queryByText(/on this page is in progress/)).not.toBeInTheDocument();
    expect(api.actionsSummary.mock.calls.length).toBeGreaterThan(summaries);
    const before = api.actions.mock.calls.length;
    await pass(25_000);
    expect(api.actions.mock.calls.length).toBe(before);
  });

  it('sends no request in a hidden tab, and one at once when it is shown', async () => {
    const record = recordWith({ hosts: [openHost()] });
    const { api } = renderInApp(<HistoryPage />, { actions: [record] });
    await pass(0);
    hide(true);
    const before = api.actions.mock.calls.length;
    await pass(120_000);
    expect(api.actions.mock.calls.length).toBe(before);
    hide(false);
    await pass(0);
    expect(api.actions.mock.calls.length).toBeGreaterThan(before);
  });
});

it('draws nothing without actions', async () => {
  const none = summaryWith({ days: [], medianTimeToIsolateMs: null });
  const { api } = renderInApp(<HistoryPage />, {
    actions: [recordWith()],
    prepare: ({ actionsSummary }) => actionsSummary.mockResolvedValue(none),
  });
  await rowOf('web-7');
  expect(api.actionsSummary).toHaveBeenCalled();
  await waitFor(() =>
    expect(screen.queryByRole('region', { name: 'Summary' })).not.toBeInTheDocument()
  );
});
