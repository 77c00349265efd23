import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { REASON_CATALOG } from '../../common/actions/reasons';
import type { Agent } from '../../common/hosts/agent';
import { PROPERTY_DEFINITIONS, type PropertyDefinition } from '../../common/hosts/host_property';
import type { ActionName } from '../../common/actions/action_name';
import type { RecordedHost, SupersedingAction } from '../../common/actions/record';
import type { NetworkActivity } from '../sentinelone_client/read_isolation_activities';
import { confirmedOutcome } from '../response_actions/guards';
import { withEnd } from '../response_actions/host_result';
import type { ReadProblem } from './ports';

/**
 * Resolves the outcome of an open host of a record from what SentinelOne reports. A host is done as
 * soon as SentinelOne reports the requested state. A failure needs evidence or time, because a
 * status that is read just after a command may be from before it.
 */

/**
 * How long (ms) after it was superseded a host stays open while SentinelOne's activity log, which
 * shows whether the command took effect before, cannot be reached.
 */
const RETRY_WITHIN = 10 * 60_000;

const isTemporary = ({ reason }: ReadProblem): boolean =>
  REASON_CATALOG[reason].retryHelps === 'soon';

export type AgentReading =
  | { readonly kind: 'agent'; readonly agent: Agent }
  /** SentinelOne answered, and no agent has this id. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unread'; readonly problem: ReadProblem };

/** What records and host locks contain about later actions on the same host. */
export type LaterActions =
  | { readonly kind: 'none' }
  /** The opposite action is running, or its result is not known yet. */
  | { readonly kind: 'contested' }
  | { readonly kind: 'superseded'; readonly by: SupersedingAction };

/** The activities of this host since the request, oldest first, or why they could not be read. */
export type Activities =
  | { readonly ok: true; readonly value: readonly NetworkActivity[] }
  | { readonly ok: false; readonly problem: ReadProblem };

export interface OpenHost {
  readonly action: ActionName;
  readonly host: RecordedHost;
  readonly agentId: string;
  /** ISO 8601, when the action was requested. */
  readonly requestedAt: string;
  readonly reading: AgentReading;
  readonly later: LaterActions;
  /** Milliseconds since the request, as far as this Kibana node knows: see `FirstSeen`. */
  readonly age: number;
  /** ISO 8601. */
  readonly now: string;
}

export type Resolution =
  | { readonly kind: 'host'; readonly host: RecordedHost }
  /** The activity log is needed to resolve the outcome. */
  | {
      readonly kind: 'ask_activities';
      readonly agentId: string;
      readonly resolveWith: (activities: Activities) => RecordedHost;
    };

type Why = Pick<RecordedHost, 'reason' | 'detail' | 'supersededBy'>;

/** The host without its earlier reason and detail. */
function bare({
  reason: _reason,
  detail: _detail,
  ...host
}: RecordedHost): Omit<RecordedHost, 'reason' | 'detail'> {
  return host;
}

const unchangedState = ({ host }: OpenHost, why: Why, outcome = host.outcome): RecordedHost => ({
  ...bare(host),
  outcome,
  ...why,
});

const ends = ({ host, now }: OpenHost, outcome: 'done' | 'failed', why: Why = {}): RecordedHost =>
  withEnd({ ...bare(host), outcome, ...why }, now);

const is = (host: RecordedHost): Resolution => ({ kind: 'host', host });

const propertyOf = ({ action }: Pick<OpenHost, 'action'>): PropertyDefinition =>
  PROPERTY_DEFINITIONS[ACTION_DEFINITIONS[action].property];

const reportedText = (one: OpenHost, agent: Agent): string =>
  `SentinelOne shows ${propertyOf(one).reported(agent)}`;
const stillReportedText = (one: OpenHost, agent: Agent): string =>
  `SentinelOne still shows ${propertyOf(one).reported(agent)}`;

/** Resolves the outcome by the activity log, if the log contains the action. */
const byActivities = (
  one: OpenHost,
  resolveWith: (activities: Activities) => RecordedHost
): Resolution =>
  ACTION_DEFINITIONS[one.action].activities === undefined
    ? is(resolveWith({ ok: true, value: [] }))
    : { kind: 'ask_activities', agentId: one.agentId, resolveWith };

