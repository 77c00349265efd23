import type { Agent, NetworkStatus } from '../../common/hosts/agent';
import type { IsolationActivity } from '../../common/api/connector';
import type { IsolatedHostsPage } from '../../common/api/hosts';
import { permissionFor } from '../../common/actions/token_permissions';
import { LIMITS } from '../../common/lib/constants';
import { TypedError } from '../lib/typed_error';
import type { RecordAge } from './present_isolation';

/**
 * Reads SentinelOne's activity log for at most a thousand agents, with the viewer's privileges. Throws if that fails.
 */
export type FetchActivities = (ids: readonly string[]) => Promise<readonly IsolationActivity[]>;

/** If hosts were not read for this time (ms), one may have been released and isolated again. */
const SEEN_WITHIN = 2 * 60_000;
/** How long (ms) a result is stored in any case, and a missing result of a host without a record. */
const CACHED_FOR = 60 * 60_000;
const MISSING_FOR = 5 * 60_000;
/** How long (ms) the log is not read after a failure. */
const PAUSE = 60_000;

interface CachedActivity {
  /** Undefined if the log has no entry about the host, or if it does not have to be read. */
  readonly activity: IsolationActivity | undefined;
  readonly networkStatus: NetworkStatus | null;
  readonly askedAt: number;
}

export interface ActivityLog {
  readonly byAgent: ReadonlyMap<string, IsolationActivity>;
  readonly problem?: NonNullable<IsolatedHostsPage['activityProblem']>;
}

/** The path of the log in the API; the token may lack the permission for it. */
const PATH = '/activities';

function problemOf(error: unknown): ActivityLog['problem'] {
  const message = error instanceof Error ? error.message : String(error);
  const permission = permissionFor(PATH);
  const isForbidden = error instanceof TypedError && error.reason === 'forbidden';
  return {
    message,
    ...(isForbidden && permission !== undefined ? { missingPermission: permission } : {}),
  };
}

/**
 * The entries of SentinelOne's activity log about the isolated hosts of one tenant: who isolated them, and for those
 * that Kibana isolated, whether they were released and isolated again since. The log is read once for each host, until
 * its network status changes or it was not read for two minutes. It is not read for a host that was read continuously
 * since Kibana isolated it. `now` in ms on a monotonic clock.
 */
export class IsolationActivities {
  private remembered = new Map<string, CachedActivity>();
  private lookedAt = Number.NEGATIVE_INFINITY;
  private problem: ActivityLog['problem'];
  private retryAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number) {}

  /** Returns the log entries about these hosts; never throws. Discards all other hosts. */
  async read(
    agents: readonly Agent[],
    ask: FetchActivities,
    recordAge: (agent: Agent) => RecordAge
  ): Promise<ActivityLog> {
    const now = this.now();
    const isContinuous = now - this.lookedAt < SEEN_WITHIN;
    this.lookedAt = now;
    const kept = new Map<string, CachedActivity>();
    const missing: Agent[] = [];
    for (const agent of agents) {
      const { id, networkStatus } = agent;
      const known = this.remembered.get(id);
      const age = recordAge(agent);
      const isKnownAndContinuous = known !== undefined && isContinuous;
      if (age === 'begun' || (age === 'recent' && isKnownAndContinuous)) {
        kept.set(id, { activity: undefined, networkStatus, askedAt: now });
      } else if (isKnownAndContinuous && this.isCurrent(known, agent, age, now)) {
        kept.set(id, known);
      } else missing.push(agent);
    }
    this.remembered = kept;
    if (missing.length > 0 && now >= this.retryAt) await this.ask(missing, ask);
    return this.known();
  }

  /** The result if it is known without reading the log. */
  known(): ActivityLog {
    return {
      byAgent: new Map(
        [...this.remembered].flatMap(([id, { activity }]) =>
          activity === undefined ? [] : [[id, activity]]
        )
      ),
      ...(this.problem === undefined ? {} : { problem: this.problem }),
    };
  }

  private isCurrent(
    { activity, networkStatus, askedAt }: CachedActivity,
    agent: Agent,
    age: RecordAge,
    now: number
  ): boolean {
    // While the isolation is in progress, the host has not reported yet. Its report is in the log a moment after it
    // arrived.
    const keptFor = activity === undefined && age === 'none' ? MISSING_FOR : CACHED_FOR;
    return networkStatus === agent.networkStatus && now - askedAt < keptFor;
  }

  private async ask(agents: readonly Agent[], ask: FetchActivities): Promise<void> {
    const askedAt = this.now();
    try {
      for (let at = 0; at < agents.length; at += LIMITS.agentsPerActivities) {
        const some = agents.slice(at, at + LIMITS.agentsPerActivities);
        const found = new Map(
          (await ask(some.map(({ id }) => id))).map((activity) => [activity.agentId, activity])
        );
        for (const { id, networkStatus } of some) {
          this.remembered.set(id, { activity: found.get(id), networkStatus, askedAt });
        }
      }
      this.problem = undefined;
    } catch (error) {
      this.problem = problemOf(error);
      this.retryAt = this.now() + Math.max(PAUSE, retryAfterOf(error));
    }
  }
}

const retryAfterOf = (error: unknown): number =>
  error instanceof TypedError ? (error.retryAfter ?? 0) : 0;
