import { LIMITS } from '../../common/lib/constants';
import {
  isUuidKey,
  missingKeys,
  type AgentKey,
  type StatusCall,
  type StatusQuery,
} from './host_status_query';

/**
 * Decides which call to SentinelOne is made next. Small queries of different users share calls, so that fifty viewers
 * need no more calls than one. A user who requests many hosts has separate calls, a few at a time and alternating with
 * other users, so that the response time depends on the size of the user's own query. Times in ms.
 */

/** How long a reading is shared, and how long small queries are collected for one call. */
export const STATUS_TTL = 2_000;
/** The maximum number of hosts with which a query shares calls with others. */
export const MAX_HOSTS_OF_SHARED_CALL = 25;
/** How long a query waits for a call of other users before it has a separate call. */
export const SHARED_READ_WINDOW = 1_000;
/** After this time without a response, each query of a shared call gets a separate call. */
export const SPLIT_AFTER = 2_000;
export const MAX_OWN_CALLS_PER_USER = 4;
/**
 * The maximum number of concurrent calls of all users. Calls that take longer than `SPLIT_AFTER` do not count, so that
 * they do not block others.
 */
export const MAX_OWN_CALLS = 16;

export interface Batch {
  readonly keys: readonly AgentKey[];
  readonly questions: readonly StatusQuery[];
  readonly isCombined: boolean;
}

export interface ScheduleState {
  /** The calls that have not ended, in the order in which they were made. */
  readonly waiting: readonly StatusQuery[];
  readonly calls: readonly StatusCall[];
  readonly now: number;
  /** Users whose queries failed in a call that was shared with others. */
  readonly hasSeparateCalls: (user: string) => boolean;
  /** Users in the order in which they were served, the latest last. */
  readonly served: readonly string[];
}

/** The keys of each query that no running call contains. */
function openKeys({ waiting, calls, now }: ScheduleState): ReadonlyMap<StatusQuery, AgentKey[]> {
  const serving = new Map<StatusQuery, Set<AgentKey>>();
  const joinable = new Map<AgentKey, number>();
  for (const { keys, questions, startedAt, isCombined } of calls) {
    for (const question of questions) {
      // The shared call may still answer it, and is not waited for.
      if (question.isAlone && isCombined) continue;
      const own = serving.get(question) ?? new Set<AgentKey>();
      for (const key of keys) own.add(key);
      serving.set(question, own);
    }
    if (now >= startedAt + SHARED_READ_WINDOW) continue;
    for (const key of keys) {
      joinable.set(key, Math.max(startedAt, joinable.get(key) ?? Number.NEGATIVE_INFINITY));
    }
  }
  const open = new Map<StatusQuery, AgentKey[]>();
  for (const question of waiting) {
    const inCalls = serving.get(question);
    const keys = missingKeys(question).filter((key) => {
      if (inCalls?.has(key) === true) return false;
      const startedAt = question.isAlone ? undefined : joinable.get(key);
      return startedAt === undefined || startedAt < question.notBefore;
    });
    if (keys.length > 0) open.set(question, keys);
  }
  return open;
}

/** As many keys of one kind as one call may contain, and the queries that they belong to. */
function batchOf(
  questions: readonly StatusQuery[],
  open: ReadonlyMap<StatusQuery, readonly AgentKey[]>,
  isCombined: boolean
): Batch {
  const keys = new Set<AgentKey>();
  const [first] = questions.flatMap((question) => open.get(question) ?? []);
  const isUuid = first !== undefined && isUuidKey(first);
  const included = questions.filter((question) => {
    let isIncluded = false;
    for (const key of open.get(question) ?? []) {
      if (isUuidKey(key) !== isUuid) continue;
      if (!keys.has(key) && keys.size >= LIMITS.agentsPerStatus) continue;
      keys.add(key);
      isIncluded = true;
    }
    return isIncluded;
  });
  return { keys: [...keys], questions: included, isCombined };
}

/** Users who have been waiting for their turn longest come first. */
function inTurn(users: readonly string[], served: readonly string[]): readonly string[] {
  const turn = new Map(served.map((user, n) => [user, n]));
  return [...users].sort((a, b) => (turn.get(a) ?? -1) - (turn.get(b) ?? -1));
}

export interface Schedule {
  /** The keys for the next call. */
  readonly batch: Batch | undefined;
  /** Whether small queries wait to share a call with later ones. */
  readonly isCollecting: boolean;
}

/** The next call to make, if any may be made now. */
export function schedule(state: ScheduleState): Schedule {
  const open = openKeys(state);
  const byUser = new Map<string, StatusQuery[]>();
  for (const question of open.keys()) {
    const { user } = question.viewer;
    byUser.set(user, [...(byUser.get(user) ?? []), question]);
  }
  const isSmall = (user: string): boolean =>
    !state.hasSeparateCalls(user) &&
    new Set((byUser.get(user) ?? []).flatMap((question) => open.get(question) ?? [])).size <=
      MAX_HOSTS_OF_SHARED_CALL;
  const users = inTurn([...byUser.keys()], state.served);
  const shared = users
    .filter(isSmall)
    .flatMap((user) => byUser.get(user) ?? [])
    .filter(({ isAlone }) => !isAlone);
  const leaving = shared.filter((question) => question.isCollected);
  const isCollecting = leaving.length < shared.length;
  if (leaving.length > 0) return { batch: batchOf(leaving, open, true), isCollecting };

  const own = state.calls.filter(({ isCombined }) => !isCombined);
  const quick = own.filter(({ startedAt }) => state.now < startedAt + SPLIT_AFTER);
  if (quick.length >= MAX_OWN_CALLS) return { batch: undefined, isCollecting };
  const together = new Set(shared);
  for (const user of users) {
    const underWay = own.filter(({ questions }) => questions[0]?.viewer.user === user).length;
    const next = byUser.get(user)?.find((question) => !together.has(question));
    if (next === undefined || underWay >= MAX_OWN_CALLS_PER_USER) continue;
    return { batch: batchOf([next], open, false), isCollecting };
  }
  return { batch: undefined, isCollecting };
}
