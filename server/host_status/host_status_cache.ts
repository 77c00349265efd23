import { hostStatusOf, type Agent, type AgentReference } from '../../common/hosts/agent';
import type { HostsStatus, ReadStatus } from '../../common/api/routes';
import { READ_DEADLINE } from '../sentinelone_client/deadline';
import { momentOf, type ProcessClock } from '../lib/clock';
import type { ReadBudget } from '../lib/read_budget';
import { reasonOf, timedOut, isUserError } from '../lib/typed_error';
import {
  SeparateIds,
  callCount,
  idKeyOf,
  hasKey,
  keyOf,
  missingKeys,
  paramsFor,
  type AgentKey,
  type StatusCall,
  type StatusQuery,
  type AgentReading,
  type Viewer,
} from './host_status_query';
import {
  SHARED_READ_WINDOW,
  schedule,
  STATUS_TTL,
  SPLIT_AFTER,
  type Batch,
} from './refresh_schedule';
import type { NamedConnector } from '../connector/connectors_in_space';

/**
 * Pause (ms) between two calls. SentinelOne's limit for agents (25 a second) also applies to
 * actions.
 */
export const CALL_INTERVAL = 200;
/** Pauses (ms) after SentinelOne has throttled: the first, doubled each time up to the longest. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 30_000;
/** How long (ms) users have separate calls after a shared call failed. */
const SEPARATE_CALLS_FOR = 60_000;
/** Users whose turns are stored. */
const MAX_USERS_KEPT = 1_000;
/** How long (ms) it is remembered that a host was read, and of how many hosts. */
const READ_REMEMBERED_FOR = 60_000;
const MAX_READ_REMEMBERED = 10_000;
/** After this time (ms) a call that has not ended no longer blocks others. */
const LONGEST_CALL = 2 * READ_DEADLINE;
/** A call has as much time (ms) as its query. Its time-out may come this long (ms) before that of the query. */
const TIMER_PRECISION = 50;

export interface HostStatusCachePorts {
  readonly clock: ProcessClock;
  /** The time of day, in ms since the epoch. */
  readonly timeOfDay: () => number;
  readonly budget: ReadBudget;
  /** True for an error that concerns only this viewer, such as a missing privilege. */
  readonly isViewersOwn: (error: unknown) => boolean;
}

/** The statuses from a cache, without the tenant. */
export type CachedStatuses = Omit<HostsStatus, 'tenant'>;

/**
 * Returns the live status of hosts to viewers with few calls; `refresh_schedule.ts` decides which. A reading is shared
 * for two seconds, only with users who may read it. Each query ends within 15 s. There is one cache per connector.
 */
