import * as t from 'io-ts';
import { caseAttachmentCodec } from './case_attachment';
import { actionCodec } from './action_name';
import { actorCodec } from './actor';
import { approvalCodec } from './approval';
import {
  automaticReleaseCodec,
  endedActionCodec,
  handledHostCodec,
  releaseTimeChangeCodec,
} from './automatic_release';
import { hostResultFields, OUTCOMES } from './outcome';
import { overrideCodec, type OverriddenHost } from './protection_override';
import { nullableString, oneOf } from '../lib/validation';

/** The record of an attempt, as it is stored. One document per action and group of hosts. */

/**
 * - `awaiting_approval`: another user has to approve it. Nothing is sent, and no host is locked.
 * - `sending`: written before the request is sent. If a record is still in this state later, the result is not known.
 * - `requested`: SentinelOne accepted it, and at least one agent has not reported.
 * - `ended`: every host has a final outcome.
 */
export const RECORD_STATES = ['awaiting_approval', 'sending', 'requested', 'ended'] as const;
export type RecordState = (typeof RECORD_STATES)[number];

/** Outcomes in the record: `pending` means that the result of the command is not known yet. */
export const RECORDED_OUTCOMES = [...OUTCOMES, 'pending'] as const;
export type RecordedOutcome = (typeof RECORDED_OUTCOMES)[number];

/** The later action that requested the opposite. */
export const supersedingActionCodec = t.type({
  actionId: t.string,
  action: actionCodec,
  username: t.string,
  /** ISO 8601, when it was requested. */
  requestedAt: t.string,
});
export type SupersedingAction = Readonly<t.TypeOf<typeof supersedingActionCodec>>;

/** A host in the record. */
export const recordedHostCodec = t.intersection([
  hostResultFields,
  t.type({ outcome: oneOf(RECORDED_OUTCOMES) }),
  t.partial({
    /** ISO 8601, when Kibana first read the requested state from SentinelOne. */
    confirmedAt: t.string,
    /** ISO 8601, when the host got its final outcome. */
    endedAt: t.string,
    /**
     * The time from which the agent is expected to report, if later than the request: `null` while the host is offline,
     * then ISO 8601, when Kibana read that it is online again.
     */
    waitingSince: t.union([t.string, t.null]),
    supersededBy: supersedingActionCodec,
    /**
     * For an unchanged host: the action that isolated it, whose pending automatic release this request replaces. The
     * host is then released at the time that this request states.
     */
    replacesReleaseOf: t.string,
  }),
]);
export type RecordedHost = Readonly<t.TypeOf<typeof recordedHostCodec>>;

/**
 * A request that was refused as a whole before anything was read from SentinelOne: the caller lacks the privilege, or
 * the set-up is incomplete. Its record is short, so that a caller without privileges cannot fill the store.
 */
export const refusedRequestCodec = t.type({
  /** How many hosts the request named. The record lists only the first of them, and neither alerts nor cases. */
  hostCount: t.number,
  alertCount: t.number,
  caseCount: t.number,
  /** Later requests of the same user within the same minute that were refused for the same reason and have no record. */
  furtherRequests: t.number,
});
export type RefusedRequest = Readonly<t.TypeOf<typeof refusedRequestCodec>>;

const sharedFields = {
  actionId: t.string,
  action: actionCodec,
  state: oneOf(RECORD_STATES),
  connectorId: t.string,
  /** The origin of the connector's tenant, such as `https://example.sentinelone.net`: see `tenantOf`. */
  tenant: t.string,
  actor: actorCodec,
  comment: t.string,
  alertIds: t.readonlyArray(t.string),
  caseIds: t.readonlyArray(t.string),
  /** ISO 8601. For an action that another user approved: the time of the approval, at which the action began. */
  requestedAt: t.string,
  /** ISO 8601, when the record last changed. */
  updatedAt: t.string,
  hosts: t.readonlyArray(recordedHostCodec),
};

const endFields = {
  /** ISO 8601, when the last host got its final outcome. */
  endedAt: t.string,
  /**
   * Milliseconds from the request to the last host that was confirmed, rounded up to three significant digits; only if
   * all have ended and at least one was confirmed.
   */
  tookMs: t.number,
};

