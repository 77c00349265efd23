import { ownFailures, RECENT_ACTIONS, type View, type ViewQuestion } from '../../common/api/view';
import { httpError } from '../../test/helpers/ui/http_error';
import { askView, type AskedView } from './ask_view';
import { responseApi } from './response_api';

/** Answers that came in one request with others, and the requests that are sent without them. */

const AGENTS = [{ agentId: '1' }];
const OWN = { from: 'its own route' };
const ALERT_QUESTION: ViewQuestion = { alertId: 'a1' };
const VIEW: View = {
  answers: [
    { route: 'connection', question: null, body: { state: 'none' } },
    { route: 'alert', question: 'a1', body: { id: 'a1' } },
    { route: 'hostsStatus', question: { agents: AGENTS }, body: { hosts: [] } },
    { route: 'actions', question: { ...RECENT_ACTIONS, alertId: 'a1' }, body: { total: 1 } },
  ],
};

let now = 1_000;
beforeEach(() => {
  now = 1_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

function opened({ view = async () => VIEW as View, asked = [] as AskedView[] } = {}) {
  const calls: string[] = [];
  const request = (path: string): Promise<never> => {
    calls.push(path.replace('/internal/sentinelone_response/', ''));
    return (path.endsWith('/_view') ? view() : Promise.resolve(OWN)) as Promise<never>;
  };
  return { api: responseApi({ get: request, post: request }, asked), calls, request };
}

it('gives each part its answer once, and then asks its own route', async () => {
  const { api, calls } = opened();
  api.prepare(ALERT_QUESTION);
  now += 70;
  const answers = await Promise.all([api.connection(), api.alert('a1'), api.hostsStatus(AGENTS)]);
  expect(answers).toEqual([
    { state: 'none' },
    { id: 'a1' },
    // The status is as old as the request that it came with.
    { hosts: [], exchange: { sentAt: 1_000, answeredAt: 1_070 } },
  ]);
  expect(await api.actions({ alertId: 'a1', ...RECENT_ACTIONS })).toEqual({ total: 1 });
  expect(calls).toEqual(['_view']);
  expect(await api.connection()).toBe(OWN);
  expect(await api.alert('a1')).toBe(OWN);
  expect(calls).toEqual(['_view', 'connection', 'alerts/a1']);
});

it('answers no other question, and never one for a new reading', async () => {
  const { api, calls } = opened();
  api.prepare(ALERT_QUESTION);
  expect(await api.alert('a2')).toBe(OWN);
  expect(await api.hostsStatus([{ agentId: '2' }])).toBe(OWN);
  expect(await api.hostsStatus(AGENTS, { fresh: true })).toBe(OWN);
  expect(await api.actions({ ...RECENT_ACTIONS, host: '1' })).toBe(OWN);
  expect(await api.alerts({})).toBe(OWN);
  expect(calls).toHaveLength(6);
});

it('does not delay questions that the request does not contain', async () => {
  const { api } = opened({ view: () => new Promise(() => {}) });
  api.prepare({ alertId: 'a1', statusOnly: true });
  expect(await api.alerts({})).toBe(OWN);
  expect(await api.requests({})).toBe(OWN);
  expect(await api.actions({})).toBe(OWN);
});

it('gives the failed actions of the last hour, by any clock that differs little', async () => {
  const { api, calls } = opened({
    view: async () => ({
      answers: [{ route: 'actions', question: ownFailures(10_000), body: { total: 2 } }],
    }),
  });
  api.prepare({ isolated: {} });
  expect(await api.actions(ownFailures(35_000))).toBe(OWN);
  expect(await api.actions({ ...ownFailures(10_000), status: 'succeeded' })).toBe(OWN);
  expect(await api.actions(ownFailures(15_000))).toEqual({ total: 2 });
  expect(calls).toEqual(['_view', 'actions', 'actions']);
});

it('asks the routes if the request fails, or lacks an answer', async () => {
  const failing = opened({ view: () => Promise.reject(httpError(500)) });
  failing.api.prepare(ALERT_QUESTION);
  expect(await failing.api.connection()).toBe(OWN);
  const empty = opened({ view: async () => ({ answers: [] }) });
  empty.api.prepare(ALERT_QUESTION);
  expect(await empty.api.alert('a1')).toBe(OWN);
});

it('does not use an answer from before a change, nor one that is older than ten seconds', async () => {
  const { api, calls } = opened();
  api.prepare(ALERT_QUESTION);
  await api.performAction('isolate', { hosts: AGENTS, comment: 'why' });
  expect(await api.connection()).toBe(OWN);
  api.prepare(ALERT_QUESTION);
  await Promise.resolve();
  now += 10_001;
  expect(await api.connection()).toBe(OWN);
  expect(calls.filter((path) => path === '_view')).toHaveLength(2);
});

it('does not use an answer two seconds after another part of the page used one, and asks again', async () => {
  const { api, calls } = opened();
  api.prepare(ALERT_QUESTION);
  expect(await api.alert('a1')).toEqual({ id: 'a1' });
  now += 2_001;
  expect(await api.connection()).toBe(OWN);
  api.prepare(ALERT_QUESTION);
  expect(calls).toEqual(['_view', 'connection', '_view']);
});

it('uses what was asked before its code was loaded, and does not ask the same again', async () => {
  const asked: AskedView[] = [];
  const { api, calls, request } = opened({
    asked,
    view: async () => ({
      answers: [
        { route: 'alerts', question: { from: '2026-01-01T00:00:00.000Z' }, body: { total: 7 } },
      ],
    }),
  });
  asked.push(askView({ post: request }, { alerts: { from: '2026-01-01T00:00:00.000Z' } }));
  const alerts = { page: 1, perPage: 25, sortField: 'timestamp', sortOrder: 'desc' } as const;
  // Three seconds later, the last day began three seconds later.
  now += 3_000;
  api.prepare({ alerts: { ...alerts, from: '2026-01-01T00:00:03.000Z' } });
  const earlier = { ...alerts, from: '2025-12-01T00:00:00.000Z' };
  expect(await api.alerts(earlier)).toBe(OWN);
  expect(await api.alerts({ ...alerts, from: '2026-01-01T00:00:03.000Z' })).toEqual({ total: 7 });
  expect(calls).toEqual(['_view', 'alerts']);
  api.prepare({ alerts: earlier });
  expect(calls).toEqual(['_view', 'alerts', '_view']);
});
