import * as t from 'io-ts';
import { REASONS } from './reasons';
import { appliedPatternCodec } from '../hosts/protection_settings';
import { nullableString, oneOf } from '../lib/validation';

/** The outcome of an attempt for one host. */
export const OUTCOMES = [
  'done',
  'requested',
  'unchanged',
  'awaiting_approval',
  'refused',
  'failed',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * The result of an action for one host. `detail` is a text that differs from case to case: SentinelOne's message (cut,
 * token redacted), the host's name in SentinelOne, or the user whose action has the host lock.
 */
export const hostResultFields = t.intersection([
  t.type({ uuid: nullableString, agentId: nullableString, name: nullableString }),
  t.partial({
    reason: oneOf(REASONS),
    detail: t.string,
    /** What protects a host that was refused as `protected`. */
    protectedBy: appliedPatternCodec,
    /**
     * The earlier request: for an `unchanged` host, who requested its state; for a host that is refused as
     * `already_requested`, who requested the pending approval. `requestedAt` is ISO 8601.
     */
    requestedBefore: t.intersection([
      t.type({ username: t.string, requestedAt: t.string }),
      /** The action that awaits approval. */
      t.partial({ actionId: t.string }),
    ]),
  }),
]);
export const hostResultCodec = t.intersection([
  hostResultFields,
  t.type({ outcome: oneOf(OUTCOMES) }),
]);
export type HostResult = Readonly<t.TypeOf<typeof hostResultCodec>>;

/** The result of the actions' sub-actions and routes. */
export const actionResultCodec = t.type({
  actionId: t.string,
  hosts: t.readonlyArray(hostResultCodec),
});
export type ActionResult = Readonly<t.TypeOf<typeof actionResultCodec>>;

/** Whether the host has or will have the requested state: done, requested or unchanged. */
export const isSuccess = ({ outcome }: Pick<HostResult, 'outcome'>): boolean =>
  outcome === 'done' || outcome === 'requested' || outcome === 'unchanged';

/** True when the request was accepted for the host, although another user may have to approve it first. */
export const isAccepted = (host: Pick<HostResult, 'outcome'>): boolean =>
  isSuccess(host) || host.outcome === 'awaiting_approval';
