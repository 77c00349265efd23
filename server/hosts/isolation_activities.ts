import type { Agent, NetworkStatus } from '../../common/hosts/agent';
import type { IsolationActivity } from '../../common/api/connector';
import type { IsolatedHostsPage } from '../../common/api/hosts';
import { permissionFor } from '../../common/actions/token_permissions';
import { LIMITS } from '../../common/lib/constants';
import { TypedError } from '../lib/typed_error';
import type { RecordAge } from './present_isolation';

/** Asks SentinelOne's activity log as the viewer who waits, about at most a thousand agents. Throws when it cannot. */
export type AskActivities = (ids: readonly string[]) => Promise<readonly IsolationActivity[]>;

/** If hosts were not looked at for so long (ms), one may have been released and isolated again. */
const SEEN_WITHIN = 2 * 60_000;
/** For how long (ms) an answer is remembered in any case, and a missing one of a host without a record. */
const REMEMBERED_FOR = 60 * 60_000;
const MISSING_FOR = 5 * 60_000;
/** For how long (ms) the log is left alone after a failure. */
const PAUSE = 60_000;

interface Remembered {
  /** Undefined if the log says nothing about the host, or if it need not be asked. */
  readonly activity: IsolationActivity | undefined;
  readonly networkStatus: NetworkStatus | null;
  readonly askedAt: number;
}

export interface ActivityLog {
  readonly byAgent: ReadonlyMap<string, IsolationActivity>;
  readonly problem?: NonNullable<IsolatedHostsPage['activityProblem']>;
}

/** The path of the log, whose permission the token may lack. */
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
 * What SentinelOne's activity log says of the isolated hosts of one tenant: who isolated them, and of those that Kibana
 * isolated whether somebody released and isolated them again since. Each host is asked about once, until its network
 * status changes or nobody has looked at it for two minutes. A host is not asked about at all if it was looked at all the
 * time since Kibana isolated it. `now` in ms on a monotonic clock.
 */
export class IsolationActivities {
  private remembered = new Map<string, Remembered>();
  private lookedAt = Number.NEGATIVE_INFINITY;
  private problem: ActivityLog['problem'];
  private retryAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number) {}

  /** The log about these hosts; never throws. Forgets all other hosts. */
  async read(
    agents: readonly Agent[],
    ask: AskActivities,
    recordAge: (agent: Agent) => RecordAge
  ): Promise<ActivityLog> {
    const now = this.now();
    const isContinuous = now - this.lookedAt < SEEN_WITHIN;
    this.lookedAt = now;
    const kept = new Map<string, Remembered>();
    const missing: Agent[] = [];
    for (const agent of agents) {
      const { id, networkStatus } = agent;
      const known = this.remembered.get(id);
      const age = recordAge(agent);
      const wasSeen = known !== undefined && isContinuous;
      if (age === 'begun' || (age === 'recent' && wasSeen)) {
        kept.set(id, { activity: undefined, networkStatus, askedAt: now });
      } else if (wasSeen && this.isCurrent(known, agent, age, now)) {
        kept.set(id, known);
      } else missing.push(agent);
    }
    this.remembered = kept;
    if (missing.length > 0 && now >= this.retryAt) await this.ask(missing, ask);
    return this.known();
  }

  /** What is known without asking. */
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
    { activity, networkStatus, askedAt }: Remembered,
    agent: Agent,
    age: RecordAge,
    now: number
  ): boolean {
    // On its way, the host has not reported yet, and its report is in the log a moment after it arrived.
    const keptFor = activity === undefined && age === 'none' ? MISSING_FOR : REMEMBERED_FOR;
    return networkStatus === agent.networkStatus && now - askedAt < keptFor;
  }

  private async ask(agents: readonly Agent[], ask: AskActivities): Promise<void> {
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
