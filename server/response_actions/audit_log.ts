import type { IEventLogger } from '@kbn/event-log-plugin/server';
import type { AuditLogger } from '@kbn/security-plugin/server';
import { ACTION_SAVED_OBJECT_TYPE, PLUGIN_ID } from '../../common/lib/constants';
import type { Actor } from '../../common/actions/actor';
import { ACTIONS, type ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { isSuccess } from '../../common/actions/outcome';
import type { ActionRecord, RecordedHost, RecordProgress } from '../../common/actions/record';
import type { OverriddenHost } from '../../common/actions/protection_override';
import { shortReason } from '../../common/actions/describe_reason';
import { visibleText, listText } from '../../common/lib/text';
import { quoted, quotedList } from '../lib/log';
import { documentIdOf } from './record_store';
import type { CoreLog, AuditLog } from './ports';

/** Writes attempts and their results to Kibana's audit log and event log. */

/** The provider in the event log, and its actions. */
export const EVENT_PROVIDER = PLUGIN_ID;
type EventKind = 'attempt' | 'end' | 'release-time' | 'approval';
type EventAction = `${ActionName}-${EventKind}`;
const eventAction = (action: ActionName, what: EventKind): EventAction => `${action}-${what}`;
export const EVENT_ACTIONS: readonly EventAction[] = ACTIONS.flatMap((action) => [
  eventAction(action, 'attempt'),
  eventAction(action, 'end'),
  ...(ACTION_DEFINITIONS[action].canEndAutomatically ? [eventAction(action, 'release-time')] : []),
  ...(ACTION_DEFINITIONS[action].isBlockedByProtection ? [eventAction(action, 'approval')] : []),
]);

const nameOf = ({ name, uuid, agentId }: RecordedHost): string => name ?? uuid ?? agentId ?? '';

/** The names of hosts; hosts with the same name are listed with their agent ids. */
function labelsOf(hosts: readonly RecordedHost[]): readonly string[] {
  const names = hosts.map(nameOf);
  const repeated = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  return hosts.map((host) =>
    repeated.has(nameOf(host)) && host.agentId !== null
      ? `${nameOf(host)} (agent id ${host.agentId})`
      : nameOf(host)
  );
}

/** `count` is the number of all hosts; fewer may be listed. */
const namesOf = (hosts: readonly RecordedHost[], count: number): string =>
  quotedList(labelsOf(hosts), count);

const actorText = ({ username, apiKey }: ActionRecord['actor']): string =>
  `${quoted(username)}${apiKey === undefined ? '' : ` by API key ${quoted(apiKey)}`}`;

/** `: reason (detail from SentinelOne or the guards)`; empty if there is no reason. */
function reasonIn({ reason, detail }: RecordedHost): string {
  const why = reason === undefined ? '' : `: ${shortReason(reason)}`;
  return `${why}${detail === undefined ? '' : ` (${quoted(detail)})`}`;
}

const outcomeOf = (host: RecordedHost): 'success' | 'failure' =>
  host.outcome !== 'pending' && isSuccess({ outcome: host.outcome }) ? 'success' : 'failure';

const endText = ({ action }: RecordProgress, host: RecordedHost): string =>
  `To ${ACTION_DEFINITIONS[action].words.verb} ${quoted(nameOf(host))} ended as ${host.outcome}${reasonIn(host)}`;

const NANOSECONDS = 1_000_000;

/**
 * When the action was requested, and when the host ended. Kibana writes its event log once a
 * second, so a node that stops loses the latest attempts; the event of the end contains both times.
 */
function timesOf({ requestedAt: start }: RecordProgress, host: RecordedHost | undefined) {
  if (host?.endedAt === undefined) return { start };
  const milliseconds = Math.max(0, Date.parse(host.endedAt) - Date.parse(start));
  return { start, end: host.endedAt, duration: milliseconds * NANOSECONDS };
}

/** Which protected hosts are isolated by an override, and why. */
function overrideText({ override, hosts }: ActionRecord): string {
  if (override === undefined) return '';
  const named = override.hosts.map((overridden: OverriddenHost) => {
    const host = hosts.find(({ agentId }) => agentId === overridden.agentId);
    const name = host === undefined ? overridden.agentId : nameOf(host);
    return `${quoted(name)} (${overridden.field} is ${quoted(overridden.pattern)})`;
  });
  return `. Overrode the protection of ${listText(named)}: ${quoted(override.comment)}`;
}

/** Until when another user has to approve it, or who approved it, and why. */
function approvalText({ approval }: ActionRecord): string {
  if (approval === undefined) return '';
  const { decision, expiresAt } = approval;
  if (decision?.kind !== 'approved') return `. Awaits approval by another user until ${expiresAt}`;
  const by = decision.by === undefined ? '' : ` by ${actorText(decision.by)}`;
  return `. Approved${by}: ${quoted(decision.comment ?? '')}`;
}

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
  const write = (
    record: RecordProgress,
    what: EventKind,
    text: string,
    outcome: 'success' | 'failure' | 'unknown',
    {
      host,
      refused,
      actor = record.actor,
      times = timesOf(record, host),
    }: {
      readonly host?: RecordedHost;
      readonly refused?: Pick<RecordedHost, 'reason' | 'detail'>;
      /** The user of the event; default: the user who requested the action. */
      readonly actor?: Actor;
      readonly times?: ReturnType<typeof timesOf>;
    } = {}
  ): void => {
    const { actionId, group } = record;
    const message = visibleText(text);
    const action = eventAction(record.action, what);
    const savedObject = { type: ACTION_SAVED_OBJECT_TYPE, id: documentIdOf(actionId, group) };
    const user = { name: actor.username };
    const { reason, detail } = host ?? refused ?? {};
    const error =
      reason === undefined || outcome !== 'failure'
        ? {}
        : { error: { code: reason, message: visibleText(detail ?? shortReason(reason)) } };
    try {
      eventLogger.logEvent({
        message,
        event: { action, kind: 'action', category: ['host'], outcome, ...times },
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

  const requestText = ({ actor, action, hosts, comment, refusedRequest }: ActionRecord): string => {
    const names = namesOf(hosts, refusedRequest?.hostCount ?? hosts.length);
    return `${actorText(actor)} requested to ${action} ${names}: ${quoted(comment)}`;
  };

  return {
    attempted(record) {
      const message = `${requestText(record)}${overrideText(record)}${approvalText(record)}`;
      write(record, 'attempt', message, 'unknown');
    },
    ended(record, hosts) {
      for (const host of hosts)
        write(record, 'end', endText(record, host), outcomeOf(host), { host });
    },
    refused(record) {
      const [refused] = record.hosts;
      const why = refused === undefined ? '' : `. Refused${reasonIn(refused)}`;
      write(record, 'attempt', `${requestText(record)}${why}`, 'failure', { refused });
    },
    furtherRefused(record) {
      const { actor, action, requestedAt, updatedAt, refusedRequest } = record;
      const [refused] = record.hosts;
      const count = refusedRequest?.furtherRequests ?? 0;
      const requests = count === 1 ? 'one more request' : `${count} more requests`;
      const why = refused === undefined ? '' : reasonIn(refused);
      const message = `${actorText(actor)} made ${requests} to ${action} hosts between ${requestedAt} and ${updatedAt}, which were refused and have no record of their own${why}`;
      write(record, 'attempt', message, 'failure', { refused });
    },
    decisionRefused(record, decision, reason, { by, at }) {
      const { actionId, approval } = record;
      const message = `${actorText(by)} tried to ${decision} action ${actionId}, for which ${actorText(record.actor)} requested approval at ${approval?.requestedAt ?? record.requestedAt}. Refused: ${shortReason(reason)}`;
      write(record, 'approval', message, 'failure', {
        refused: { reason },
        actor: by,
        times: { start: at },
      });
    },
    releaseTimeChanged(record, { at, from, to, comment }, actor) {
      const { action, actionId } = record;
      const { verb } = ACTION_DEFINITIONS[ACTION_DEFINITIONS[action].opposite].words;
      const what =
        to === null
          ? `cancelled the automatic ${verb} at ${from}`
          : `changed the automatic ${verb} from ${from} to ${to}`;
      const message = `${actorText(actor)} ${what} of action ${actionId}: ${quoted(comment)}`;
      write(record, 'release-time', message, 'success', { actor, times: { start: at } });
    },
  };
}
