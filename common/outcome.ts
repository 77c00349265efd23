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
  'decommissioned',
  'uninstalled',
  'protected',
  'in_flight',
  'too_many',
  'no_connector',
  'several_connectors',
  'no_privilege',
  'automation_off',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Why it did not happen although it was sent or tried. */
export const FAILURES = [
  'unauthorized',
  'forbidden',
  'throttled',
  'unreachable',
  'not_affected',
  'unexpected_answer',
] as const;
export type Failure = (typeof FAILURES)[number];

export const REASONS = [...REFUSALS, ...FAILURES, 'offline'] as const;
export type Reason = (typeof REASONS)[number];

const nullableString = t.union([t.string, t.null]);

/**
 * The end of an attempt for one host. `detail` holds words that differ from case to case: what
 * SentinelOne said (cut, token redacted), the name it has for the host, who holds the claim.
 */
export const hostResultCodec = t.intersection([
  t.type({
    uuid: nullableString,
    agentId: nullableString,
    name: nullableString,
    outcome: oneOf(OUTCOMES),
  }),
  t.partial({ reason: oneOf(REASONS), detail: t.string }),
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
