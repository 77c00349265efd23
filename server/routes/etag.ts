import type { KibanaRequest } from '@kbn/core/server';

/** Versions of saved objects as HTTP has them (RFC 9110, 8.8.3 and 13.1.1). */

/** What stands for nothing stored; no version of Kibana's looks like it. */
const NOTHING = 'nothing';

/**
 * The `etag` header of a version, for Kibana to put quotes around
 * (`core-http-router-server-internal/src/response_adapter.js`); undefined stands for nothing stored.
 */
export const etagOf = (version: string | undefined): string => version ?? NOTHING;

/** A tag of ours as it comes back: weak where a proxy made it so, and named after how the answer was packed. */
const TAG = /^(?:W\/)?"([^"]*?)(?:-(?:gzip|deflate|br))?"$/;

/** Whether a request with this `If-Match` means that version. One without means any. */
export function isMeant(
  ifMatch: KibanaRequest['headers'][string],
  version: string | undefined
): boolean {
  if (ifMatch === undefined) return true;
  const tags = [ifMatch].flat().flatMap((one) => one.split(','));
  return tags.some((tag) => {
    if (tag.trim() === '*') return version !== undefined;
    return TAG.exec(tag.trim())?.[1] === etagOf(version);
  });
}
