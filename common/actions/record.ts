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
 * - `sending`: written before the request leaves. Found later, it means that the result is not known.
 * - `requested`: SentinelOne accepted it, and at least one agent has not reported.
 * - `ended`: every host has a final outcome.
 */
export const RECORD_STATES = ['awaiting_approval', 'sending', 'requested', 'ended'] as const;
export type RecordState = (typeof RECORD_STATES)[number];

/** Outcomes in the record: `pending` means that the result of the command is not known yet. */
export const RECORDED_OUTCOMES = [...OUTCOMES, 'pending'] as const;
export type RecordedOutcome = (typeof RECORDED_OUTCOMES)[number];

/** The later action that requested the opposite. */
export const supersederCodec = t.type({
  actionId: t.string,
  action: actionCodec,
  username: t.string,
  /** ISO 8601, when it was requested. */
  requestedAt: t.string,
});
export type Superseder = Readonly<t.TypeOf<typeof supersederCodec>>;

/** A host in the record. */
export const recordedHostCodec = t.intersection([
  hostResultFields,
  t.type({ outcome: oneOf(RECORDED_OUTCOMES) }),
  t.partial({
    /** ISO 8601, when SentinelOne was first seen to report the requested state. */
    confirmedAt: t.string,
    /** ISO 8601, when the host got its final outcome. */
    endedAt: t.string,
    /**
     * Since when the agent is expected to report, where that is later than the request: `null` while the host is
     * offline, then ISO 8601, when it was seen online again.
     */
    waitingSince: t.union([t.string, t.null]),
    supersededBy: supersederCodec,
    /**
     * Of an unchanged host: the action that isolated it, and whose pending automatic release this request replaces. The
     * host is then released at the time of this request.
     */
    replacesReleaseOf: t.string,
  }),
]);
export type RecordedHost = Readonly<t.TypeOf<typeof recordedHostCodec>>;

/**
 * A request that was refused as a whole before anything was read from SentinelOne, because the caller may not act or
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
  /** The tenant's origin, such as `https://example.sentinelone.net`, that the connector led to: see `tenantOf`. */
  tenant: t.string,
  actor: actorCodec,
  comment: t.string,
  alertIds: t.readonlyArray(t.string),
  caseIds: t.readonlyArray(t.string),
  /** ISO 8601. Of an action that another user approved: when they did, which is when it began. */
  requestedAt: t.string,
  /** ISO 8601, when anything about it last changed. */
  updatedAt: t.string,
  hosts: t.readonlyArray(recordedHostCodec),
};

const endFields = {
  /** ISO 8601, when the last host got its final outcome. */
  endedAt: t.string,
  /**
   * Milliseconds from the request to the last host that was confirmed, rounded up to three significant digits;
   * only where all have ended and one was confirmed.
   */
  tookMs: t.number,
};

const optionalFields = {
  ...endFields,
  /**
   * The alerts of `alertIds` for which it was not verified that the actor can read them. They may not exist.
   */
  unverifiedAlertIds: t.readonlyArray(t.string),
  /** The result of attaching the action to each case; a case without an entry was only named. */
  caseAttachments: t.readonlyArray(caseAttachmentCodec),
  /** The hosts among these that were protected, and why they were isolated under an override. */
  override: overrideCodec,
  /** The approval by another user that some of these hosts need or needed, because they are protected. */
  approval: approvalCodec,
  refusedRequest: refusedRequestCodec,
  /** ISO 8601: when the hosts are released automatically; null once that is cancelled, absent where it never was. */
  releaseAt: nullableString,
  automaticRelease: automaticReleaseCodec,
  /** Who changed and cancelled the automatic release, oldest first. */
  releaseTimeChanges: t.readonlyArray(releaseTimeChangeCodec),
  /** The hosts for which the automatic release has nothing more to send. */
  handledHosts: t.readonlyArray(handledHostCodec),
  /** Of an automatic release: the action that it ends. */
  endsAction: endedActionCodec,
};

const requiredRecordFields = {
  ...sharedFields,
  /** Which group of the action this document holds, from 0, and how many there are. */
  group: t.number,
  groups: t.number,
  /** What pages of the history go by: see `sortKeyOf`. */
  sortKey: t.number,
};
const optionalRecordFields = {
  ...optionalFields,
  /** What the history sorts and filters by where there is `tookMs`: see `durationSortKeyOf`. */
  durationSortKey: t.number,
  /** Of a rule's request: what it is found by when the rule repeats it. */
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

/** A record without `REQUEST_FIELDS`: what the status reconciliation reads and writes. */
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

/** A whole action, its groups put together. */
export const recordedActionCodec = t.intersection([
  t.type(sharedFields),
  t.partial(optionalFields),
]);
export type RecordedAction = Readonly<t.TypeOf<typeof recordedActionCodec>>;

/** True while a command may take effect: the result is not known, or the agent has not reported. */
export const isOpen = ({ outcome }: Pick<RecordedHost, 'outcome'>): boolean =>
  outcome === 'pending' || outcome === 'requested';

/** True once nothing changes any more about the host: it has its end, good or bad. */
export const hasEnded = (host: Pick<RecordedHost, 'outcome'>): boolean =>
  !isOpen(host) && host.outcome !== 'awaiting_approval';

/** What protected this host of the record and was overridden; undefined where nothing was. */
export const overriddenIn = (
  { override }: Pick<ActionRecord, 'override'>,
  { agentId }: Pick<RecordedHost, 'agentId'>
): OverriddenHost | undefined =>
  override?.hosts.find((overridden) => overridden.agentId === agentId);

/** The state that a record is in when its hosts are like this. */
export function stateOf(hosts: ReadonlyArray<Pick<RecordedHost, 'outcome'>>): RecordState {
  if (hosts.some(({ outcome }) => outcome === 'pending')) return 'sending';
  if (hosts.some(isOpen)) return 'requested';
  return hosts.every(hasEnded) ? 'ended' : 'awaiting_approval';
}

/** Records of one millisecond that have an order of their own. */
const PER_MILLISECOND = 4096;

/**
 * Sorts by milliseconds, and within a millisecond by action and group, so that hardly ever two are alike. A
 * number, because Elasticsearch sorts numbers many times faster than texts; small enough for JavaScript to
 * hold it exactly.
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

/** Longer than anything that is measured, and small enough for an exact order. */
const LONGEST = 10 * 365 * 24 * 60 * 60 * 1_000;

/** The order of a record by its duration, in whole milliseconds. */
export const durationSortKeyOf = (milliseconds: number, actionId: string, group: number): number =>
  distinctSortKey(Math.min(milliseconds, LONGEST), actionId, group);

/** Durations that are longer than so many whole milliseconds have this order or a higher one. */
export const leastSortKeyAfter = (milliseconds: number): number =>
  (milliseconds + 1) * PER_MILLISECOND;

/**
 * Whole milliseconds rounded up to three significant digits, so that few distinct values are left to count.
 * Up, so that what is longer than a round time, such as five minutes, stays longer.
 */
export function toThreeDigits(milliseconds: number): number {
  const step = 10 ** Math.max(0, String(milliseconds).length - 3);
  return Math.ceil(milliseconds / step) * step;
}

/**
 * The record with these hosts, the resulting state, and the time of the end if all have ended. `now` is ISO 8601.
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

/** An action from its groups, in their order; undefined when there are none. */
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
    // One group has all hosts that need approval.
    ...groups.flatMap(({ approval }) => (approval === undefined ? [] : [{ approval }])).at(0),
  };
}