const optionalFields = {
  ...endFields,
  /**
   * The alerts of `alertIds` for which it was not verified that the actor can read them. They may not exist.
   */
  unverifiedAlertIds: t.readonlyArray(t.string),
  /**
   * The result of attaching the action to each case. A case without an entry was named, and no attachment was
   * attempted.
   */
  caseAttachments: t.readonlyArray(caseAttachmentCodec),
  /** The hosts among these that were protected, and why they were isolated under an override. */
  override: overrideCodec,
  /** The approval by another user that some of these hosts need or needed, because they are protected. */
  approval: approvalCodec,
  refusedRequest: refusedRequestCodec,
  /**
   * ISO 8601: when the hosts are released automatically; null after that was cancelled, absent if it was never
   * scheduled.
   */
  releaseAt: nullableString,
  automaticRelease: automaticReleaseCodec,
  /** Who changed and cancelled the automatic release, oldest first. */
  releaseTimeChanges: t.readonlyArray(releaseTimeChangeCodec),
  /** The hosts for which the automatic release has nothing more to send. */
  handledHosts: t.readonlyArray(handledHostCodec),
  /** For an automatic release: the action that it ends. */
  endsAction: endedActionCodec,
};

const requiredRecordFields = {
  ...sharedFields,
  /** Which group of the action this document holds, from 0, and how many there are. */
  group: t.number,
  groups: t.number,
  /** The sort key of the history's pages: see `sortKeyOf`. */
  sortKey: t.number,
};
const optionalRecordFields = {
  ...optionalFields,
  /** The key by which the history sorts and filters durations, if there is `tookMs`: see `durationSortKeyOf`. */
  durationSortKey: t.number,
  /** For a rule's request: the key that finds it when the rule repeats it. */
  requestFingerprint: t.string,
};

export const actionRecordCodec = t.intersection([
  t.type(requiredRecordFields),
  t.partial(optionalRecordFields),
]);

/** The fields of a record under the names that the public API gives them. */
const { sortKey: order, ...publicRequiredFields } = requiredRecordFields;
const { durationSortKey: durationOrder, ...publicOptionalFields } = optionalRecordFields;
export const publicRecordCodec = t.intersection([
  t.type({ ...publicRequiredFields, order }),
  t.partial({ ...publicOptionalFields, durationOrder }),
]);
export type ActionRecord = Readonly<t.TypeOf<typeof actionRecordCodec>>;

/** Fields that the status reconciliation does not need. */
const REQUEST_FIELDS = [
  'comment',
  'alertIds',
  'unverifiedAlertIds',
  'caseIds',
  'caseAttachments',
  'override',
  'approval',
  'requestFingerprint',
  'releaseAt',
  'automaticRelease',
  'releaseTimeChanges',
  'handledHosts',
  'endsAction',
] as const;

/** A record without `REQUEST_FIELDS`. The status reconciliation reads and writes these attributes. */
export type RecordProgress = Omit<ActionRecord, (typeof REQUEST_FIELDS)[number]>;

/** All attributes of a record but these. */
const allFieldsBut = (...fields: ReadonlyArray<keyof ActionRecord>): readonly string[] =>
  Object.keys({ ...requiredRecordFields, ...optionalRecordFields }).filter(
    (field) => !(fields as readonly string[]).includes(field)
  );

/** The attributes of a `RecordProgress`. */
export const PROGRESS_FIELDS = allFieldsBut(...REQUEST_FIELDS);

/** The attributes whose size does not depend on how many hosts, alerts and cases the action names. */
export const SHORT_FIELDS = allFieldsBut(
  'hosts',
  'alertIds',
  'unverifiedAlertIds',
  'caseIds',
  'caseAttachments',
  'override',
  'releaseTimeChanges',
  'handledHosts',
  'approval'
);

/** A whole action: its groups combined. */
export const recordedActionCodec = t.intersection([
  t.type(sharedFields),
  t.partial(optionalFields),
]);
export type RecordedAction = Readonly<t.TypeOf<typeof recordedActionCodec>>;

/** True while a command may take effect: the result is not known, or the agent has not reported. */
export const isOpen = ({ outcome }: Pick<RecordedHost, 'outcome'>): boolean =>
  outcome === 'pending' || outcome === 'requested';

/** True when the outcome for the host is final, whether success or failure. */
export const hasEnded = (host: Pick<RecordedHost, 'outcome'>): boolean =>
  !isOpen(host) && host.outcome !== 'awaiting_approval';

/** The protection of this host that was overridden; undefined if none was. */
export const overriddenIn = (
  { override }: Pick<ActionRecord, 'override'>,
  { agentId }: Pick<RecordedHost, 'agentId'>
): OverriddenHost | undefined =>
  override?.hosts.find((overridden) => overridden.agentId === agentId);

/** Returns the state of a record with these hosts. */
export function stateOf(hosts: ReadonlyArray<Pick<RecordedHost, 'outcome'>>): RecordState {
  if (hosts.some(({ outcome }) => outcome === 'pending')) return 'sending';
  if (hosts.some(isOpen)) return 'requested';
  return hosts.every(hasEnded) ? 'ended' : 'awaiting_approval';
}

