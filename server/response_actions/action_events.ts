import { MINUTE, PLUGIN_ID } from '../../common/lib/constants';
import type { Actor } from '../../common/actions/actor';
import { ACTIONS, type ActionName } from '../../common/actions/action_name';
import type { ReleaseTimeChange } from '../../common/actions/automatic_release';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { isSuccess } from '../../common/actions/outcome';
import {
  hasEnded,
  type ActionRecord,
  type RecordedHost,
  type RecordProgress,
} from '../../common/actions/record';
import type { OverriddenHost } from '../../common/actions/protection_override';
import type { Refusal } from '../../common/actions/reasons';
import { shortReason } from '../../common/actions/describe_reason';
import { listText } from '../../common/lib/text';
import { quoted, quotedList } from '../lib/log';
import { documentIdOf } from './stored_record';

/** The events of actions for Kibana's audit log and event log, made from their records. */

/** The provider in the event log, and its actions. */
export const EVENT_PROVIDER = PLUGIN_ID;
type EventKind = 'attempt' | 'end' | 'release-time' | 'approval';
type EventAction = `${ActionName}-${EventKind}`;
const eventAction = (action: ActionName, what: EventKind): EventAction => `${action}-${what}`;
export const EVENT_ACTIONS: readonly EventAction[] = ACTIONS.flatMap((action) => [
  eventAction(action, 'attempt'),
  eventAction(action, 'end'),
  ...(ACTION_DEFINITIONS[action].canEndAutomatically ? [eventAction(action, 'release-time')] : []),
  ...(ACTION_DEFINITIONS[action].isBlockedByProtection ? [eventAction(action, 'approval')] : []),
]);

export interface EventTimes {
  /** ISO 8601. */
  readonly start: string;
  readonly end?: string;
  /** Nanoseconds. */
  readonly duration?: number;
}

export interface ActionEvent {
  /**
   * Identifies the event (`event.id`): made from the record's document and what happened, so that an event that is made
   * again from the stored record has the same id.
   */
  readonly id: string;
  readonly action: EventAction;
  readonly record: RecordProgress;
  readonly text: string;
  readonly outcome: 'success' | 'failure' | 'unknown';
  /** The user of the event: who requested the action, or who changed it. */
  readonly actor: Actor;
  readonly times: EventTimes;
  /** ISO 8601: when it happened, as far as the record says. */
  readonly at: string;
  /** The host that the event is about; absent if it is about all of them. */
  readonly host?: RecordedHost;
  readonly refused?: Pick<RecordedHost, 'reason' | 'detail'>;
}

/** The host's name, or what else identifies it. */
export const nameOf = ({ name, uuid, agentId }: RecordedHost): string =>
  name ?? uuid ?? agentId ?? '';

/** The names of hosts; hosts with the same name are listed with their agent ids. */
function labelsOf(hosts: readonly RecordedHost[]): readonly string[] {
  const names = hosts.map(nameOf);
  const repeated = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  return hosts.map((host) =>
    repeated.has(nameOf(host)) && host.agentId !== null
      ? `${nameOf(host)} (agent id ${host.agentId})`
      : nameOf(host)
  );
}

/** `count` is the number of all hosts; fewer may be listed. */
const namesOf = (hosts: readonly RecordedHost[], count: number): string =>
  quotedList(labelsOf(hosts), count);

const actorText = ({ username, apiKey }: ActionRecord['actor']): string =>
  `${quoted(username)}${apiKey === undefined ? '' : ` by API key ${quoted(apiKey)}`}`;

/** `: reason (detail from SentinelOne or the guards)`; empty if there is no reason. */
function reasonIn({ reason, detail }: RecordedHost): string {
  const why = reason === undefined ? '' : `: ${shortReason(reason)}`;
  return `${why}${detail === undefined ? '' : ` (${quoted(detail)})`}`;
}

