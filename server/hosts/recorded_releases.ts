import { changeSameProperty } from '../../common/actions/catalogue';
import type { AutomaticRelease } from '../../common/actions/automatic_release';
import type { ActionRecord } from '../../common/actions/record';
import { isCoveredByRelease } from '../../common/actions/release_coverage';
import type { AutomaticReleaseStore } from '../automatic_release/ports';
import { hadEffect } from '../automatic_release/release_hosts';
import type { OpenRecordStore } from '../status_reconciliation/ports';

/** Reads when hosts are released automatically. */

/** The attributes of the first record of an action that are needed. */
export type TimedRecord = Pick<
  ActionRecord,
  'actionId' | 'action' | 'sortKey' | 'releaseAt' | 'automaticRelease' | 'handledHosts'
>;

export interface RecordedReleasesPorts {
  readonly scheduledOn: AutomaticReleaseStore['scheduledOn'];
  readonly laterActionsOn: OpenRecordStore['laterActionsOn'];
}

/** The automatic release of a host. */
export interface RecordedRelease {
  /** ISO 8601. */
  readonly releaseAt: string;
  readonly automaticRelease: AutomaticRelease;
  /** The action that it ends, in any space. */
  readonly releaseOf: string;
}

interface Candidate extends RecordedRelease {
  readonly record: TimedRecord;
}

/** The automatic release of a record, unless it has ended for this host. */
function candidateIn(record: TimedRecord | undefined, agentId: string): Candidate | undefined {
  const { releaseAt, automaticRelease, handledHosts = [] } = record ?? {};
  if (record === undefined || releaseAt == null || automaticRelease === undefined) return undefined;
  const { state } = automaticRelease;
  if (state !== 'scheduled' && state !== 'releasing') return undefined;
  return handledHosts.some((host) => host.agentId === agentId)
    ? undefined
    : { releaseAt, automaticRelease, releaseOf: record.actionId, record };
}

/**
 * Returns the pending automatic release of each of these isolated agents. It belongs to the action that isolated the
 * agent, or to a later request in any space that found it isolated and replaced the time. A later request on the host
 * ends it. `isolations` contains the first record of the action that isolated an agent; undefined if not known. Throws
 * what the searches throw.
 */
export async function recordedReleases(
  tenant: string,
  isolations: ReadonlyMap<string, TimedRecord | undefined>,
  { scheduledOn, laterActionsOn }: RecordedReleasesPorts
): Promise<ReadonlyMap<string, RecordedRelease>> {
  const scheduled = await scheduledOn(tenant, [...isolations.keys()]);
  const candidates = new Map<string, Candidate>();
  const consider = (agentId: string, record: TimedRecord | undefined): void => {
    const candidate = candidateIn(record, agentId);
    const known = candidates.get(agentId)?.record;
    if (candidate === undefined || (known?.sortKey ?? 0) > candidate.record.sortKey) return;
    candidates.set(agentId, candidate);
  };
  for (const [agentId, record] of isolations) consider(agentId, record);
  for (const record of scheduled) {
    for (const host of record.hosts) {
      if (host.agentId === null || !isCoveredByRelease(host)) continue;
      if (isolations.has(host.agentId)) consider(host.agentId, record);
    }
  }
  if (candidates.size === 0) return new Map();
  const first = Math.min(...[...candidates.values()].map(({ record }) => record.sortKey));
  const later = await laterActionsOn(tenant, [...candidates.keys()], first);
  return new Map(
    [...candidates].flatMap(
      ([agentId, { record, ...release }]): Array<[string, RecordedRelease]> => {
        const isOver = later.some(
          (one) =>
            one.sortKey > record.sortKey &&
            one.actionId !== record.actionId &&
            one.actionId !== release.automaticRelease.releaseActionId &&
            changeSameProperty(one.action, record.action) &&
            hadEffect(one, agentId)
        );
        return isOver ? [] : [[agentId, release]];
      }
    )
  );
}
