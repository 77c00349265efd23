import { throttled } from './api_error';
import type { Clock } from './clock';

interface RateLimit {
  /** Calls that a path regains per second. */
  readonly perSecond: number;
  /** Calls that it takes at once after a rest; at least one. */
  readonly burst: number;
}

/** By path below `/web/api/v2.1`; a path stands for those below it too, and the longest one counts. */
export type RateLimits = Readonly<Record<string, RateLimit>>;

/** As SentinelOne's own Go SDK has them from "the official table". */
export const OFFICIAL_RATE_LIMITS: RateLimits = {
  '/agents': { perSecond: 25, burst: 1 },
  '/activities': { perSecond: 10, burst: 30 },
  '/users': { perSecond: 40, burst: 80 },
  '/user': { perSecond: 2, burst: 5 },
  '/system/status': { perSecond: 2, burst: 1 },
};

/** Counts a call. Throws 429 with `Retry-After` when the path's limit is used up. */
export type RateLimiter = (path: string) => void;

/** Token buckets, one for each entry of `limits`; an empty table limits nothing. */
export function createRateLimiter(limits: RateLimits, clock: Clock): RateLimiter {
  const buckets = new Map<string, { left: number; at: number }>();
  const names = Object.keys(limits).sort((a, b) => b.length - a.length);
  for (const name of names) {
    const { perSecond, burst } = limits[name]!;
    if (!(perSecond > 0) || !(burst >= 0)) throw new Error(`The rate limit of ${name} is none`);
  }
  return (path) => {
    const name = names.find((one) => path === one || path.startsWith(`${one}/`));
    if (name === undefined) return;
    const { perSecond, burst } = limits[name]!;
    const capacity = Math.max(1, burst);
    const now = clock.now();
    const before = buckets.get(name) ?? { left: capacity, at: now };
    const left = Math.min(capacity, before.left + ((now - before.at) / 1000) * perSecond);
    buckets.set(name, { left: left >= 1 ? left - 1 : left, at: now });
    if (left < 1) throw throttled(Math.max(1, Math.ceil((1 - left) / perSecond)));
  };
}