const outcomeOf = (host: RecordedHost): 'success' | 'failure' =>
  host.outcome !== 'pending' && isSuccess({ outcome: host.outcome }) ? 'success' : 'failure';

const endText = ({ action }: RecordProgress, host: RecordedHost): string =>
  `To ${ACTION_DEFINITIONS[action].words.verb} ${quoted(nameOf(host))} ended as ${host.outcome}${reasonIn(host)}`;

const NANOSECONDS = 1_000_000;

/**
 * When the action was requested, and when the host ended. Kibana writes its event log once a
 * second, so a node that stops loses the latest attempts; the event of the end contains both times.
 */
function timesOf({ requestedAt: start }: RecordProgress, host: RecordedHost | undefined) {
  if (host?.endedAt === undefined) return { start };
  const milliseconds = Math.max(0, Date.parse(host.endedAt) - Date.parse(start));
  return { start, end: host.endedAt, duration: milliseconds * NANOSECONDS };
}

/** Which protected hosts are isolated by an override, and why. */
function overrideText({ override, hosts }: ActionRecord): string {
  if (override === undefined) return '';
  const named = override.hosts.map((overridden: OverriddenHost) => {
    const host = hosts.find(({ agentId }) => agentId === overridden.agentId);
    const name = host === undefined ? overridden.agentId : nameOf(host);
    return `${quoted(name)} (${overridden.field} is ${quoted(overridden.pattern)})`;
  });
  return `. Overrode the protection of ${listText(named)}: ${quoted(override.comment)}`;
}

/** Until when another user has to approve it, or who approved it, and why. */
function approvalText({ approval }: ActionRecord): string {
  if (approval === undefined) return '';
  const { decision, expiresAt } = approval;
  if (decision?.kind !== 'approved') return `. Awaits approval by another user until ${expiresAt}`;
  const by = decision.by === undefined ? '' : ` by ${actorText(decision.by)}`;
  return `. Approved${by}: ${quoted(decision.comment ?? '')}`;
}

const requestText = ({ actor, action, hosts, comment, refusedRequest }: ActionRecord): string => {
  const names = namesOf(hosts, refusedRequest?.hostCount ?? hosts.length);
  return `${actorText(actor)} requested to ${action} ${names}: ${quoted(comment)}`;
};

const idOf = ({ actionId, group }: RecordProgress, ...what: readonly string[]): string =>
  [documentIdOf(actionId, group), ...what].join('/');

/** A request that is recorded, before its command is sent. A request for approval and its approval are one event each. */
export const attemptEvent = (record: ActionRecord): ActionEvent => ({
  id: idOf(record, 'attempt', record.requestedAt),
  action: eventAction(record.action, 'attempt'),
  record,
  text: `${requestText(record)}${overrideText(record)}${approvalText(record)}`,
  outcome: 'unknown',
  actor: record.actor,
  times: { start: record.requestedAt },
  at: record.requestedAt,
});

/** A host has ended. */
export const endEvent = (record: RecordProgress, host: RecordedHost): ActionEvent => ({
  id: idOf(record, 'end', host.agentId ?? host.uuid ?? host.name ?? ''),
  action: eventAction(record.action, 'end'),
  record,
  text: endText(record, host),
  outcome: outcomeOf(host),
  actor: record.actor,
  times: timesOf(record, host),
  at: host.endedAt ?? record.updatedAt,
  host,
});

/** A request that was refused as a whole. This is its only event. */
export function refusalEvent(record: ActionRecord): ActionEvent {
  const [refused] = record.hosts;
  const why = refused === undefined ? '' : `. Refused${reasonIn(refused)}`;
  return {
    ...attemptEvent(record),
    text: `${requestText(record)}${why}`,
    outcome: 'failure',
    refused,
  };
}

