import * as t from 'io-ts';
import { oneOf } from '../lib/validation';
import { actorCodec, type Actor } from './actor';
import { overriddenHostCodec } from './protection_override';

/** The recorded approval by a second person, which the settings can require for protected hosts. */

/**
 * How a request for approval ended.
 * - `approved`: another user approved it, and the action began.
 * - `declined`: another user declined it.
 * - `withdrawn`: the user who requested it withdrew the request.
 * - `expired`: nobody approved or declined it in time.
 */
export const APPROVAL_DECISIONS = ['approved', 'declined', 'withdrawn', 'expired'] as const;
export type ApprovalDecisionKind = (typeof APPROVAL_DECISIONS)[number];

export const approvalDecisionCodec = t.intersection([
  t.type({
    kind: oneOf(APPROVAL_DECISIONS),
    /** ISO 8601. */
    at: t.string,
  }),
  t.partial({
    /** Who decided, as Elasticsearch identified them; absent if the request expired. */
    by: actorCodec,
    comment: t.string,
  }),
]);
export type ApprovalDecision = Readonly<t.TypeOf<typeof approvalDecisionCodec>>;

export const approvalCodec = t.intersection([
  t.type({
    /** ISO 8601, when approval was requested. */
    requestedAt: t.string,
    /** ISO 8601: the request cannot be approved later than this. */
    expiresAt: t.string,
    /** The hosts that need it, and a pattern that protects each. */
    hosts: t.readonlyArray(overriddenHostCodec),
  }),
  t.partial({
    /** When the hosts are released automatically: minutes after the approval, or ISO 8601. Absent if they are not. */
    releaseAfterMinutes: t.number,
    releaseAt: t.string,
    decision: approvalDecisionCodec,
  }),
]);
export type Approval = Readonly<t.TypeOf<typeof approvalCodec>>;

/**
 * Whether a request has expired; `now` in ms since the epoch. A request from the future counts as expired by the same
 * distance, because it may come from a Kibana node whose clock is ahead.
 */
export function isExpired(
  { requestedAt, expiresAt }: Pick<Approval, 'requestedAt' | 'expiresAt'>,
  now: number
): boolean {
  const requested = Date.parse(requestedAt);
  return Math.abs(now - requested) >= Date.parse(expiresAt) - requested;
}

/** The form in which user names are compared. Case is ignored, because only some realms are case-sensitive. */
const comparableName = (username: string): string =>
  username.normalize('NFKC').trim().toLowerCase();

/**
 * Whether two callers may be the same person: their user names are equal. The realm, API key or token does not matter.
 */
export const mayBeSamePerson = (
  one: Pick<Actor, 'username'>,
  other: Pick<Actor, 'username'>
): boolean => comparableName(one.username) === comparableName(other.username);
