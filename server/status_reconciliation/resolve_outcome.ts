import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { REASON_CATALOG } from '../../common/actions/reasons';
import type { Agent } from '../../common/hosts/agent';
import type { ActionName } from '../../common/actions/action_name';
import type { RecordedHost, Superseder } from '../../common/actions/record';
import type { NetworkActivity } from '../sentinelone_client/read_activities';
import { reachedBy } from '../response_actions/guards';
import { withEnd } from '../response_actions/host_result';
import type { ReadProblem } from './ports';

/**
 * What SentinelOne's word means for an open host of a record. A good end needs nothing but that
 * SentinelOne reports what was asked for. A bad one needs evidence, or time: what is read just after a
 * command may be from before it.
 */

/** How long (ms) after the asking a host that shows no sign of the command is still waited for. */
export const PATIENCE = 30_000;
/**
 * How long (ms) after it was superseded a host is still waited for when SentinelOne, which alone can tell
 * whether it took effect before, cannot be reached right now.
 */
const WORTH_WAITING = 10 * 60_000;

const isTemporary = ({ reason }: ReadProblem): boolean =>
  REASON_CATALOG[reason].retryHelps === 'soon';

export type AgentReading =
  | { readonly kind: 'agent'; readonly agent: Agent }
  /** SentinelOne answered, and no agent has this id. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unread'; readonly problem: ReadProblem };

/** What our own records and claims say about later actions on the same host. */
export type LaterActions =
  | { readonly kind: 'none' }
  /** The opposite is being asked for right now, or it is not known yet what became of it. */
  | { readonly kind: 'contested' }
  | { readonly kind: 'superseded'; readonly by: Superseder };

/** This host's part of the activity log since the asking, oldest first, or why it could not be read. */
export type Activities =
  | { readonly ok: true; readonly value: readonly NetworkActivity[] }
  | { readonly ok: false; readonly problem: ReadProblem };

export interface Case {
  readonly action: ActionName;
  readonly host: RecordedHost;
  readonly agentId: string;
  /** ISO 8601, when the action was requested. */
  readonly requestedAt: string;
  readonly reading: AgentReading;
  readonly later: LaterActions;
  /** Milliseconds since the asking, as far as this Kibana node can tell: see `ObservedStarts`. */
  readonly age: number;
  /** ISO 8601. */
  readonly now: string;
}

export type Resolution =
  | { readonly kind: 'host'; readonly host: RecordedHost }
  /** Only the activity log can tell. */
  | {
      readonly kind: 'ask_activities';
      readonly agentId: string;
      readonly resolveWith: (activities: Activities) => RecordedHost;
    };

type Why = Pick<RecordedHost, 'reason' | 'detail' | 'supersededBy'>;

/** The same host without what was said of it before. */
function bare({
  reason: _reason,
  detail: _detail,
  ...host
}: RecordedHost): Omit<RecordedHost, 'reason' | 'detail'> {
  return host;
}

const stays = ({ host }: Case, why: Why, outcome = host.outcome): RecordedHost => ({
  ...bare(host),
  outcome,
  ...why,
});

const ends = ({ host, now }: Case, outcome: 'done' | 'failed', why: Why = {}): RecordedHost =>
  withEnd({ ...bare(host), outcome, ...why }, now);

const is = (host: RecordedHost): Resolution => ({ kind: 'host', host });

const shownAs = ({ networkStatus }: Agent): string =>
  `SentinelOne shows it as ${networkStatus ?? 'nothing'}`;
const stillShownAs = ({ networkStatus }: Agent): string =>
  `SentinelOne still shows it as ${networkStatus ?? 'nothing'}`;

const offlineSince = ({ lastActiveDate }: Agent): Why => ({
  reason: 'offline',
  ...(lastActiveDate === null ? {} : { detail: `offline since ${lastActiveDate}` }),
});

/** Whether the agent is one that takes no commands any more; then it is not asked about again. */
const goneAs = (agent: Agent): 'decommissioned' | 'uninstalled' | undefined =>
  agent.isDecommissioned ? 'decommissioned' : agent.isUninstalled ? 'uninstalled' : undefined;

const saidAt = ({ at, description }: NetworkActivity): string =>
  `SentinelOne at ${at}: ${description ?? 'no words'}`;

/** What the log says of a command that left no trace in the agent's status; undefined for nothing. */
function toldBy(action: ActionName, log: readonly NetworkActivity[]): Why | undefined {
  const lastOf = (kind: NetworkActivity['kind']) =>
    [...log].reverse().find((activity) => activity.kind === kind);
  const { activities } = ACTION_DEFINITIONS[action];
  const reached = lastOf(activities.reached);
  const unable = activities.failed && lastOf(activities.failed.kind);
  if (unable !== undefined && (reached === undefined || unable.at >= reached.at)) {
    return { reason: activities.failed?.reason, detail: saidAt(unable) };
  }
  // It was there, and is not any more.
  if (reached === undefined) return undefined;
  const back = lastOf(activities.reverted);
  return {
    reason: 'undone',
    detail: saidAt(back !== undefined && back.at >= reached.at ? back : reached),
  };
}

