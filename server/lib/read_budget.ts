/**
 * Limits the reads from SentinelOne per user, so that one user cannot use up the capacity of all.
 */

export interface ReadLimits {
  /** The reads that a user can make at once when the budget is full. */
  readonly atOnce: number;
  /** The reads that are added to the budget per second. */
  readonly perSecond: number;
}

/** Counted in batches of up to 100 hosts. A bulk action needs ten. */
export const STATUS_LIMITS: ReadLimits = { atOnce: 20, perSecond: 1 };

/**
 * Counted in calls of the connector's sub-actions that read, however they are made. A call that is
 * shared between viewers counts for one of them, so this limit is higher than `STATUS_LIMITS`.
 */
export const CONNECTOR_LIMITS: ReadLimits = { atOnce: 60, perSecond: 5 };

/** A user exceeded their read budget. */
export class TooManyReads extends Error {
  /** `retryAfter` in whole seconds. */
  constructor(readonly retryAfter: number) {
    super(`Too many reads; try again in ${retryAfter} s`);
  }
}

export interface ReadBudget {
  /**
   * Takes `amount` from a user's budget. Throws `TooManyReads`, and takes nothing, if less is left.
   */
  take(user: string, amount: number): void;
}

/** A token bucket for each user. `now` in ms on a monotonic clock. */
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
