import * as t from 'io-ts';
import { nullableString, oneOf } from '../lib/validation';
import { REASONS } from './reasons';

/**
 * The automatic end of an action that can have one (`canEndAutomatically`): its opposite is sent at `releaseAt`. The
 * first record of the action (`group` 0) holds it for all of its hosts; further records of a large action have a copy
 * for lists. Fields are null and not absent, because
 * saved objects keep what an update leaves out.
 */

/**
 * - `scheduled`: its time has not come, or it is overdue (see `problem`).
 * - `releasing`: the release has begun. It can no longer be changed or cancelled.
 * - `ended`: nothing more is sent; `outcome` says why.
 * - `cancelled`: a user cancelled it.
 */
export const AUTOMATIC_RELEASE_STATES = ['scheduled', 'releasing', 'ended', 'cancelled'] as const;
export type AutomaticReleaseState = (typeof AUTOMATIC_RELEASE_STATES)[number];

/**
 * - `done`: every host that had to be released is released.
 * - `failed`: at least one could not be released.
 * - `not_needed`: nothing was sent, because all hosts were released or isolated again before.
 */
export const AUTOMATIC_RELEASE_OUTCOMES = ['done', 'failed', 'not_needed'] as const;
export type AutomaticReleaseOutcome = (typeof AUTOMATIC_RELEASE_OUTCOMES)[number];

export const automaticReleaseCodec = t.type({
  state: oneOf(AUTOMATIC_RELEASE_STATES),
  /** Counts the changes by users, from 1. A change names the version that it replaces. */
  version: t.number,
  /** Who set the current time, or cancelled the release. */
  setBy: t.string,
  /** Number of releases that have begun; each has its own record. */
  attempts: t.number,
  /** The latest of these records; null before the first. */
  releaseActionId: nullableString,
  /** ISO 8601: when the latest release began; null before the first. */
  beganAt: nullableString,
  /** Consecutive failures: a due release could not be sent or was not confirmed. */
  tries: t.number,
  /** ISO 8601: when the background task processes it next; null after its end. */
  nextCheckAt: nullableString,
  /** Why a due release was not sent, or is not confirmed yet. Null if there is no problem. */
  problem: t.union([t.null, t.type({ reason: oneOf(REASONS), detail: nullableString })]),
  outcome: t.union([t.null, oneOf(AUTOMATIC_RELEASE_OUTCOMES)]),
  /** ISO 8601. */
  endedAt: nullableString,
});
export type AutomaticRelease = Readonly<t.TypeOf<typeof automaticReleaseCodec>>;

/** A change of the time by a user after the request. */
export const releaseTimeChangeCodec = t.intersection([
  t.type({
    /** ISO 8601. */
    at: t.string,
    username: t.string,
    /** ISO 8601; null if there was no time. */
    from: nullableString,
    /** ISO 8601; null if it was cancelled. */
    to: nullableString,
    comment: t.string,
  }),
  t.partial({
    /** The name or id of the API key with which the user changed it. */
    apiKey: t.string,
  }),
]);
export type ReleaseTimeChange = Readonly<t.TypeOf<typeof releaseTimeChangeCodec>>;

/**
 * Why a host needs no further release:
 * - `sent`: the task released it, also if SentinelOne's answer was lost and the host was found released later.
 * - `released`: a user released it before.
 * - `isolated_again`: a user requested its isolation again. The later isolation applies.
 * - `failed`: it cannot be released automatically; `reason` says why.
 */
export const HANDLED_HOSTS = ['sent', 'released', 'isolated_again', 'failed'] as const;
export type HandledHostKind = (typeof HANDLED_HOSTS)[number];

/** A host for which the automatic release has nothing more to send. */
export const handledHostCodec = t.intersection([
  t.type({
    agentId: t.string,
    name: nullableString,
    kind: oneOf(HANDLED_HOSTS),
    /** ISO 8601: when Kibana detected it. */
    at: t.string,
  }),
  t.partial({
    /** The user, and the action of this plugin, that released the host or isolated it again. */
    username: t.string,
    actionId: t.string,
    reason: oneOf(REASONS),
    detail: t.string,
  }),
]);
export type HandledHost = Readonly<t.TypeOf<typeof handledHostCodec>>;

/** In the record of an automatic release: the action that it ends. */
export const endedActionCodec = t.type({
  actionId: t.string,
  /** Who requested that action. */
  requestedBy: t.string,
  /** ISO 8601. */
  requestedAt: t.string,
  /** ISO 8601: when the release was due. */
  releaseAt: t.string,
});
export type EndedAction = Readonly<t.TypeOf<typeof endedActionCodec>>;

/** `authentication` of the actor of an automatic release. Elasticsearch does not use this value. */
export const SCHEDULED_AUTHENTICATION = 'scheduled';

/** Returns a new automatic release, to be recorded before the action is sent. */
export const newAutomaticRelease = (releaseAt: string, username: string): AutomaticRelease => ({
  state: 'scheduled',
  version: 1,
  setBy: username,
  attempts: 0,
  releaseActionId: null,
  beganAt: null,
  tries: 0,
  nextCheckAt: releaseAt,
  problem: null,
  outcome: null,
  endedAt: null,
});

/** Whether its time has passed at `now` (ms since the epoch) and its release is not confirmed. */
export const isOverdue = (
  {
    releaseAt,
    automaticRelease,
  }: {
    readonly releaseAt?: string | null;
    readonly automaticRelease?: AutomaticRelease;
  },
  now: number
): boolean =>
  releaseAt !== undefined &&
  releaseAt !== null &&
  (automaticRelease?.state === 'scheduled' || automaticRelease?.state === 'releasing') &&
  Date.parse(releaseAt) <= now;
