/** Limits what one user can have read from SentinelOne, so that nobody takes it from the others. */

export interface ReadLimits {
  /** What a user can have read at once after a rest. */
  readonly atOnce: number;
  /** What a user regains per second. */
  readonly perSecond: number;
}

/** Batches of up to 100 hosts whose status is read: a bulk action needs ten. */
export const STATUS_LIMITS: ReadLimits = { atOnce: 20, perSecond: 1 };

/**
 * Calls of the connector's reading sub-actions, in whatever way they are made. Those that are shared between
 * viewers are made in the name of one of them, so it is more than `STATUS_LIMITS`.
 */
export const CONNECTOR_LIMITS: ReadLimits = { atOnce: 60, perSecond: 5 };

/** Somebody asked for more than is read for one person. */
export class TooManyReads extends Error {
  /** `retryAfter` in whole seconds. */
  constructor(readonly retryAfter: number) {
    super(`Too many reads; ask again in ${retryAfter} s`);
  }
}

export interface ReadBudget {
  /** Takes so much from a user's budget. Throws `TooManyReads`, and takes nothing, when it has not so much. */
  take(user: string, amount: number): void;
}

/** A token bucket for each user. `now` in ms on a clock that only goes forward. */
export function readBudget({ atOnce, perSecond }: ReadLimits, now: () => number): ReadBudget {
  const budgets = new Map<string, { readonly left: number; readonly at: number }>();
  const leftOf = (user: string, at: number): number => {
    const before = budgets.get(user);
    if (before === undefined) return atOnce;
    const regained = (Math.max(0, at - before.at) / 1_000) * perSecond;
    return Math.min(atOnce, before.left + regained);
  };
  return {
    take(user, amount) {
      const at = now();
      for (const known of budgets.keys()) if (leftOf(known, at) >= atOnce) budgets.delete(known);
      const left = leftOf(user, at);
      if (left < amount) {
        throw new TooManyReads(Math.max(1, Math.ceil((amount - left) / perSecond)));
      }
      budgets.set(user, { left: left - amount, at });
    },
  };
}