/** A host that shows no sign of the command. */
function resolveWithoutSign(one: Case, agent: Agent, activities: Activities): RecordedHost {
  const { action, host, age } = one;
  const told = activities.ok ? toldBy(action, activities.value) : undefined;
  if (told !== undefined) return ends(one, 'failed', told);
  if (age < PATIENCE) return stays(one, { reason: 'waiting' });
  const unread = activities.ok
    ? ''
    : `. Its activity log, which might tell why, could not be read: ${
        activities.problem.detail ?? activities.problem.reason
      }`;
  const detail = `${shownAs(agent)}${unread}`;
  if (host.outcome === 'pending') return ends(one, 'failed', { reason: 'interrupted', detail });
  const { kind } = ACTION_DEFINITIONS[action].read(agent, one.requestedAt);
  const reason = kind === 'reverting' ? 'undone' : 'not_affected';
  return ends(one, 'failed', { reason, detail });
}

/** The host as done when the activity log says that it was as wanted before the opposite was asked for. */
function doneBefore(one: Case, by: Superseder, activities: Activities): RecordedHost | undefined {
  if (!activities.ok) return undefined;
  const wanted = ACTION_DEFINITIONS[one.action].activities.reached;
  const reached = activities.value.find(({ kind, at }) => kind === wanted && at <= by.requestedAt);
  return reached === undefined ? undefined : { ...ends(one, 'done'), confirmedAt: reached.at };
}

/**
 * A host for which the opposite was asked for later, and which SentinelOne does not report as wanted. It was
 * there all the same when the activity log says so of the time before.
 */
function resolveSuperseded(one: Case, by: Superseder, activities: Activities): RecordedHost {
  const done = doneBefore(one, by, activities);
  if (done !== undefined) return done;
  if (
    !activities.ok &&
    isTemporary(activities.problem) &&
    Math.abs(Date.parse(one.now) - Date.parse(by.requestedAt)) < WORTH_WAITING
  ) {
    return stays(one, activities.problem);
  }
  return ends(one, 'failed', { reason: 'superseded', supersededBy: by });
}

/**
 * Judges an open host by what SentinelOne says of its agent, and only then by our own records: while SentinelOne
 * reports what was asked for, or that it is under way, no record of a later action says otherwise. Never sends
 * anything anywhere.
 */
export function resolveOutcome(one: Case): Resolution {
  const { action, agentId, requestedAt, reading, later, age } = one;
  if (reading.kind === 'unread') return is(stays(one, reading.problem));
  const reached =
    reading.kind === 'agent' ? reachedBy(action, reading.agent, requestedAt) : undefined;
  if (reached === 'done') {
    if (later.kind !== 'superseded') return is(ends(one, 'done'));
    // Somebody may have turned it there again after the opposite: the log knows when it was there first.
    const resolveWith = (activities: Activities) =>
      doneBefore(one, later.by, activities) ?? ends(one, 'done');
    return { kind: 'ask_activities', agentId, resolveWith };
  }
  if (later.kind === 'superseded' && reached === undefined) {
    const resolveWith = (activities: Activities) => resolveSuperseded(one, later.by, activities);
    return { kind: 'ask_activities', agentId, resolveWith };
  }
  if (reading.kind === 'absent') {
    return is(
      age < PATIENCE
        ? stays(one, { reason: 'waiting', detail: 'SentinelOne does not list it right now' })
        : ends(one, 'failed', { reason: 'not_found' })
    );
  }
  const { agent } = reading;
  const gone = goneAs(agent);
  if (gone !== undefined) {
    return is(ends(one, 'failed', { reason: gone, detail: stillShownAs(agent) }));
  }
  const read = ACTION_DEFINITIONS[action].read(agent, requestedAt);
  if (read.kind === 'failed') return is(ends(one, 'failed', { reason: read.reason }));
  if (reached === 'requested') {
    const why: Why = agent.isActive === false ? offlineSince(agent) : { reason: 'waiting' };
    return is(stays(one, why, 'requested'));
  }
  if (read.kind === 'not_reported') {
    const detail = 'SentinelOne does not say how it is connected';
    return is(stays(one, { reason: 'waiting', detail }));
  }
  if (later.kind === 'contested') {
    return is(stays(one, { reason: 'waiting', detail: 'A later action asks for the opposite' }));
  }
  return {
    kind: 'ask_activities',
    agentId,
    resolveWith: (activities) => resolveWithoutSign(one, agent, activities),
  };
}
