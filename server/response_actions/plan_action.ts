import { setImmediate } from 'node:timers/promises';
import type { Agent } from '../../common/hosts/agent';
import type { HostActionParams, HostReference } from '../../common/api/connector';
import { identityInResult, namesOf } from '../../common/hosts/host_identity';
import type { AppliedProtection } from '../../common/hosts/protection_settings';
import { LIMITS } from '../../common/lib/constants';
import { isRefusal, type Refusal } from '../../common/actions/reasons';
import type { ActionName } from '../../common/actions/action_name';
import type { EndedAction } from '../../common/actions/automatic_release';
import type { HostResult } from '../../common/actions/outcome';
import type { Actor } from '../../common/actions/actor';
import type { ActionRecord } from '../../common/actions/record';
import type { RefusedHost } from '../../common/api/rule_hosts';
import type { ApiProblem } from '../sentinelone_client/failure';
import type { HostAction, LookUp } from '../sentinelone_client/host_action';
import { applyGuards, namedBySentinelOne, type GuardContext } from './guards';
import { mergeByAgent, type NamedProgress, type Progress } from './merge_by_agent';
import type { DryRunResult } from '../../common/api/setup';

/** Plans an action: the progress of its hosts before anything is locked, recorded or sent. */

/**
 * What an action would do with each host. Runs all checks of an action, which includes reading the
 * hosts from SentinelOne, but takes no host lock, writes no record and sends no command.
 */
export async function dryRun(
  request: ActionRequest,
  ports: { readonly hostAction: Pick<HostAction, 'lookUp'> }
): Promise<DryRunResult> {
  const progress = await planAction(request, ports);
  const hosts = progress.map((entry): DryRunResult['hosts'][number] => {
    if (entry.kind === 'send') {
      const waits = entry.agent.isActive === false ? ({ reason: 'offline' } as const) : {};
      return { ...namedBySentinelOne(entry.agent), outcome: 'would_be_sent', ...waits };
    }
    if (entry.kind === 'await_approval') {
      const detail = 'Another user has to approve its isolation';
      const { agent } = entry;
      return { ...namedBySentinelOne(agent), outcome: 'refused', reason: 'protected', detail };
    }
    const { uuid, agentId, name, outcome, reason, detail } = entry.result;
    return {
      ...{ uuid, agentId, name },
      outcome: outcome === 'unchanged' || outcome === 'refused' ? outcome : 'failed',
      ...(reason === undefined ? {} : { reason }),
      ...(detail === undefined ? {} : { detail }),
    };
  });
  return { hosts };
}

export interface ActionRequest extends Omit<
  HostActionParams,
  'overrideComment' | 'requestApproval' | 'releaseAfterMinutes' | 'releaseAt'
> {
  readonly action: ActionName;
  /** A UUID, made by the caller. */
  readonly actionId: string;
  readonly actor: Actor;
  readonly connectorId: string;
  /** The origin of the connector's tenant. */
  readonly tenant: string;
  /** The settings that apply in the space. */
  readonly guards: Pick<AppliedProtection, 'protectedHosts' | 'maxHosts'>;
  /** Whether the caller may isolate protected hosts, if they requested it. */
  readonly override?: GuardContext['override'];
  /** Whether another user's approval of the isolation of protected hosts is requested, or given. */
  readonly approval?: GuardContext['approval'];
  /**
   * Whether the caller is a rule or an API key. Then each host must be named by two matching
   * identifiers.
   */
  readonly isAutomation: boolean;
  /** Identifies repeated requests of a rule; see `requestFingerprint`. */
  readonly requestFingerprint?: string;
  /** The alerts of `alertIds` for which it was not verified that the caller can read them. */
  readonly unverifiedAlertIds?: readonly string[];
  /** Hosts of a rule's alerts that cannot be acted on. They are recorded as refused. */
  readonly refusedHosts?: readonly RefusedHost[];
  /** ISO 8601: when the action ends automatically; only for actions of which the catalogue says that they can. */
  readonly releaseAt?: string;
  /** For an automatic release: the action that it ends. */
  readonly endsAction?: EndedAction;
  /** Refuses every host before any request to SentinelOne. */
  readonly refuseAll?: RequestRefusal;
}

/** Why a request is refused as a whole. */
export interface RequestRefusal {
  readonly reason: Refusal;
  readonly detail?: string;
}

interface LookUpPorts {
  readonly hostAction: Pick<HostAction, 'lookUp'>;
}

export const failed = (
  host: Pick<HostResult, 'uuid' | 'agentId' | 'name'>,
  { reason, detail }: ApiProblem
): HostResult => ({
  ...host,
  outcome: 'failed',
  reason,
  ...(detail === undefined ? {} : { detail }),
});

const identityOf = (host: HostReference): string =>
  JSON.stringify([host.uuid, host.agentId, namesOf(host), host.confirmedName]);

/**
 * Removes identical references. References to the same agent under different names are merged after
 * the look-up.
 */
