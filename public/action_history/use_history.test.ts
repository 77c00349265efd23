import { QueryClient, QueryObserver } from '@tanstack/react-query';
import type { HostsStatus } from '../../common/api/routes';
import type { RecordedHost } from '../../common/actions/record';
import { actionAnswer } from '../../test/helpers/ui/answers';
import {
  hostStatuses,
  HOSTS_STATUS_KEY,
  noteAccepted,
  noteReadings,
} from '../host_status/status_store';
import { includedInStatus, refreshHosts } from './use_history';

const host = (outcome: RecordedHost['outcome'], agentId = '1') => ({
  uuid: null,
  agentId,
  outcome,
});
const record = (outcome: RecordedHost['outcome'], actionId = 'a') => ({
  actionId,
  hosts: [host(outcome)],
});

const READ_AT = '2024-07-03T12:00:00.000Z';

/** Stores an answer of SentinelOne about agent 1, read at `READ_AT`. */
function noteStatus(queryClient: QueryClient, networkStatus: string): void {
  const agent = { id: '1', uuid: null, networkStatus, isActive: true };
  const answer = {
    hosts: [{ state: 'known', agent, readAt: 0, answeredAt: 0 }],
    receivedAt: { clock: 'node', at: 0 },
    asOf: READ_AT,
    tenant: 't',
  };
  const exchange = { sentAt: 0, answeredAt: performance.now() };
  noteReadings(queryClient, [{ agentId: '1' }], answer as unknown as HostsStatus, exchange);
}

/** A page that shows the status of agent 1. With `hangs`, its requests do not end. */
function shownHost({ hangs = false } = {}) {
  const queryClient = new QueryClient({
    defaultOptions: { queries: { retry: false } },
    logger: { log() {}, warn() {}, error() {} },
  });
  let reads = 0;
  const read = jest.fn((): Promise<number> =>
    hangs ? new Promise(() => {}) : Promise.resolve((reads += 1))
  );
  const queryKey = [HOSTS_STATUS_KEY, [{ agentId: '1' }]];
  queryClient.setQueryData(queryKey, 0);
  const observer = new QueryObserver(queryClient, { queryKey, queryFn: read, staleTime: Infinity });
  const stop = observer.subscribe(() => {});
  return { queryClient, read, stop };
}
let shown: ReturnType<typeof shownHost>;
afterEach(() => {
  shown.stop();
  jest.useRealTimers();
});

it.each(['done', 'failed'] as const)(
  'refreshes the status before it returns an ended action: %s',
  async (end) => {
    shown = shownHost();
    await refreshHosts(shown.queryClient, [record('requested')], [record(end)]);
    expect(shown.read).toHaveBeenCalledTimes(1);
  }
);

it('refreshes the status for an action that was not known before, such as one of another tab', async () => {
  shown = shownHost();
  await refreshHosts(shown.queryClient, [record('done', 'earlier')], [record('done')]);
  expect(shown.read).toHaveBeenCalledTimes(1);
});

it.each([
  ['requested', 'before the status was read', '2024-07-03T11:59:59.999Z', 0],
  ['requested', 'after the status was read', '2024-07-03T12:00:00.001Z', 1],
  ['done', 'before the status was read', '2024-07-03T11:59:59.999Z', 0],
  ['done', 'after the status was read', '2024-07-03T12:00:00.001Z', 1],
] as const)(
  'refreshes the status for an action of the first answer only if it is newer: %s %s',
  async (outcome, _, updatedAt, reads) => {
    shown = shownHost();
    const { queryClient, read } = shown;
    const now = [{ ...record(outcome), updatedAt }];
    // Without a status, there is nothing to refresh.
    expect(includedInStatus(queryClient, now)).toEqual(now);
    noteStatus(queryClient, 'connected');
    await refreshHosts(queryClient, includedInStatus(queryClient, now), now);
    expect(read).toHaveBeenCalledTimes(reads);
  }
);

it('refreshes the status once for a new action in progress, unless it is shown as in progress', async () => {
  shown = shownHost();
  const { queryClient, read } = shown;
  const see = () => refreshHosts(queryClient, [record('done', 'earlier')], [record('requested')]);
  await see();
  await see();
  expect(read).toHaveBeenCalledTimes(1);
  noteStatus(queryClient, 'connecting');
  await refreshHosts(queryClient, [], [record('requested', 'own')]);
  expect(read).toHaveBeenCalledTimes(1);
});

it.each([
  ['had ended before', 'done', 'done'],
  ['has not ended', 'requested', 'pending'],
  ['was refused', 'requested', 'refused'],
] as const)('does not refresh the status of a host that %s', async (_, before, now) => {
  shown = shownHost();
  await refreshHosts(shown.queryClient, [record(before)], [record(now)]);
  expect(shown.read).not.toHaveBeenCalled();
});

it('refreshes once for an end that several components read, and all of them wait for it', async () => {
  shown = shownHost();
  const { queryClient, read } = shown;
  const see = () => refreshHosts(queryClient, [record('requested')], [record('done')]);
  const ended = [see(), see()];
  await Promise.all(ended);
  await see();
  expect(read).toHaveBeenCalledTimes(1);
});

it('waits at most 5 s', async () => {
  jest.useFakeTimers();
  shown = shownHost({ hangs: true });
  let isOver = false;
  void refreshHosts(shown.queryClient, [record('requested')], [record('done')]).then(() => {
    isOver = true;
  });
  await jest.advanceTimersByTimeAsync(4_900);
  expect(isOver).toBe(false);
  await jest.advanceTimersByTimeAsync(200);
  expect(isOver).toBe(true);
});

it.each([
  ['a', 0],
  ['b', 1],
])(
  'removes the expected status of an action that failed, and not of another: %s',
  async (failed, left) => {
    shown = shownHost();
    const { queryClient } = shown;
    const accepted = actionAnswer({
      actionId: 'a',
      hosts: [{ uuid: null, agentId: '1', name: 'web-1', outcome: 'requested' }],
    });
    noteAccepted(queryClient, 'isolate', accepted, { sentAt: 0, answeredAt: performance.now() });
    await refreshHosts(queryClient, [], [record('failed', failed)]);
    expect(hostStatuses(queryClient).optimisticStatuses.size).toBe(left);
  }
);
