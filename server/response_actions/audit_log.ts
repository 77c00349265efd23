import type { IEventLogger } from '@kbn/event-log-plugin/server';
import type { AuditLogger } from '@kbn/security-plugin/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import type { RecordProgress } from '../../common/actions/record';
import { shortReason } from '../../common/actions/describe_reason';
import { visibleText } from '../../common/lib/text';
import {
  attemptEvent,
  endEvent,
  furtherRefusalsEvent,
  nameOf,
  refusalEvent,
  refusedDecisionEvent,
  releaseTimeEvent,
  type ActionEvent,
} from './action_events';
import { documentIdOf } from './stored_record';
import type { CoreLog, AuditLog } from './ports';

/** Writes attempts and their results to Kibana's audit log and event log. */

/** The tag (`tags`) of events in the event log that were missing there and were added later. */
export const ADDED_LATER_TAG = 'added_later';

/** The counts of a request that was refused as a whole, for the audit log. */
const countsOf = ({ refusedRequest }: RecordProgress) =>
  refusedRequest === undefined
    ? {}
    : {
        sentinelone_response: {
          host_count: refusedRequest.hostCount,
          alert_count: refusedRequest.alertCount,
          case_count: refusedRequest.caseCount,
          further_requests: refusedRequest.furtherRequests,
        },
      };

export interface AuditLogPorts {
  readonly eventLogger: Pick<IEventLogger, 'logEvent'>;
  /** Undefined if Kibana runs without the security plugin. */
  readonly audit: AuditLogger | undefined;
  readonly log: CoreLog;
}

/**
 * The audit log of a space. The connector and the status reconciliation task have no HTTP request,
 * so the user is taken from the record, which contains the caller as Elasticsearch identified them.
 */
export function auditLogOf({ eventLogger, audit, log }: AuditLogPorts, spaceId: string): AuditLog {
  /** `addedAt` (ISO 8601): the event is added to the event log later, and to no other log. */
  const write = (event: ActionEvent, addedAt?: string): void => {
    const { id, action, record, outcome, times, host, refused } = event;
    const { actionId, group } = record;
    const message = visibleText(event.text);
    const savedObject = { type: ACTION_SAVED_OBJECT_TYPE, id: documentIdOf(actionId, group) };
    const user = { name: event.actor.username };
    const { reason, detail } = host ?? refused ?? {};
    const error =
      reason === undefined || outcome !== 'failure'
        ? {}
        : { error: { code: reason, message: visibleText(detail ?? shortReason(reason)) } };
    try {
      eventLogger.logEvent({
        ...(addedAt === undefined ? {} : { '@timestamp': event.at, tags: [ADDED_LATER_TAG] }),
        message,
        event: {
          ...{ id, action, kind: 'action', category: ['host'], outcome, ...times },
          ...(addedAt === undefined ? {} : { created: addedAt }),
        },
        user,
        ...error,
        kibana: {
          saved_objects: [
            {
              rel: 'primary',
              ...savedObject,
              ...(spaceId === 'default' ? {} : { namespace: spaceId }),
            },
          ],
          space_ids: [spaceId],
        },
      });
      if (addedAt !== undefined) return;
      audit?.log({
        message,
        event: {
          action: `sentinelone_response_${action.replaceAll('-', '_')}`,
          category: ['host'],
          type: ['change'],
          outcome,
        },
        user,
        ...(host === undefined ? {} : { host: { name: nameOf(host), id: host.agentId } }),
        ...error,
        kibana: { saved_object: savedObject, space_id: spaceId },
        ...countsOf(record),
      });
    } catch (problem) {
      log.warn(`An event of action ${actionId} was not written: ${String(problem)}`);
    }
  };

  return {
    attempted: (record) => write(attemptEvent(record)),
    ended(record, hosts) {
      for (const host of hosts) write(endEvent(record, host));
    },
    refused: (record) => write(refusalEvent(record)),
    furtherRefused: (record) => write(furtherRefusalsEvent(record)),
    decisionRefused: (record, decision, reason, attempt) =>
      write(refusedDecisionEvent(record, decision, reason, attempt)),
    releaseTimeChanged: (record, change, by) => write(releaseTimeEvent(record, change, by)),
    addLater: (event, at) => write(event, at),
  };
}