function distinct(hosts: readonly HostReference[]): readonly HostReference[] {
  return [...new Map(hosts.map((host) => [identityOf(host), host])).values()];
}

export const guardLookUp = (
  { action, guards: { protectedHosts }, override, approval, isAutomation }: ActionRequest,
  host: HostReference,
  lookUp: LookUp
): Progress =>
  lookUp.ok
    ? applyGuards(action, host, lookUp.status, { protectedHosts, override, approval, isAutomation })
    : { kind: 'end', result: failed(identityInResult(host), lookUp.problem) };

/** Hosts that SentinelOne found and that are not refused. */
const isCounted = (entry: Progress): boolean =>
  entry.kind !== 'end' || entry.result.outcome === 'unchanged';
export const isAwaiting = (
  entry: Progress
): entry is Extract<Progress, { readonly kind: 'await_approval' }> =>
  entry.kind === 'await_approval';

/** Refuses the found hosts if their number exceeds the limit in the settings. */
function withinLimit(
  progress: readonly Progress[],
  { guards: { maxHosts } }: ActionRequest
): readonly Progress[] {
  const count = progress.filter(isCounted).length;
  if (count > maxHosts) {
    return tooMany(progress, isCounted, `${count} hosts; the settings allow ${maxHosts}`);
  }
  const awaiting = progress.filter(isAwaiting).length;
  if (awaiting <= LIMITS.hostsPerApproval) return progress;
  const detail = `${awaiting} protected hosts; one request for approval can have ${LIMITS.hostsPerApproval}`;
  return tooMany(progress, isAwaiting, detail);
}

/** Refuses some hosts because they are too many. */
function tooMany(
  progress: readonly Progress[],
  isRefused: (entry: Progress) => boolean,
  detail: string
): readonly Progress[] {
  return progress.map((entry): Progress => {
    if (!isRefused(entry)) return entry;
    const { uuid, agentId, name } =
      entry.kind === 'end' ? entry.result : namedBySentinelOne(entry.agent);
    const refusal = { outcome: 'refused', reason: 'too_many', detail } as const;
    return { kind: 'end', result: { uuid, agentId, name, ...refusal } };
  });
}

/** Why the request of this record was refused as a whole; undefined if it was not. */
export function recordedRefusal({
  refusedRequest,
  hosts: [host],
}: Pick<ActionRecord, 'refusedRequest' | 'hosts'>): RequestRefusal | undefined {
  if (refusedRequest === undefined || !isRefusal(host?.reason)) return undefined;
  const { reason, detail } = host;
  return { reason, ...(detail === undefined ? {} : { detail }) };
}

/** Hosts that are checked without a pause. */
const HOSTS_AT_ONCE = 50;

async function lookUpAndDecide(
  request: ActionRequest,
  { hostAction }: LookUpPorts
): Promise<readonly Progress[]> {
  const named = distinct(request.hosts);
  const lookUps = await hostAction.lookUp(named);
  const namings: NamedProgress[] = [];
  for (const [n, reference] of named.entries()) {
    // There may be thousands of patterns to match. Let Kibana serve other requests in between.
    if (n > 0 && n % HOSTS_AT_ONCE === 0) await setImmediate();
    namings.push({ reference, progress: guardLookUp(request, reference, lookUps[n]!) });
  }
  return [
    ...withinLimit(mergeByAgent(namings, { mustBeNamedTwice: request.isAutomation }), request),
    ...refusedResults(request).map((result): Progress => ({ kind: 'end', result })),
  ];
}

/** Returns the recorded results of the hosts that could not be looked up at all. */
export const refusedResults = ({
  refusedHosts = [],
}: Pick<ActionRequest, 'refusedHosts'>): readonly HostResult[] =>
  refusedHosts.map(({ name = null, reason, detail }) => ({
    ...{ uuid: null, agentId: null, name },
    outcome: 'refused',
    reason,
    detail,
  }));

/** Returns the results of a request that is refused as a whole. */
export function allRefused(
  { hosts, ...request }: Pick<ActionRequest, 'hosts' | 'refusedHosts'>,
  { reason, detail }: RequestRefusal
): ReadonlyArray<HostResult & { readonly outcome: 'refused' }> {
  const end = { outcome: 'refused' as const, reason, ...(detail === undefined ? {} : { detail }) };
  return [
    ...distinct(hosts).map((host) => ({ ...identityInResult(host), ...end })),
    ...refusedResults(request).map(({ name }) => ({ uuid: null, agentId: null, name, ...end })),
  ];
}

/** Plans an action: the progress of each host before anything is locked, recorded or sent. */
export async function planAction(
  request: ActionRequest,
  ports: LookUpPorts
): Promise<readonly Progress[]> {
  const { refuseAll } = request;
  if (refuseAll === undefined) return lookUpAndDecide(request, ports);
  return allRefused(request, refuseAll).map((result) => ({ kind: 'end', result }));
}

export const agentsToSend = (progress: readonly Progress[]): readonly Agent[] =>
  progress.flatMap((entry) => (entry.kind === 'send' ? [entry.agent] : []));
