import { changeSameProperty } from '../../common/actions/catalogue';
import { isCoveredByRelease } from '../../common/actions/release_coverage';
import type { OpenRecordStore } from '../status_reconciliation/ports';
import type { AutomaticReleaseStore } from './ports';
import { hadEffect } from './release_hosts';

/**
 * The actions that isolated these agents and whose automatic release is pending, by agent. A later request on the agent
 * that had an effect ends that. A search: what was written in the last second may be missing.
 */
export async function pendingReleasesOn(
  tenant: string,
  agentIds: readonly string[],
  {
    store,
    laterOn,
  }: {
    readonly store: Pick<AutomaticReleaseStore, 'scheduledOn'>;
    readonly laterOn: OpenRecordStore['laterOn'];
  }
): Promise<ReadonlyMap<string, string>> {
  const scheduled = await store.scheduledOn(tenant, agentIds);
  if (scheduled.length === 0) return new Map();
  const later = await laterOn(
    tenant,
    agentIds,
    Math.min(...scheduled.map(({ sortKey }) => sortKey))
  );
  return new Map(
    agentIds.flatMap((agentId): Array<[string, string]> => {
      const own = scheduled.flatMap((record) =>
        record.hosts
          .filter((host) => host.agentId === agentId && isCoveredByRelease(host))
          .map((host) => ({ record, host }))
      );
      const latest = own.at(-1);
      if (latest === undefined) return [];
      const { record, host } = latest;
      const isOver = later.some(
        (one) =>
          one.sortKey > record.sortKey &&
          one.actionId !== record.actionId &&
          changeSameProperty(one.action, record.action) &&
          hadEffect(one, agentId)
      );
      return isOver ? [] : [[agentId, host.replacesReleaseOf ?? record.actionId]];
    })
  );
}
