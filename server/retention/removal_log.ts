import type { IEventLogger } from '@kbn/event-log-plugin/server';
import type { AuditLogger } from '@kbn/security-plugin/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { quoted } from '../lib/one_line_log';
import type { CoreLog } from '../lib/log_once';

/** The action in the event log; the audit log has it with the plugin's name in front. */
export const REMOVAL_EVENT_ACTION = 'records-removal';

/** Removed records of a space. */
export interface Removal {
  readonly spaceId: string;
  /** The setting of the space. */
  readonly daysKept: number;
  readonly removed: number;
  /** Records that could not be removed; the next run tries again. */
  readonly failed: number;
}

/** Removals of records in Kibana's audit log and event log. */
export interface RemovalLog {
  /** Never throws. */
  removed(removal: Removal): void;
}

export interface RemovalLogPorts {
  readonly eventLogger: Pick<IEventLogger, 'logEvent'>;
  /** Undefined when Kibana runs without the security plugin. */
  readonly audit: AuditLogger | undefined;
  readonly log: CoreLog;
}

const countOf = (count: number): string => (count === 1 ? '1 record' : `${count} records`);

const messageOf = ({ spaceId, daysKept, removed, failed }: Removal): string => {
  const days = daysKept === 1 ? '1 day' : `${daysKept} days`;
  const left = failed === 0 ? '' : `; ${countOf(failed)} could not be removed`;
  return `Removed ${countOf(removed)} of actions from the space ${quoted(spaceId)} that ended more than ${days} ago, as its settings say${left}`;
};

/** Writes an event for each removal. A task removes records, so the events have no user. */
export const removalLog = ({ eventLogger, audit, log }: RemovalLogPorts): RemovalLog => ({
  removed(removal) {
    const { spaceId, daysKept, removed, failed } = removal;
    const message = messageOf(removal);
    const outcome = failed === 0 ? ('success' as const) : ('failure' as const);
    try {
      eventLogger.logEvent({
        message,
        event: { action: REMOVAL_EVENT_ACTION, kind: 'action', category: ['database'], outcome },
        kibana: { space_ids: [spaceId] },
      });
      audit?.log({
        message,
        event: {
          action: 'sentinelone_response_records_removal',
          category: ['database'],
          type: ['deletion'],
          outcome,
        },
        kibana: { space_id: spaceId },
        sentinelone_response: {
          saved_object_type: ACTION_SAVED_OBJECT_TYPE,
          days_kept: daysKept,
          removed,
          failed,
        },
      });
    } catch (problem) {
      log.warn(`The removal of records was not written to the logs: ${String(problem)}`);
    }
  },
});
