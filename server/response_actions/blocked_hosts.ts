import type { ActionName } from '../../common/actions/action_name';
import {
  ACTION_DEFINITIONS,
  areOpposite,
  changeSameProperty,
} from '../../common/actions/catalogue';
import type { HostReference } from '../../common/api/connector';
import type { HostResult } from '../../common/actions/outcome';
import { sortKeyOf, type RecordedHost } from '../../common/actions/record';
import { HOST_LOCKS_EXPIRE_AFTER } from './host_locks';
import { planAction, type ActionRequest } from './plan_action';
import type { ActionPorts } from './perform_action';
import { resultOfHost, wasAccepted } from './host_result';

/**
 * Hosts that were refused because another action had locked them. No command was sent for this
 * request, but commands may have been sent for the other action or a later one.
 */

/** A blocked host of a request. */
export interface BlockedHosts {
  readonly reference: HostReference;
  readonly host: RecordedHost & { readonly agentId: string };
  /** When the request was made (ms since the epoch). */
  readonly since: number;
}

export const isBlocked = (host: RecordedHost): host is BlockedHosts['host'] =>
  host.outcome === 'refused' && host.reason === 'in_flight' && host.agentId !== null;

export interface ActionsOnAgents {
  /**
   * Returns the records of any space that were written after the one with this `sortKey` and contain one of these
   * agents of the tenant, with these agents only. Records in which every host was refused may be left out. Throws if
   * they cannot be read.
   */
  on(
    agentIds: readonly string[],
    sortKey: number
  ): Promise<
    ReadonlyArray<{
      readonly action: ActionName;
      readonly hosts: ReadonlyArray<
        Pick<RecordedHost, 'agentId' | 'outcome' | 'reason' | 'endedAt'>
      >;
    }>
  >;
}

/**
 * Returns the agents whose property an action has changed, or may have, since the request was blocked or shortly
 * before.
 */
async function actedOn(
  { action }: ActionRequest,
  blockedHosts: readonly BlockedHosts[],
  { hostLocks, clock }: Pick<ActionPorts, 'hostLocks' | 'clock'>,
  earlier: ActionsOnAgents
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(blockedHosts.map(({ host }) => host.agentId))];
  // The other action may have held the host lock, and written its record, for as long as a host lock lasts. It cannot
  // have done so in the future, even if the clock of another Kibana node is ahead.
  const from =
    Math.min(clock(), ...blockedHosts.map(({ since }) => since)) - HOST_LOCKS_EXPIRE_AFTER;
  const records = await earlier.on(ids, sortKeyOf(new Date(from).toISOString(), '', 0));
  const acted = new Set<string>();
  const onProperty = records.filter((record) => changeSameProperty(record.action, action));
  for (const host of onProperty.flatMap(({ hosts }) => hosts)) {
    if (host.agentId !== null && (host.outcome === 'pending' || wasAccepted(host))) {
      acted.add(host.agentId);
    }
  }
  // A search may not find records of the last second.
  for (const [id, last] of await hostLocks.lastOn(ids, ACTION_DEFINITIONS[action].property)) {
    if (areOpposite(last.action, action) && Date.parse(last.since) >= from) acted.add(id);
  }
  return acted;
}

/**
 * Returns results for the hosts that must no longer receive the command, because another action on them has followed.
 * Such a host is `unchanged` if it has the requested state now; otherwise it stays refused. Only reads. Throws if later
 * actions cannot be read.
 */
export async function resultsOfBlockedHosts(
  request: ActionRequest,
  blockedHosts: readonly BlockedHosts[],
  ports: Pick<ActionPorts, 'hostLocks' | 'clock' | 'hostAction'>,
  earlier: ActionsOnAgents
): Promise<ReadonlyMap<HostReference, HostResult>> {
  if (blockedHosts.length === 0) return new Map();
  const acted = await actedOn(request, blockedHosts, ports, earlier);
  const final = blockedHosts.filter(({ host }) => acted.has(host.agentId));
  if (final.length === 0) return new Map();
  const hosts = final.map(({ reference }) => reference);
  const there = new Map<string, HostResult>();
  for (const entry of await planAction({ ...request, hosts }, ports)) {
    if (entry.kind !== 'end' || entry.result.outcome !== 'unchanged') continue;
    if (entry.result.agentId !== null) there.set(entry.result.agentId, resultOfHost(entry.result));
  }
  return new Map(
    final.map(({ reference, host }) => [reference, there.get(host.agentId) ?? resultOfHost(host)])
  );
}
