import type { HostReference } from '../../common/api/connector';
import { REASON_CATALOG } from '../../common/actions/reasons';
import type { ActionResult } from '../../common/actions/outcome';
import {
  isOpen,
  type ActionRecord,
  type RecordedHost,
  type Actor,
} from '../../common/actions/record';
import { allRefused, recordedRefusal, refusedResults, type ActionRequest } from './plan_action';
import {
  resultsOfBlockedHosts,
  isBlocked,
  type ActionsOnAgents,
  type BlockedHosts,
} from './blocked_hosts';
import { performAction, type ActionPorts } from './perform_action';
import { resultOfHost } from './host_result';
import { createHash } from 'node:crypto';
import type { ActionName } from '../../common/actions/action_name';

export interface FingerprintedRequest {
  readonly action: ActionName;
  /** The tenant whose hosts are meant. */
  readonly tenant: string;
  readonly actor: Actor;
  /** In any order; an id that is named twice counts once. */
  readonly alertIds: readonly string[];
}

/**
 * The same text for the same action in the same tenant, asked for by the same caller for the same alerts, and
 * another one for everything else: SHA-256 in hexadecimal. A search by it finds the records of that request and no others,
 * whoever else names the same alerts.
 */
export function requestFingerprint({
  action,
  tenant,
  actor,
  alertIds,
}: FingerprintedRequest): string {
  // By its id: anybody can give an API key the name of another one.
  const caller = [actor.username, actor.authentication, actor.apiKeyId ?? null];
  const request = JSON.stringify([action, tenant, caller, [...new Set(alertIds)].sort()]);
  return createHash('sha256').update(request).digest('hex');
}

/**
 * Kibana runs the action of a rule again, twice, half a minute and more later, when it ended with an
 * error for one of its hosts. Meanwhile somebody may have released another of them, or taken its
 * protection away. So a request of a rule about the same alerts stands: what is on record of a host is the
 * answer, and only what could not be done is tried again. A host that another action held at the time is
 * tried again as long as nobody has acted on it since.
 */

/** What is read of the record of an earlier request. */
export type RecordOfRequest = Pick<
  ActionRecord,
  'actionId' | 'sortKey' | 'requestedAt' | 'hosts' | 'refusedRequest'
>;

/** Finds what is on record. */
export interface EarlierActions extends ActionsOnAgents {
  /**
   * Every record of the request with this fingerprint, latest first, and none of any other. Throws when they
   * cannot be read.
   */
  ofRequest(fingerprint: string): Promise<readonly RecordOfRequest[]>;
}

/**
 * Kibana names the API key of a rule `Alerting: <rule type>/<rule name>`. A script can name its key like that
 * too; it is then answered by what it did itself, because keys are told apart by their ids.
 */
const isRule = ({ actor: { apiKey, apiKeyId } }: ActionRequest): boolean =>
  apiKeyId !== undefined && apiKey !== undefined && apiKey.startsWith('Alerting: ');

/** What the records of a rule's request are found by; undefined where each request stands for itself. */
const fingerprintOf = (request: ActionRequest): string | undefined => {
  const { alertIds = [] } = request;
  return isRule(request) && alertIds.length > 0
    ? requestFingerprint({ ...request, alertIds })
    : undefined;
};

/** Whether the host of the request may be the one on record: one identifier is enough. */
const mayBe =
  ({ uuid, agentId }: HostReference) =>
  (host: RecordedHost): boolean =>
    (agentId !== undefined && agentId === host.agentId) ||
    (uuid !== undefined && uuid.toLowerCase() === host.uuid?.toLowerCase());

/** Nothing was done for good, so nobody else can have changed it back. */
const mayBeTriedAgain = ({ outcome, reason }: RecordedHost): boolean =>
  outcome === 'failed' && reason !== undefined && REASON_CATALOG[reason].retryHelps !== 'no';

/** As it is on record; a host that is done, or on its way, was not acted on by this request. */
const answered = (host: RecordedHost): ActionResult['hosts'][number] => {
  const answer = resultOfHost(host);
  return isOpen(host) || host.outcome === 'done' ? { ...answer, outcome: 'unchanged' } : answer;
};

/** Those of the hosts that were held up, by the earliest of the records. */
const blockedHostsIn = (
  records: readonly RecordOfRequest[],
  hosts: readonly HostReference[]
): readonly BlockedHosts[] => {
  const oldestFirst = [...records].sort((a, b) => a.sortKey - b.sortKey);
  return hosts.flatMap((reference): BlockedHosts[] => {
    for (const { requestedAt, hosts: recorded } of oldestFirst) {
      const host = recorded.filter(isBlocked).find(mayBe(reference));
      if (host !== undefined) return [{ reference, host, since: Date.parse(requestedAt) }];
    }
    return [];
  });
};

/** One answer for an agent that the request names twice. */
const distinctAgents = (hosts: ActionResult['hosts']): ActionResult['hosts'] => [
  ...new Map(hosts.map((host) => [host.agentId, host])).values(),
];

/**
 * The same as `performAction`, but for a rule's request about alerts that it gave before: then hosts that
 * were answered are answered alike, without a command and without another record. Throws as
 * `performAction` does, and when it cannot be found out what was done before; nothing is sent then.
 */
export async function performOncePerAlert(
  request: ActionRequest,
  ports: ActionPorts,
  earlier: EarlierActions
): Promise<ActionResult> {
  const fingerprint = fingerprintOf(request);
  if (fingerprint === undefined) return performAction(request, ports);
  const marked = { ...request, requestFingerprint: fingerprint };
  const records = await earlier.ofRequest(fingerprint);
  const [latest] = records;
  if (latest === undefined) return performAction(marked, ports);
  const standing = records.flatMap(({ hosts }) =>
    hosts.filter((host) => !mayBeTriedAgain(host) && !isBlocked(host))
  );
  const open = request.hosts.filter((host) => !standing.some(mayBe(host)));
  const found = new Set(request.hosts.flatMap((host) => standing.find(mayBe(host)) ?? []));
  const answers = [...found].map(answered);
  const [refusal] = records.flatMap((record) => recordedRefusal(record) ?? []);
  if (refusal !== undefined) {
    // The record of a request that was refused as a whole does not list all of its hosts.
    return {
      actionId: latest.actionId,
      hosts: [...answers, ...allRefused({ ...request, hosts: open }, refusal)],
    };
  }
  const held = await resultsOfBlockedHosts(request, blockedHostsIn(records, open), ports, earlier);
  const left = open.filter((host) => !held.has(host));
  const told = [...answers, ...distinctAgents([...held.values()]), ...refusedResults(request)];
  if (left.length === 0) return { actionId: latest.actionId, hosts: told };
  // What nobody can act on is recorded by now.
  const result = await performAction({ ...marked, hosts: left, refusedHosts: [] }, ports);
  return { actionId: result.actionId, hosts: [...result.hosts, ...told] };
}
