import { isOpen, type RecordedHost } from '../../common/actions/record';

/**
 * The host with the time of its end, if it has one; `now` is ISO 8601. Done means that SentinelOne was
 * seen to report it, so that is when it was confirmed.
 */
export function withEnd(host: RecordedHost, now: string): RecordedHost {
  if (isOpen(host)) return host;
  return { ...host, endedAt: now, ...(host.outcome === 'done' ? { confirmedAt: now } : {}) };
}