export class HostStatusCache {
  private readonly known = new Map<AgentKey, AgentReading>();
  private readonly separateIds = new SeparateIds();
  private waiting: StatusQuery[] = [];
  private calls: StatusCall[] = [];
  private served: string[] = [];
  private readonly separateUntil = new Map<string, number>();
  /** When each user of the last seconds has sent the latest query. */
  private readonly queriedAt = new Map<string, number>();
  private readonly lastReadAt = new Map<AgentKey, number>();
  private lastCollected = Number.NEGATIVE_INFINITY;
  private lastCall = Number.NEGATIVE_INFINITY;
  private pausedUntil = Number.NEGATIVE_INFINITY;
  private throttles = 0;
  private lastSuccess = Number.NEGATIVE_INFINITY;
  private forgottenAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly ports: HostStatusCachePorts) {}

  /**
   * One status per reference, in their order. Throws what `viewer.authorize` and `viewer.ask` throw,
   * `TooManyReads`, and `TypedError` (`timed_out`) after 15 s.
   */
  async statusOf(references: readonly AgentReference[], viewer: Viewer): Promise<CachedStatuses> {
    const receivedAt = momentOf(this.ports.clock);
    await viewer.authorize();
    const readings = new Map<AgentKey, AgentReading>();
    const agentsOf = (key: AgentKey): readonly Agent[] => readings.get(key)?.agents ?? [];
    const look = async (keys: readonly AgentKey[], isFirst: boolean): Promise<void> => {
      const wanted = [...new Set(keys)].filter((key) => !readings.has(key));
      if (wanted.length === 0) return;
      const answers = await this.answersTo(wanted, viewer, receivedAt.at, isFirst);
      for (const [key, reading] of answers) readings.set(key, reading);
    };
    await look([...references.map(keyOf), ...this.separateIds.known(references)], true);
    await look(this.separateIds.needed(references, agentsOf), false);
    const hosts = references.map((reference): ReadStatus => {
      const keys = [...new Set([keyOf(reference), idKeyOf(reference)])];
      const own = keys.flatMap((key) => readings.get(key) ?? []);
      const readAt = Math.min(...own.map((reading) => reading.readAt));
      const answeredAt = Math.max(...own.map((reading) => reading.answeredAt));
      const agents = new Map(keys.flatMap(agentsOf).map((agent) => [agent.id, agent]));
      return { ...hostStatusOf(reference, [...agents.values()]), readAt, answeredAt };
    });
    const age = this.ports.clock.now() - Math.min(...hosts.map(({ readAt }) => readAt));
    return { hosts, asOf: new Date(this.ports.timeOfDay() - age).toISOString(), receivedAt };
  }

  /** Discards all readings, so that no status from before an action is shown. */
  forget(): void {
    this.known.clear();
    this.forgottenAt = this.ports.clock.now();
  }

  private answersTo(
    keys: readonly AgentKey[],
    viewer: Viewer,
    receivedAt: number,
    isFirst: boolean
  ): Promise<ReadonlyMap<AgentKey, AgentReading>> {
    const oldest = viewer.fresh ? receivedAt : receivedAt - STATUS_TTL + 1;
    return new Promise((resolve, reject) => {
      const question: StatusQuery = {
        viewer,
        keys,
        endsAt: receivedAt + READ_DEADLINE,
        notBefore: Math.max(this.forgottenAt, oldest),
        answers: new Map(),
        // A query that has waited once to share a call does not wait again.
        isCollected: this.hasNobodyToShareWith(viewer.user, keys) || !isFirst,
        isAlone: false,
        hasEnded: false,
        resolve,
        reject,
      };
      this.answer(question);
      if (question.hasEnded) return;
      try {
        this.ports.budget.take(viewer.user, callCount(this.newKeys(question)));
      } catch (error) {
        this.fail(question, error);
        return;
      }
      this.waiting.push(question);
      this.advance();
    });
  }

  /**
   * Whether this is the first query for these hosts, of the only user who reads at present. It would wait for no one.
   * Queries that are repeated, as pages do, share calls in any case, so that several tabs need no more calls than one.
   */
  private hasNobodyToShareWith(user: string, keys: readonly AgentKey[]): boolean {
    const now = this.ports.clock.now();
    this.queriedAt.set(user, now);
    for (const [other, at] of this.queriedAt) {
      if (now - at >= STATUS_TTL) this.queriedAt.delete(other);
    }
    return (
      this.queriedAt.size === 1 &&
      keys.every((key) => now - (this.lastReadAt.get(key) ?? -Infinity) >= READ_REMEMBERED_FOR)
    );
  }

  /** Takes over known statuses, and ends the query if none is missing. */
  private answer(question: StatusQuery): void {
    for (const key of missingKeys(question)) {
      const reading = this.known.get(key);
      if (reading !== undefined && reading.readAt >= question.notBefore) {
        question.answers.set(key, reading);
      }
    }
    if (missingKeys(question).length > 0) return;
    question.hasEnded = true;
    question.resolve(question.answers);
  }

  /** The keys that are not being queried for the same user. */
  private newKeys(question: StatusQuery): readonly AgentKey[] {
    const asked = new Set(
      this.waiting.flatMap(({ viewer, keys, hasEnded }) =>
        hasEnded || viewer.user !== question.viewer.user ? [] : keys
      )
    );
    return missingKeys(question).filter((key) => !asked.has(key));
  }

  private fail(question: StatusQuery, error: unknown): void {
    const hasTimedOut =
      reasonOf(error) === 'unreachable' &&
      this.ports.clock.now() >= question.endsAt - TIMER_PRECISION;
    question.hasEnded = true;
    question.reject(hasTimedOut ? timedOut(READ_DEADLINE) : error);
  }

  /** Makes all due calls, and schedules the next run. */
  private advance(): void {
    clearTimeout(this.timer);
    const now = this.ports.clock.now();
    for (const [key, { readAt }] of this.known) {
      if (now - readAt >= STATUS_TTL) this.known.delete(key);
    }
    for (const question of this.waiting) {
      this.answer(question);
      if (!question.hasEnded && now >= question.endsAt) {
        this.fail(question, timedOut(READ_DEADLINE));
      }
    }
    this.waiting = this.waiting.filter(({ hasEnded }) => !hasEnded);
    this.calls = this.calls.filter(({ startedAt }) => now < startedAt + LONGEST_CALL);
    this.split(now);
    const leavesAt = this.leavesAt();
    const isCollecting = now >= leavesAt ? this.leave(now) : this.waiting.length > 0;
    if (this.waiting.length === 0) return;
    const next = [
      ...this.waiting.map(({ endsAt }) => endsAt),
      ...this.calls.flatMap(({ startedAt }) => [
        startedAt + SHARED_READ_WINDOW,
        startedAt + SPLIT_AFTER,
      ]),
      ...(isCollecting ? [this.lastCollected + STATUS_TTL] : []),
      this.leavesAt(),
    ].filter((at) => at > now);
    this.timer = setTimeout(() => this.advance(), Math.max(1, Math.min(...next) - now));
    // The timer must not keep Kibana from stopping.
    this.timer.unref();
  }

  /** When a call may leave. */
  private leavesAt(): number {
    return Math.max(this.lastCall + CALL_INTERVAL, this.pausedUntil);
  }

  /** Makes the next call, if any. Returns whether small queries are still being collected. */
  private leave(now: number): boolean {
    for (const [user, until] of this.separateUntil)
      if (now >= until) this.separateUntil.delete(user);
    const state = {
      waiting: this.waiting,
      calls: this.calls,
      now,
      hasSeparateCalls: (user: string) => this.separateUntil.has(user),
      served: this.served,
    };
    let { batch, isCollecting } = schedule(state);
    if (isCollecting && now >= this.lastCollected + STATUS_TTL) {
      this.lastCollected = now;
      for (const question of this.waiting) question.isCollected = true;
      ({ batch, isCollecting } = schedule(state));
    }
    if (batch !== undefined) void this.call(batch, now);
    return isCollecting;
  }

  /** Queries whose shared call takes long get separate calls. */
  private split(now: number): void {
    for (const { isCombined, questions, startedAt } of this.calls) {
      if (!isCombined || questions.length < 2 || now < startedAt + SPLIT_AFTER) continue;
      for (const question of questions) question.isAlone = true;
    }
  }

  /** Calls as the first viewer, and as the next one only if the error concerned only the viewer before. */
  private async call(batch: Batch, startedAt: number): Promise<void> {
    const call: StatusCall = { ...batch, keys: new Set(batch.keys), startedAt };
    this.calls.push(call);
    this.lastCall = startedAt;
    if (this.lastReadAt.size > MAX_READ_REMEMBERED) this.lastReadAt.clear();
    for (const key of batch.keys) this.lastReadAt.set(key, startedAt);
    const users = new Set(batch.questions.map(({ viewer }) => viewer.user));
    this.served = [...this.served.filter((user) => !users.has(user)), ...users].slice(
      -MAX_USERS_KEPT
    );
    try {
      for (const question of batch.questions) {
        const { viewer } = question;
        try {
          this.note(batch, startedAt, await viewer.ask(paramsFor(batch.keys)));
          break;
        } catch (error) {
          if (!this.ports.isViewersOwn(error)) {
            this.failAll(batch, error);
            break;
          }
          this.fail(question, error);
        }
      }
    } finally {
      this.calls = this.calls.filter((one) => one !== call);
      this.advance();
    }
  }

  private note({ keys, questions }: Batch, readAt: number, agents: readonly Agent[]): void {
    this.throttles = 0;
    const answeredAt = this.ports.clock.now();
    this.lastSuccess = answeredAt;
    for (const key of keys) {
      const reading = { agents: agents.filter((agent) => hasKey(agent, key)), readAt, answeredAt };
      if (readAt > this.forgottenAt) this.known.set(key, reading);
      // The queries waited for this reading. It contains the time of the read, so it stays valid after a later action.
      for (const question of questions) {
        if (question.keys.includes(key) && !question.answers.has(key)) {
          question.answers.set(key, reading);
        }
      }
    }
  }

  private failAll({ questions }: Batch, error: unknown): void {
    const now = this.ports.clock.now();
    const reason = reasonOf(error);
    if (reason === 'throttled') {
      this.pausedUntil = now + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.throttles);
      this.throttles += 1;
    }
    const failed = questions.filter(({ hasEnded }) => !hasEnded);
    if (questions.length === 1) {
      for (const question of failed) this.fail(question, error);
      return;
    }
    // If SentinelOne has answered other calls recently, one of the queries may be the cause.
    const isUp = now < this.lastSuccess + SEPARATE_CALLS_FOR;
    if (reason === 'unexpected_answer' || (reason === 'unreachable' && isUp)) {
      for (const { viewer } of questions)
        this.separateUntil.set(viewer.user, now + SEPARATE_CALLS_FOR);
    }
    for (const question of failed) {
      // A query with a separate call already waits for that response.
      if (question.isAlone) continue;
      if (reason === 'unexpected_answer') question.isAlone = true;
      else this.fail(question, error);
    }
  }
}

export interface HostStatusCaches {
  readonly of: (
    spaceId: string,
    connector: Pick<NamedConnector, 'id' | 'tenant'>
  ) => HostStatusCache;
  /** Discards the readings of all connectors. */
  readonly forget: () => void;
}

/**
 * One cache per space, connector and tenant, because an agent with the same id in another tenant is
 * another host. There is one connector per space, so there are few caches.
 */
export function hostStatusCaches(
  ports: Omit<HostStatusCachePorts, 'isViewersOwn'>
): HostStatusCaches {
  const caches = new Map<string, HostStatusCache>();
  return {
    of(spaceId, { id, tenant }) {
      const key = JSON.stringify([spaceId, id, tenant]);
      const cache = caches.get(key) ?? new HostStatusCache({ ...ports, isViewersOwn: isUserError });
      caches.set(key, cache);
      return cache;
    },
    forget() {
      for (const cache of caches.values()) cache.forget();
    },
  };
}
