import type { RecordedHost } from './record';

/**
 * Whether the automatic release of an action applies to this host of the action: the action isolated the host, or may
 * have, or it replaced an earlier automatic release of a host that was already isolated.
 */
export const isCoveredByRelease = ({
  outcome,
  agentId,
  replacesReleaseOf,
}: Pick<RecordedHost, 'outcome' | 'agentId' | 'replacesReleaseOf'>): boolean =>
  agentId !== null &&
  (outcome === 'done' ||
    outcome === 'requested' ||
    outcome === 'pending' ||
    (outcome === 'unchanged' && replacesReleaseOf !== undefined));
