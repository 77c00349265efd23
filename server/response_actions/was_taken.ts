import { REASON_CATALOG } from '../../common/actions/reasons';
import type { RecordedHost } from '../../common/actions/record';

/** Whether SentinelOne took the command for this host; one of which that is not known yet is not. */
export const wasAccepted = ({
  outcome,
  reason,
  endedAt,
}: Pick<RecordedHost, 'outcome' | 'reason' | 'endedAt'>): boolean =>
  outcome === 'requested' ||
  outcome === 'done' ||
  (outcome === 'failed' &&
    endedAt !== undefined &&
    reason !== undefined &&
    REASON_CATALOG[reason].sent === 'yes');