/** The number of records within one millisecond that have distinct sort keys. */
const PER_MILLISECOND = 4096;

/**
 * Sorts by milliseconds, and within a millisecond by action and group, so that two are almost never equal. A number,
 * because Elasticsearch sorts numbers many times faster than texts. Below 2^53, so that JavaScript represents it
 * exactly.
 */
function distinctSortKey(milliseconds: number, actionId: string, group: number): number {
  let mixed = group;
  for (const sign of actionId) mixed = (mixed * 31 + sign.charCodeAt(0)) % PER_MILLISECOND;
  return milliseconds * PER_MILLISECOND + mixed;
}

/** The sort key of a record by the time at which it was written (ISO 8601). */
export const sortKeyOf = (writtenAt: string, actionId: string, group: number): number =>
  distinctSortKey(Date.parse(writtenAt), actionId, group);

/** When a record with this sort key was written (ms since the epoch, by the clock of the node that wrote it). */
export const timeOfSortKey = (sortKey: number): number => Math.floor(sortKey / PER_MILLISECOND);

/** Longer than any measured duration, and small enough for an exact sort key. */
const LONGEST = 10 * 365 * 24 * 60 * 60 * 1_000;

/** The sort key of a record by its duration, in whole milliseconds. */
export const durationSortKeyOf = (milliseconds: number, actionId: string, group: number): number =>
  distinctSortKey(Math.min(milliseconds, LONGEST), actionId, group);

/** The lowest sort key of durations that exceed this number of whole milliseconds. */
export const leastSortKeyAfter = (milliseconds: number): number =>
  (milliseconds + 1) * PER_MILLISECOND;

/**
 * Whole milliseconds rounded up to three significant digits, so that there are few distinct values to count. Rounded
 * up, so that a duration that exceeds a round time, such as five minutes, still exceeds it.
 */
export function toThreeDigits(milliseconds: number): number {
  const step = 10 ** Math.max(0, String(milliseconds).length - 3);
  return Math.ceil(milliseconds / step) * step;
}

/**
 * Returns the record with these hosts, the resulting state, and the time of the end if all have ended. `now` is ISO
 * 8601.
 */
export function withHosts<Changed extends RecordProgress>(
  record: Changed,
  hosts: readonly RecordedHost[],
  now: string
): Changed {
  const state = stateOf(hosts);
  const changed: Changed = { ...record, hosts, state, updatedAt: now };
  if (state !== 'ended') return changed;
  const confirmed = hosts.flatMap(({ outcome, confirmedAt }) =>
    outcome === 'done' && confirmedAt !== undefined ? [Date.parse(confirmedAt)] : []
  );
  const took = Math.max(0, Math.max(...confirmed) - Date.parse(record.requestedAt));
  return {
    ...changed,
    endedAt: now,
    ...(confirmed.length === 0
      ? {}
      : {
          tookMs: toThreeDigits(took),
          durationSortKey: durationSortKeyOf(took, record.actionId, record.group),
        }),
  };
}

/** Combines the groups of an action, in their order; undefined if there are none. */
export function wholeAction(groups: readonly ActionRecord[]): RecordedAction | undefined {
  const [first] = groups;
  if (first === undefined) return undefined;
  const {
    group: _group,
    groups: _groups,
    sortKey: _order,
    durationSortKey: _durationOrder,
    requestFingerprint: _requestFingerprint,
    ...shared
  } = first;
  const hosts = groups.flatMap((one) => one.hosts);
  const state = stateOf(hosts);
  const latest = (times: ReadonlyArray<string | undefined>) =>
    times
      .flatMap((time) => (time === undefined ? [] : [time]))
      .sort()
      .at(-1);
  const {
    endedAt: _endedAt,
    tookMs: _tookMs,
    override: _override,
    approval: _approval,
    ...open
  } = shared;
  const endedAt = latest(groups.map((one) => one.endedAt));
  const overrides = groups.flatMap(({ override }) => (override === undefined ? [] : [override]));
  const took = groups.flatMap(({ tookMs }) => (tookMs === undefined ? [] : [tookMs]));
  return {
    ...open,
    hosts,
    state,
    updatedAt: latest(groups.map((one) => one.updatedAt)) ?? first.updatedAt,
    ...(state === 'ended' && endedAt !== undefined ? { endedAt } : {}),
    ...(state === 'ended' && took.length > 0 ? { tookMs: Math.max(...took) } : {}),
    ...(overrides[0] === undefined
      ? {}
      : { override: { ...overrides[0], hosts: overrides.flatMap((one) => one.hosts) } }),
    // All hosts that need approval are in one group.
    ...groups.flatMap(({ approval }) => (approval === undefined ? [] : [{ approval }])).at(0),
  };
}