/** Whether the agent was offline when it was last read, so that it can receive the command only now. */
const canReceiveOnlyNow = (one: OpenHost): boolean => {
  const { waitingSince, reason } = one.host;
  return (
    !propertyOf(one).showsAcceptance &&
    (waitingSince === null || (waitingSince === undefined && reason === 'offline'))
  );
};

/** Whether the agent has not had enough time yet to report an effect of the command. */
function isTooEarly(one: OpenHost): boolean {
  const { host, age, now } = one;
  const { effectExpectedWithin } = propertyOf(one);
  if (age < effectExpectedWithin) return true;
  // Another Kibana node may have written the time, by its own clock.
  return host.waitingSince != null
    ? Math.abs(Date.parse(now) - Date.parse(host.waitingSince)) < effectExpectedWithin
    : false;
}

const offlineSince = ({ lastActiveDate }: Agent): Why => ({
  reason: 'offline',
  ...(lastActiveDate === null ? {} : { detail: `offline since ${lastActiveDate}` }),
});

/** Why the agent accepts no more commands; undefined if it does. */
const removalOf = (agent: Agent): 'decommissioned' | 'uninstalled' | undefined =>
  agent.isDecommissioned ? 'decommissioned' : agent.isUninstalled ? 'uninstalled' : undefined;

const activityText = ({ at, description }: NetworkActivity): string =>
  `SentinelOne at ${at}: ${description ?? 'no description'}`;

/**
 * Why a command had no effect on the agent's status according to the activity log; undefined if the
 * log has no reason.
 */
function reasonInActivities(action: ActionName, log: readonly NetworkActivity[]): Why | undefined {
  const lastOf = (kind: NetworkActivity['kind']) =>
    [...log].reverse().find((activity) => activity.kind === kind);
  const { activities } = ACTION_DEFINITIONS[action];
  if (activities === undefined) return undefined;
  const reached = lastOf(activities.reached);
  const unable = activities.failed && lastOf(activities.failed.kind);
  if (
    activities.failed !== undefined &&
    unable !== undefined &&
    (reached === undefined || unable.at >= reached.at)
  ) {
    return { reason: activities.failed.reason, detail: activityText(unable) };
  }
  // The host reached the state and left it again.
  if (reached === undefined) return undefined;
  const back = lastOf(activities.reverted);
  return {
    reason: 'undone',
    detail: activityText(back !== undefined && back.at >= reached.at ? back : reached),
  };
}

/**
 * Why it is not known whether SentinelOne accepted the command, if the agent does not show it. It remains the reason
 * until the result is known.
 */
const unconfirmedIn = (one: OpenHost): Why | undefined => {
  const { outcome, reason, detail } = one.host;
  return outcome === 'pending' && reason !== undefined && !propertyOf(one).showsAcceptance
    ? { reason, ...(detail === undefined ? {} : { detail }) }
    : undefined;
};

/** A host that is offline and whose status does not show the command. */
const staysOffline = (one: OpenHost, agent: Agent): RecordedHost => ({
  ...unchangedState(one, unconfirmedIn(one) ?? offlineSince(agent)),
  waitingSince: null,
});

/** A host on which the command has no visible effect. */
function resolveUnchanged(one: OpenHost, agent: Agent, activities: Activities): RecordedHost {
  const { action, host, now } = one;
  const told = activities.ok ? reasonInActivities(action, activities.value) : undefined;
  if (told !== undefined) return ends(one, 'failed', told);
  const unconfirmed = unconfirmedIn(one);
  if (canReceiveOnlyNow(one)) {
    return { ...unchangedState(one, unconfirmed ?? { reason: 'waiting' }), waitingSince: now };
  }
  if (isTooEarly(one)) return unchangedState(one, unconfirmed ?? { reason: 'waiting' });
  const unread = activities.ok
    ? ''
    : `. The activity log could not be read: ${
        activities.problem.detail ?? activities.problem.reason
      }`;
  const detail = `${reportedText(one, agent)}${unread}`;
  if (unconfirmed !== undefined) {
    const before = unconfirmed.detail === undefined ? '' : `${unconfirmed.detail}. `;
    return ends(one, 'failed', { reason: unconfirmed.reason, detail: `${before}${detail}` });
  }
  if (host.outcome === 'pending') return ends(one, 'failed', { reason: 'interrupted', detail });
  const { kind } = ACTION_DEFINITIONS[action].read(agent, one.requestedAt);
  const reason = kind === 'reverting' ? 'undone' : 'not_affected';
  return ends(one, 'failed', { reason, detail });
}

