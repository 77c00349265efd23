import type { HostReference } from '../../common/api/connector';
import { REASON_CATALOG } from '../../common/actions/reasons';
import type { ActionResult } from '../../common/actions/outcome';
import { isOpen, type ActionRecord, type RecordedHost } from '../../common/actions/record';
import type { Actor } from '../../common/actions/actor';
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
import type { ISavedObjectsRepository } from '@kbn/core/server';
import { phrase } from '../kibana/saved_object_filter';
import { recordPages } from './record_store';
import { RECORD_ATTRIBUTES } from './saved_object_types';

/** A record may have a thousand hosts. */
const PER_PAGE = 20;
const FIELDS: ReadonlyArray<keyof RecordOfRequest> = [
  'actionId',
  'sortKey',
  'requestedAt',
  'hosts',
  'refusedRequest',
];

/** Finds the records of earlier identical requests in one space. */
export function savedObjectEarlierActions(
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): Pick<EarlierActions, 'ofRequest'> {
  return {
    async ofRequest(fingerprint) {
      const records: RecordOfRequest[] = [];
      const pages = recordPages<RecordOfRequest>(repository, {
        namespaces: [namespace ?? 'default'],
        filter: `${RECORD_ATTRIBUTES}.requestFingerprint: ${phrase(fingerprint)}`,
        fields: FIELDS,
        sortOrder: 'desc',
        perPage: PER_PAGE,
      });
      for await (const page of pages) records.push(...page.map(({ attributes }) => attributes));
      return records;
    },
  };
}

export interface FingerprintedRequest {
  readonly action: ActionName;
  /** The tenant whose hosts are meant. */
  readonly tenant: string;
  readonly actor: Actor;
  /** In any order; an id that is named twice counts once. */
  readonly alertIds: readonly string[];
}

/**
 * A SHA-256 hash (hexadecimal) of action, tenant, caller and alerts. A search by it finds only
 * records of identical requests.
 */
export function requestFingerprint({
  action,
  tenant,
  actor,
  alertIds,
}: FingerprintedRequest): string {
  // By the id of the API key, because names of API keys are not unique.
  const caller = [actor.username, actor.authentication, actor.apiKeyId ?? null];
  const request = JSON.stringify([action, tenant, caller, [...new Set(alertIds)].sort()]);
  return createHash('sha256').update(request).digest('hex');
}

/**
 * If the action of a rule ends with an error for one of its hosts, Kibana runs it again, up to twice, after at least
 * half a minute. Meanwhile another of its hosts may have been released, or its protection changed. So a repeated
 * request of a rule for the same alerts gets the recorded result of each host, and only failed hosts are tried
 * again. A host that was locked by another action is tried again unless another action followed.
 */

/** What is read of the record of an earlier request. */
type RecordOfRequest = Pick<
  ActionRecord,
  'actionId' | 'sortKey' | 'requestedAt' | 'hosts' | 'refusedRequest'
>;

/** Finds recorded actions. */
export interface EarlierActions extends ActionsOnAgents {
  /**
   * The records of requests with this fingerprint, latest first. Throws if they cannot be read.
   */
  ofRequest(fingerprint: string): Promise<readonly RecordOfRequest[]>;
}

/**
 * Kibana names the API key of a rule `Alerting: <rule type>/<rule name>`. A script can give its key such a
 * name, but only gets results of its own requests, because the fingerprint contains the id of the key.
 */
const isRule = ({ actor: { apiKey, apiKeyId } }: ActionRequest): boolean =>
  apiKeyId !== undefined && apiKey !== undefined && apiKey.startsWith('Alerting: ');

/** The fingerprint of a rule's request; undefined for requests that are never deduplicated. */
const fingerprintOf = (request: ActionRequest): string | undefined => {
  const { alertIds = [] } = request;
  return isRule(request) && alertIds.length > 0
    ? requestFingerprint({ ...request, alertIds })
    : undefined;
};

/** Whether the recorded host may be the host of the request: one identifier is enough. */
const mayBe =
  ({ uuid, agentId }: HostReference) =>
  (host: RecordedHost): boolean =>
    (agentId !== undefined && agentId === host.agentId) ||
    (uuid !== undefined && uuid.toLowerCase() === host.uuid?.toLowerCase());

/** Whether a retry is possible: the action failed without a lasting effect. */
const mayBeTriedAgain = ({ outcome, reason }: RecordedHost): boolean =>
  outcome === 'failed' && reason !== undefined && REASON_CATALOG[reason].retryHelps !== 'no';

/**
 * The result from the record. A host that is done or in progress is `unchanged`, because this
 * request did not act on it.
 */
const answered = (host: RecordedHost): ActionResult['hosts'][number] => {
  const answer = resultOfHost(host);
  return isOpen(host) || host.outcome === 'done' ? { ...answer, outcome: 'unchanged' } : answer;
};

/** The blocked hosts, by the earliest of the records. */
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

/** Returns one result for an agent that the request names twice. */
const distinctAgents = (hosts: ActionResult['hosts']): ActionResult['hosts'] => [
  ...new Map(hosts.map((host) => [host.agentId, host])).values(),
];

/**
 * Like `performAction`, but when a rule repeats a request for the same alerts, hosts with a
 * recorded result get that result again, without a command and without another record. Throws as
 * `performAction` does, and if earlier records cannot be read; then nothing is sent.
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
  // Hosts that cannot be acted on are already recorded.
  const result = await performAction({ ...marked, hosts: left, refusedHosts: [] }, ports);
  return { actionId: result.actionId, hosts: [...result.hosts, ...told] };
}
