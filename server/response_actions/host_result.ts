import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { listText } from '../../common/lib/text';
import type { ActionName } from '../../common/actions/action_name';
import { isSuccess, type ActionResult, type HostResult } from '../../common/actions/outcome';
import { shortReason } from '../../common/actions/describe_reason';
import { quoted } from '../lib/log';
import type { HostReference } from '../../common/api/connector';
import { type ActionRecord, type RecordedHost, hasEnded } from '../../common/actions/record';
import { allRefused, recordedRefusal } from './plan_action';
import { REASON_CATALOG } from '../../common/actions/reasons';

/**
 * The result of a host for the caller. A host with an unknown result counts as failed; its record
 * stays open for status reconciliation.
 */
export const resultOfHost = (host: RecordedHost): HostResult =>
  host.outcome === 'pending'
    ? { ...host, outcome: 'failed', reason: host.reason ?? 'unreachable' }
    : { ...host, outcome: host.outcome };

/**
 * The result of an action from its records. `requested` are the hosts of the request, because the
 * record of a request that was refused as a whole does not list all of them.
 */
export function resultOf(
  actionId: string,
  records: readonly ActionRecord[],
  requested: readonly HostReference[]
): ActionResult {
  const refusal = records[0] === undefined ? undefined : recordedRefusal(records[0]);
  const hosts =
    refusal === undefined
      ? records.flatMap((record) => record.hosts.map(resultOfHost))
      : allRefused({ hosts: requested }, refusal);
  return { actionId, hosts };
}

/** Whether SentinelOne accepted the command for this host; false while that is not known. */
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

/**
 * The host with the time of its end, if it has ended; `now` is ISO 8601. Done means that
 * SentinelOne reported the state, so the same time is the confirmation.
 */
export function withEnd(host: RecordedHost, now: string): RecordedHost {
  if (!hasEnded(host)) return host;
  return { ...host, endedAt: now, ...(host.outcome === 'done' ? { confirmedAt: now } : {}) };
}

const nameOf = ({ name, uuid, agentId }: HostResult): string => {
  const known = name ?? uuid ?? agentId;
  return known === null ? 'a host without a name' : quoted(known);
};

/**
 * The outcome of a host without its name, so that hosts with the same outcome are listed together.
 */
function endOf({ outcome, reason, detail }: HostResult): string {
  const why = reason === undefined ? '' : `: ${shortReason(reason)}`;
  return `${outcome.replace('_', ' ')}${why}${detail === undefined ? '' : ` (${quoted(detail)})`}`;
}

/** `"web-1", "web-2" failed: why; "web-7" refused: why`, each end once. */
function endsOf(hosts: readonly HostResult[]): string {
  const namesByEnd = new Map<string, string[]>();
  for (const host of hosts) {
    const names = namesByEnd.get(endOf(host)) ?? [];
    namesByEnd.set(endOf(host), [...names, nameOf(host)]);
  }
  const ends = [...namesByEnd].map(
    ([end, names]) => `${listText(names, ', ', names.length)} ${end}`
  );
  return listText(ends, '; ');
}

/** "2 of 3 hosts isolated"; "isolated or isolating" if at least one has not reported. */
function count(action: ActionName, hosts: readonly HostResult[]): string {
  const good = hosts.filter(isSuccess);
  const pending = good.some(({ outcome }) => outcome !== 'done');
  const { words } = ACTION_DEFINITIONS[action];
  const reached = pending ? `${words.done} or ${words.pending}` : words.done;
  return `${good.length} of ${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'} ${reached}`;
}

/**
 * The message of an execution that did not succeed for every host: the number of hosts that
 * succeeded, the others with their reasons, and the action id for the details in the record. Kibana
 * writes it to its log and event log, so values from outside are quoted.
 */
export function describeResult(action: ActionName, { actionId, hosts }: ActionResult): string {
  const bad = hosts.filter((host) => !isSuccess(host));
  return `${count(action, hosts)}; ${endsOf(bad)}. Action ${actionId}`;
}
