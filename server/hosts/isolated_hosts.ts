import type { Agent, NetworkStatus } from '../../common/hosts/agent';
import { type IsolatedHost, ISOLATED_STATES, type IsolatedHostsPage } from '../../common/api/hosts';
import type { GetAgentsParams, GetAgentsResult } from '../../common/api/connector';
import { NETWORK_STATUS_OF } from '../../common/hosts/host_search';
import { LIMITS } from '../../common/lib/constants';
import type { ProcessClock } from '../lib/clock';
import { ttlCache } from '../lib/ttl_cache';
import { isUserError, timedOut, TypedError } from '../lib/typed_error';
import type { NamedConnector } from '../connector/connectors_in_space';
import { IsolationActivities, type FetchActivities } from './isolation_activities';
import { isolatedHost, recordAgeOf } from './present_isolation';
import type { RecordedIsolation } from './recorded_isolations';

/** How long (ms) a response of SentinelOne is shared between all viewers. */
export const ISOLATED_SHARED_FOR = 10_000;
/** After this time (ms) a viewer receives the last known hosts, while the read from SentinelOne continues. */
export const SLOW_AFTER = 5_000;
/** The same if the last known hosts are younger than `RECENT` (ms): a large tenant needs several calls. */
export const RECENT_AFTER = 1_000;
const RECENT = 2 * ISOLATED_SHARED_FOR;
/** Pauses (ms) after failures: the first, which doubles with each further failure, and the longest. */
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 60_000;
/** The longest pause (ms) that SentinelOne can request. */
const LONGEST_RETRY_AFTER = 10 * 60_000;
/** How long (ms) a smaller page size is used after Kibana rejected a response as too large. */
const LIMIT_KEPT = 60 * 60_000;
/** After this time (ms) without a viewer the last known hosts are discarded. */
const KEPT_FOR = 60 * 60_000;

const STATUSES: readonly NetworkStatus[] = ISOLATED_STATES.map((state) => NETWORK_STATUS_OF[state]);

/** Reads from SentinelOne with the viewer's privileges. Throws if that fails. */
export type FetchIsolatedAgents = (
  params: Pick<GetAgentsParams, 'networkStatuses' | 'limit' | 'cursor'>
) => Promise<GetAgentsResult>;

/** A viewer of the isolated hosts. */
export interface IsolatedViewer {
  /** Throws unless the connector lets this viewer read agents. Called before shared data is used. */
  readonly authorize: () => Promise<void>;
  readonly ask: FetchIsolatedAgents;
  readonly askActivities: FetchActivities;
}

/** A response of SentinelOne. Times of the process clock, in ms. */
interface AgentsReading {
  readonly agents: readonly Agent[];
  readonly readAt: number;
  readonly isComplete: boolean;
}

interface ReadProblem {
  readonly error: TypedError;
  /** Process clock, ms. */
  readonly retryAt: number;
}

/** The isolated hosts of a tenant, with what a space may see. */
export interface IsolatedReading extends Pick<
  IsolatedHostsPage,
  'asOf' | 'ageMs' | 'isComplete' | 'problem' | 'activityProblem'
> {
  readonly hosts: readonly IsolatedHost[];
}

type ProblemReason = NonNullable<IsolatedHostsPage['problem']>['reason'];

export interface IsolatedHostsPorts {
  readonly clock: ProcessClock;
  /** The time of day, in ms since the epoch. */
  readonly timeOfDay: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Returns who isolated hosts through Kibana. Rejects if that cannot be read. */
  readonly recordedIsolations: (
    agents: readonly Agent[]
  ) => Promise<ReadonlyMap<string, RecordedIsolation>>;
}

/** The shared data: everything except the age, which is computed for each response. */
type SharedReading = Omit<IsolatedReading, 'asOf' | 'ageMs' | 'problem'> &
  Pick<AgentsReading, 'readAt'> & { readonly problem?: ReadProblem };

/**
 * The isolated hosts of one tenant for all viewers of one space. Read from SentinelOne at most once in ten seconds,
 * with pauses after failures, in which viewers receive the last known hosts and their age.
 */
export class IsolatedHosts {
  private readonly shared;
  private readonly activities: IsolationActivities;
  private last: AgentsReading | undefined;
  private lastShared: SharedReading | undefined;
  private problem: ReadProblem | undefined;
  private failures = 0;
  private forgottenAt = Number.NEGATIVE_INFINITY;
  private limit: { readonly value: number; readonly until: number } | undefined;
  /** Process clock, ms. */
  usedAt: number;

  constructor(private readonly ports: IsolatedHostsPorts) {
    this.shared = ttlCache<SharedReading>(ports.clock.now, ISOLATED_SHARED_FOR);
    this.activities = new IsolationActivities(ports.clock.now);
    this.usedAt = ports.clock.now();
  }

  /**
   * Throws what `viewer.authorize` throws, errors that concern only this viewer, and SentinelOne's failure if no hosts
   * are known from before.
   */
  async read(viewer: IsolatedViewer): Promise<IsolatedReading> {
    await viewer.authorize();
    this.usedAt = this.ports.clock.now();
    const before = this.lastShared;
    const answer = this.shared('', {
      authorize: async () => {},
      load: () => this.load(viewer),
      fresh: false,
    });
    if (before === undefined) return this.handedOut(await answer);
    // If it fails, there may no longer be a request that waits for it.
    answer.catch(() => {});
    const isRecent =
      before.problem === undefined &&
      before.readAt > this.forgottenAt &&
      this.usedAt - before.readAt < RECENT;
    const limit = isRecent ? RECENT_AFTER : SLOW_AFTER;
    const late = this.ports.sleep(limit).then(() => undefined);
    const first = await Promise.race([answer, late]);
    if (first !== undefined) return this.handedOut(first);
    return this.handedOut(before, isRecent ? undefined : timedOut(SLOW_AFTER));
  }

