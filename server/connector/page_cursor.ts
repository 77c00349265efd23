import { createHash } from 'node:crypto';
import type { GetAgentsParams } from '../../common/api/connector';

/**
 * Cursors of `getAgents`: SentinelOne's own cursor, bound to the filters and the tenant that it continues. SentinelOne
 * does not document what it makes of a cursor of another query, so such a cursor is refused before it is asked.
 */

/** What a cursor continues: every filter, and not the size of a page. */
type Filters = Omit<GetAgentsParams, 'cursor' | 'limit'>;

/** Where a cursor is valid. */
export type CursorScope = readonly [connectorId: string, tenant: string];
export const cursorScope = (connectorId: string, tenant: string): CursorScope => [
  connectorId,
  tenant,
];

/** Identifies what a cursor belongs to. */
const markOf = (scope: CursorScope, filters: Filters): string => {
  const named = Object.entries(filters)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([scope, named]))
    .digest('base64url')
    .slice(0, 22);
};

/** The cursor for the next page as it leaves the connector; null on the last page. */
export const writeCursor = (
  cursor: string | null,
  scope: CursorScope,
  filters: Filters
): string | null =>
  cursor === null
    ? null
    : `${markOf(scope, filters)}.${Buffer.from(cursor, 'utf8').toString('base64url')}`;

/** SentinelOne's cursor in one of ours; undefined for a text that is none, and for one of another query or tenant. */
export function readCursor(text: string, scope: CursorScope, filters: Filters): string | undefined {
  const [, mark, encoded] = /^([\w-]{22})\.([\w-]+)$/.exec(text) ?? [];
  if (mark === undefined || encoded === undefined || mark !== markOf(scope, filters)) {
    return undefined;
  }
  const cursor = Buffer.from(encoded, 'base64url').toString('utf8');
  // Each cursor has one form, so that nothing else passes for it.
  const isWhole = Buffer.from(cursor, 'utf8').toString('base64url') === encoded;
  return isWhole && /^\S{1,1024}$/.test(cursor) ? cursor : undefined;
}

/** What is said of a cursor that `readCursor` does not take. */
export const CURSOR_REFUSED =
  '[cursor]: got a cursor of another query or connector, or none; accepted is the cursor of the page before, with the same filters. Leave it out to begin with the first page';