/** Further requests, counted in the record, that were refused for the same reason. */
export function furtherRefusalsEvent(record: ActionRecord): ActionEvent {
  const { actor, action, requestedAt, updatedAt, refusedRequest } = record;
  const [refused] = record.hosts;
  const count = refusedRequest?.furtherRequests ?? 0;
  const requests = count === 1 ? 'one more request' : `${count} more requests`;
  const why = refused === undefined ? '' : reasonIn(refused);
  return {
    ...attemptEvent(record),
    id: idOf(record, 'further'),
    text: `${actorText(actor)} made ${requests} to ${action} hosts between ${requestedAt} and ${updatedAt}, which were refused and have no record of their own${why}`,
    outcome: 'failure',
    at: updatedAt,
    refused,
  };
}

/** A user tried at `at` (ISO 8601) to decide this request, and may not. */
export const refusedDecisionEvent = (
  record: ActionRecord,
  decision: 'approve' | 'decline',
  reason: Refusal,
  { by, at }: { readonly by: Actor; readonly at: string }
): ActionEvent => ({
  id: idOf(record, decision, at, by.username),
  action: eventAction(record.action, 'approval'),
  record,
  text: `${actorText(by)} tried to ${decision} action ${record.actionId}, for which ${actorText(record.actor)} requested approval at ${record.approval?.requestedAt ?? record.requestedAt}. Refused: ${shortReason(reason)}`,
  outcome: 'failure',
  actor: by,
  times: { start: at },
  at,
  refused: { reason },
});

/** A user changed or cancelled the automatic release. */
export function releaseTimeEvent(
  record: ActionRecord,
  { at, from, to, comment }: ReleaseTimeChange,
  by: Actor
): ActionEvent {
  const { action, actionId } = record;
  const { verb } = ACTION_DEFINITIONS[ACTION_DEFINITIONS[action].opposite].words;
  const what =
    to === null
      ? `cancelled the automatic ${verb} at ${from}`
      : `changed the automatic ${verb} from ${from} to ${to}`;
  return {
    id: idOf(record, 'release-time', at),
    action: eventAction(action, 'release-time'),
    record,
    text: `${actorText(by)} ${what} of action ${actionId}: ${quoted(comment)}`,
    outcome: 'success',
    actor: by,
    times: { start: at },
    at,
  };
}

/** The fields of a record from which `recordedEvents` makes its events. */
export const EVENT_FIELDS = ['comment', 'override', 'approval', 'releaseTimeChanges'] as const;

/** The request for approval as it was before somebody approved it; undefined for all other records. */
function beforeApproval(record: ActionRecord): ActionRecord | undefined {
  const { approval } = record;
  if (approval?.decision?.kind !== 'approved') return undefined;
  const { decision: _decision, ...undecided } = approval;
  return { ...record, requestedAt: approval.requestedAt, approval: undecided };
}

/**
 * The events that a record shows to have happened by `until` (ms since the epoch), in their order. `refusedDecisionEvent`
 * is not among them, because it changes no record.
 */
export function recordedEvents(record: ActionRecord, until: number): readonly ActionEvent[] {
  const { refusedRequest, hosts, releaseTimeChanges = [] } = record;
  if (refusedRequest !== undefined) {
    // The count is complete when the minute is over. Its event follows then.
    const isCounted = Date.parse(record.requestedAt) + MINUTE <= until;
    const further = refusedRequest.furtherRequests > 0 && isCounted;
    return [refusalEvent(record), ...(further ? [furtherRefusalsEvent(record)] : [])];
  }
  const request = beforeApproval(record);
  return [
    ...(request === undefined ? [] : [attemptEvent(request)]),
    attemptEvent(record),
    ...hosts.filter(hasEnded).map((host) => endEvent(record, host)),
    ...releaseTimeChanges.map((change) =>
      releaseTimeEvent(record, change, {
        username: change.username,
        authentication: '',
        ...(change.apiKey === undefined ? {} : { apiKey: change.apiKey }),
      })
    ),
  ];
}
