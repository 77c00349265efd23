import type { RecordedHost } from '../../common/record';

/** Reasons of failures that come after SentinelOne took the command. */
const AFTER_TAKEN: readonly unknown[] = [
  'undone',
  'superseded',
  'unable_to_disconnect',
  'decommissioned',
  'uninstalled',
  'not_found',
];

/** Whether SentinelOne took the command for this host; one of which that is not known yet is not. */
export const wasTaken = ({
  outcome,
  reason,
  endedAt,
}: Pick<RecordedHost, 'outcome' | 'reason' | 'endedAt'>): boolean =>
  outcome === 'requested' ||
  outcome === 'done' ||
  (outcome === 'failed' && endedAt !== undefined && AFTER_TAKEN.includes(reason));
