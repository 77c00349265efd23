import * as t from 'io-ts';
import { oneOf } from './validation';

/** What an analyst can ask for. */
export const ACTIONS = ['isolate', 'release'] as const;
export const actionCodec = oneOf(ACTIONS);
export type ActionName = (typeof ACTIONS)[number];

/** How an attempt ended for one host; the design's table of outcomes. */
export const OUTCOMES = ['done', 'requested', 'unchanged', 'refused', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why nothing was sent. */
export const REFUSALS = [
  'not_found',
  'ambiguous',
  'mismatch',
  /** A rule or API key named the host by one thing only. */
  'named_once',
  /** What stands for the agent's id in the alert cannot be trusted to be it. */
  'unusable_id',
  'decommissioned',
  'uninstalled',
  'protected',
  'in_flight',
  'too_many',
  'space_not_found',
  'no_connector',
  'several_connectors',
  'no_privilege',
  'automation_off',
] as const;
export type Refusal = (typeof REFUSALS)[number];
export const isRefusal = (reason: string | undefined): reason is Refusal =>
  (REFUSALS as ReadonlyArray<string | undefined>).includes(reason);

/** Why it did not happen although it was sent or tried. */
export const FAILURES = [
  'unauthorized',
  'forbidden',
  'throttled',
  'unreachable',
  'not_affected',
  'unexpected_answer',
  /** SentinelOne's activity 2010: the agent was told, and could not disconnect. */
  'unable_to_disconnect',
  /** Somebody else turned it back, in SentinelOne's console or by its API. */
  'undone',
  /** A later action of ours asked for the opposite. */
  'superseded',
  /** Kibana stopped in the middle, and SentinelOne shows no sign of the command. */
  'interrupted',
] as const;
export type Failure = (typeof FAILURES)[number];

/** Why the status of hosts was not read; no action ends with it. */
export const READ_FAILURES = [
  /** SentinelOne did not answer in time. */
  'timed_out',
  /** The user asked for more than is read for one person at a time. */
  'too_many_reads',
] as const;
export type ReadFailure = (typeof READ_FAILURES)[number];

/** Why it has not happened yet. */
export const DELAYS = ['offline', 'waiting'] as const;

export const REASONS = [...REFUSALS, ...FAILURES, ...DELAYS] as const;
export type Reason = (typeof REASONS)[number];

const nullableString = t.union([t.string, t.null]);

/**
 * The end of an attempt for one host. `detail` holds words that differ from case to case: what
 * SentinelOne said (cut, token redacted), the name it has for the host, who holds the claim.
 */
export const hostResultFields = t.intersection([
  t.type({ uuid: nullableString, agentId: nullableString, name: nullableString }),
  t.partial({
    reason: oneOf(REASONS),
    detail: t.string,
    /** Who requested before what an `unchanged` host already is, or is becoming; `requestedAt` is ISO 8601. */
    requestedBefore: t.type({ username: t.string, requestedAt: t.string }),
  }),
]);
export const hostResultCodec = t.intersection([
  hostResultFields,
  t.type({ outcome: oneOf(OUTCOMES) }),
]);
export type HostResult = Readonly<t.TypeOf<typeof hostResultCodec>>;

/** What `isolateHost`, `releaseHost` and their routes answer. */
export const actionResultCodec = t.type({
  actionId: t.string,
  hosts: t.readonlyArray(hostResultCodec),
});
export type ActionResult = Readonly<t.TypeOf<typeof actionResultCodec>>;

/** True when nothing is left to worry about: every host is done, requested or unchanged. */
export const isGood = ({ outcome }: Pick<HostResult, 'outcome'>): boolean =>
  outcome === 'done' || outcome === 'requested' || outcome === 'unchanged';
