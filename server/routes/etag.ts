import type { KibanaRequest } from '@kbn/core/server';

/** Versions of saved objects as HTTP has them (RFC 9110, 8.8.3 and 13.1.1). */

/** What stands for nothing stored; no version of Kibana's looks like it. */
const NOTHING = 'nothing';

/** The `ETag` of a version; undefined stands for nothing stored. */
export const etagOf = (version: string | undefined): string => `"${version ?? NOTHING}"`;

/**
 * Whether a request with this `If-Match` means that version. One without means any. Proxies that compress
 * make tags weak, which says nothing about what was read.
 */
export function isMeant(
  ifMatch: KibanaRequest['headers'][string],
  version: string | undefined
): boolean {
  if (ifMatch === undefined) return true;
  const tags = [ifMatch].flat().flatMap((one) => one.split(','));
  return tags.some((tag) => {
    const meant = tag.trim().replace(/^W\//, '');
    return meant === '*' ? version !== undefined : meant === etagOf(version);
  });
}
