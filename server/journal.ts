import type { IEventLogger } from '@kbn/event-log-plugin/server';
import type { AuditLogger } from '@kbn/security-plugin/server';
import { ACTION_SAVED_OBJECT_TYPE, PLUGIN_ID } from '../common/constants';
import { isGood, type ActionName } from '../common/outcome';
import type { ActionRecord, RecordedHost } from '../common/record';
import { protectionText, type OverriddenHost } from '../common/override';
import { shortReason } from '../common/reason_text';
import { visibleText } from '../common/visible_text';
import { documentIdOf } from './response_actions/record_store';
import type { CoreLog, Journal } from './response_actions/ports';

/** Attempts and their ends in Kibana's audit log and event log. */

/** The provider in the event log, and its actions. */
export const EVENT_PROVIDER = PLUGIN_ID;
export const EVENT_ACTIONS = [
  'isolate-attempt',
  'isolate-end',
  'release-attempt',
  'release-end',
] as const;
type EventAction = (typeof EVENT_ACTIONS)[number];
const eventAction = (action: ActionName, what: 'attempt' | 'end'): EventAction =>
  `${action}-${what}`;

/** Hosts that a message names before it counts the rest. */
const NAMED = 10;

const nameOf = ({ name, uuid, agentId }: RecordedHost): string =>
  name ?? uuid ?? agentId ?? 'a host without a name';

function namesOf(hosts: readonly RecordedHost[]): string {
  const names = hosts.slice(0, NAMED).map(nameOf).join(', ');
  return hosts.length > NAMED ? `${names} and ${hosts.length - NAMED} more` : names;
}

const outcomeOf = (host: RecordedHost): 'success' | 'failure' =>
  host.outcome !== 'pending' && isGood({ outcome: host.outcome }) ? 'success' : 'failure';

const endText = ({ action }: ActionRecord, host: RecordedHost): string => {
  const why = host.reason === undefined ? '' : `: ${shortReason(host.reason)}`;
  const detail = host.detail === undefined ? '' : ` (${host.detail})`;
  return `To ${action} ${nameOf(host)} ended as ${host.outcome}${why}${detail}`;
};

const NANOSECONDS = 1_000_000;

/**
 * When it was asked for, and when the host ended. Kibana writes its event log once a second, so that a
 * killed node loses the latest attempts: the end tells of them as well.
 */
function timesOf({ requestedAt: start }: ActionRecord, host: RecordedHost | undefined) {
  if (host?.endedAt === undefined) return { start };
  const milliseconds = Math.max(0, Date.parse(host.endedAt) - Date.parse(start));
  return { start, end: host.endedAt, duration: milliseconds * NANOSECONDS };
}

/** Which protected hosts are isolated all the same, and why. */
function overrideText({ override, hosts }: ActionRecord): string {
  if (override === undefined) return '';
  const named = override.hosts.slice(0, NAMED).map((overridden: OverriddenHost) => {
    const host = hosts.find(({ agentId }) => agentId === overridden.agentId);
    return `${host === undefined ? overridden.agentId : nameOf(host)} (${protectionText(overridden)})`;
  });
  const rest = override.hosts.length > NAMED ? ` and ${override.hosts.length - NAMED} more` : '';
  return `. Overrode the protection of ${named.join(', ')}${rest}: ${override.comment}`;
}

export interface JournalPorts {
  readonly eventLogger: Pick<IEventLogger, 'logEvent'>;
  /** Undefined when Kibana runs without the security plugin. */
  readonly audit: AuditLogger | undefined;
  readonly log: CoreLog;
}

/**
 * The journal of a space. The connector and the settling task have no request at hand, so who acted is
 * taken from the record, where it stands as Elasticsearch said it.
 */
export function journalOf({ eventLogger, audit, log }: JournalPorts, spaceId: string): Journal {
  const write = (
    record: ActionRecord,
    what: 'attempt' | 'end',
    text: string,
    outcome: 'success' | 'failure' | 'unknown',
    host?: RecordedHost
  ): void => {
    const { actionId, group, actor } = record;
    const message = visibleText(text);
    const action = eventAction(record.action, what);
    const savedObject = { type: ACTION_SAVED_OBJECT_TYPE, id: documentIdOf(actionId, group) };
    const user = { name: actor.username };
    const error =
      host?.reason === undefined || outcome !== 'failure'
        ? {}
        : {
            error: {
              code: host.reason,
              message: visibleText(host.detail ?? shortReason(host.reason)),
            },
          };
    try {
      eventLogger.logEvent({
        message,
        event: { action, kind: 'action', category: ['host'], outcome, ...timesOf(record, host) },
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
          action: `sentinelone_response_${action.replace('-', '_')}`,
          category: ['host'],
          type: ['change'],
          outcome,
        },
        user,
        ...(host === undefined ? {} : { host: { name: nameOf(host), id: host.agentId } }),
        ...error,
        kibana: { saved_object: savedObject, space_id: spaceId },
      });
    } catch (problem) {
      log.warn(`An event of action ${actionId} was not written: ${String(problem)}`);
    }
  };

  return {
    attempted(record) {
      const { actor, action, hosts, comment } = record;
      const { apiKey, apiKeyId = 'unknown' } = actor;
      const by = apiKey === undefined ? '' : ` by API key ${apiKey} (id ${apiKeyId})`;
      const message = `${actor.username}${by} asked to ${action} ${namesOf(hosts)}: ${comment}${overrideText(record)}`;
      write(record, 'attempt', message, 'unknown');
    },
    ended(record, hosts) {
      for (const host of hosts) write(record, 'end', endText(record, host), outcomeOf(host), host);
    },
  };
}