/**
 * The host as done if it reached the requested state before the opposite action was requested,
 * according to the activity log.
 */
function doneBefore(
  one: OpenHost,
  by: SupersedingAction,
  activities: Activities
): RecordedHost | undefined {
  if (!activities.ok) return undefined;
  const wanted = ACTION_DEFINITIONS[one.action].activities?.reached;
  const reached = activities.value.find(({ kind, at }) => kind === wanted && at <= by.requestedAt);
  return reached === undefined ? undefined : { ...ends(one, 'done'), confirmedAt: reached.at };
}

/**
 * A host that does not have the requested state and whose opposite action was requested later. It
 * is done if it reached the state before that, according to the activity log.
 */
function resolveSuperseded(
  one: OpenHost,
  by: SupersedingAction,
  activities: Activities
): RecordedHost {
  const done = doneBefore(one, by, activities);
  if (done !== undefined) return done;
  if (
    !activities.ok &&
    isTemporary(activities.problem) &&
    Math.abs(Date.parse(one.now) - Date.parse(by.requestedAt)) < RETRY_WITHIN
  ) {
    return unchangedState(one, activities.problem);
  }
  return ends(one, 'failed', { reason: 'superseded', supersededBy: by });
}

/**
 * Resolves the outcome of an open host. What SentinelOne reports takes precedence over records:
 * while SentinelOne reports the requested state, or that it is in progress, records of later
 * actions do not change the outcome. Makes no requests.
 */
export function resolveOutcome(one: OpenHost): Resolution {
  const { action, requestedAt, reading, later } = one;
  if (reading.kind === 'unread') return is(unchangedState(one, reading.problem));
  const reached =
    reading.kind === 'agent' ? confirmedOutcome(action, reading.agent, requestedAt) : undefined;
  if (reached === 'done') {
    if (later.kind !== 'superseded') return is(ends(one, 'done'));
    // The host may have reached the state again after the opposite action. The activity log shows
    // when it reached it first.
    const resolveWith = (activities: Activities) =>
      doneBefore(one, later.by, activities) ?? ends(one, 'done');
    return byActivities(one, resolveWith);
  }
  if (later.kind === 'superseded' && reached === undefined) {
    const resolveWith = (activities: Activities) => resolveSuperseded(one, later.by, activities);
    return byActivities(one, resolveWith);
  }
  if (reading.kind === 'absent') {
    return is(
      isTooEarly(one)
        ? unchangedState(one, { reason: 'waiting', detail: 'SentinelOne does not list the agent' })
        : ends(one, 'failed', { reason: 'not_found' })
    );
  }
  const { agent } = reading;
  const gone = removalOf(agent);
  if (gone !== undefined) {
    return is(ends(one, 'failed', { reason: gone, detail: stillReportedText(one, agent) }));
  }
  const read = ACTION_DEFINITIONS[action].read(agent, requestedAt);
  if (read.kind === 'failed') return is(ends(one, 'failed', { reason: read.reason }));
  if (reached === 'requested') {
    const why: Why = agent.isActive === false ? offlineSince(agent) : { reason: 'waiting' };
    return is(unchangedState(one, why, 'requested'));
  }
  if (read.kind === 'undetermined') return is(staysOffline(one, agent));
  if (read.kind === 'not_reported') {
    const detail = `SentinelOne does not report ${propertyOf(one).name}`;
    return is(unchangedState(one, { reason: 'waiting', detail }));
  }
  if (later.kind === 'contested') {
    return is(
      unchangedState(one, { reason: 'waiting', detail: 'A later action requests the opposite' })
    );
  }
  return byActivities(one, (activities) => resolveUnchanged(one, agent, activities));
}