  /** Discards shared data, so that no status from before an action is shown as the current one. */
  forget(): void {
    this.forgottenAt = this.ports.clock.now();
    this.shared.forget();
  }

  private handedOut(
    { problem, readAt, ...reading }: SharedReading,
    slow?: TypedError
  ): IsolatedReading {
    const now = this.ports.clock.now();
    const ageMs = Math.max(0, Math.round(now - readAt));
    const error = problem?.error ?? slow;
    return {
      ...reading,
      ageMs,
      asOf: new Date(this.ports.timeOfDay() - ageMs).toISOString(),
      ...(error === undefined
        ? {}
        : {
            problem: {
              reason: error.reason as ProblemReason,
              message: error.message,
              ...(problem === undefined
                ? {}
                : { retryInMs: Math.max(0, Math.round(problem.retryAt - now)) }),
            },
          }),
    };
  }

  private async load(viewer: IsolatedViewer): Promise<SharedReading> {
    const { reading, problem } = await this.agents(viewer);
    const { readAt } = reading;
    const recorded = await this.ports.recordedIsolations(reading.agents);
    const now = this.ports.timeOfDay();
    const log =
      problem === undefined
        ? await this.activities.read(reading.agents, viewer.askActivities, (agent) =>
            recordAgeOf(recorded.get(agent.id), agent, now)
          )
        : this.activities.known();
    const hosts = reading.agents.map((agent) =>
      isolatedHost(agent, recorded.get(agent.id), log.byAgent.get(agent.id), now)
    );
    const isMissed = hosts.some(({ source }) => source === 'outside');
    const shared: SharedReading = {
      hosts,
      readAt,
      isComplete: reading.isComplete,
      ...(log.problem === undefined || !isMissed ? {} : { activityProblem: log.problem }),
      ...(problem === undefined ? {} : { problem }),
    };
    // After an action, two reads can be in progress.
    if (this.lastShared === undefined || readAt >= this.lastShared.readAt) this.lastShared = shared;
    return shared;
  }

  /** Reads from SentinelOne, or returns the last known hosts during a pause after a failure. */
  private async agents(
    viewer: IsolatedViewer
  ): Promise<{ readonly reading: AgentsReading; readonly problem?: ReadProblem }> {
    const now = this.ports.clock.now();
    if (this.problem === undefined || now >= this.problem.retryAt) {
      try {
        const reading = await this.readAgents(viewer.ask);
        if (this.last === undefined || reading.readAt >= this.last.readAt) this.last = reading;
        this.problem = undefined;
        this.failures = 0;
        return { reading };
      } catch (error) {
        if (!(error instanceof TypedError) || isUserError(error)) throw error;
        this.problem = { error, retryAt: this.ports.clock.now() + this.pauseAfter(error) };
        this.failures += 1;
      }
    }
    if (this.last === undefined) throw this.problem.error;
    return { reading: this.last, problem: this.problem };
  }

  private pauseAfter({ retryAfter = 0 }: TypedError): number {
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(this.failures, 10));
    return Math.max(pause, Math.min(retryAfter, LONGEST_RETRY_AFTER));
  }

  /** Reads all isolated agents, a thousand per call, or fewer if Kibana would reject the response as too large. */
  private async readAgents(ask: FetchIsolatedAgents): Promise<AgentsReading> {
    const readAt = this.ports.clock.now();
    const agents = new Map<string, Agent>();
    let cursor: string | null = null;
    let limit =
      this.limit === undefined || readAt >= this.limit.until
        ? LIMITS.agentsPerPage
        : this.limit.value;
    // This also ends the loop if a tenant always returns a further page.
    const calls = Math.ceil(LIMITS.isolatedHosts / limit);
    let asked = 0;
    do {
      const page: GetAgentsResult = await ask({
        networkStatuses: STATUSES,
        limit,
        ...(cursor === null ? {} : { cursor }),
      });
      asked += 1;
      if (page.limit !== undefined && page.limit < limit) {
        limit = page.limit;
        this.limit = { value: limit, until: readAt + LIMIT_KEPT };
      }
      for (const agent of page.agents) agents.set(agent.id, agent);
      cursor = page.cursor;
    } while (
      cursor !== null &&
      agents.size < LIMITS.isolatedHosts &&
      asked < Math.max(calls, Math.ceil(LIMITS.isolatedHosts / limit))
    );
    return { agents: [...agents.values()], readAt, isComplete: cursor === null };
  }
}

export interface IsolatedHostsCaches {
  readonly of: (spaceId: string, connector: Pick<NamedConnector, 'id' | 'tenant'>) => IsolatedHosts;
  /** Discards the shared data of all connectors. */
  readonly forget: () => void;
}

/** One instance for each space, connector and tenant. Those without a viewer for an hour are discarded. */
export function isolatedHostsCaches(
  portsOf: (spaceId: string, tenant: string) => IsolatedHostsPorts,
  now: () => number
): IsolatedHostsCaches {
  const caches = new Map<string, IsolatedHosts>();
  return {
    of(spaceId, { id, tenant = '' }) {
      for (const [key, { usedAt }] of caches) if (now() - usedAt >= KEPT_FOR) caches.delete(key);
      const key = JSON.stringify([spaceId, id, tenant]);
      const known = caches.get(key) ?? new IsolatedHosts(portsOf(spaceId, tenant));
      caches.set(key, known);
      return known;
    },
    forget() {
      for (const cache of caches.values()) cache.forget();
    },
  };
}
