import type { ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { PROPERTY_DEFINITIONS, type ReadAgent } from '../../common/hosts/host_property';
import type { Outcome } from '../../common/actions/outcome';
import { isNotBefore, type Moment } from './moment';
import { inProgressOf, type ShownStatus } from './network_status';

/**
 * The expected status of a host after SentinelOne accepted an action, until a reading reflects the action: an accepted
 * isolation is shown as "Isolating…" even before SentinelOne reports it. A status that was read before the acceptance
 * contains no information about the action, whenever it arrives.
 */
export interface OptimisticStatus {
  readonly action: ActionName;
  /** The id of the action's record. When the record says that the action failed, the expectation is removed. */
  readonly actionId: string;
  /** The outcome of the request: only those after which the host has, or will have, the requested status. */
  readonly outcome: Outcome;
  /** When the action was requested, ISO 8601. */
  readonly requestedAt: string;
  /** SentinelOne accepted the action at this moment or before. */
  readonly acceptedAt: Moment;
  /** Whether a reading has reflected the action. Readings that arrive later may have been made before that one. */
  readonly isReflected?: true;
}

/** Milliseconds after the acceptance during which a status that does not reflect the action is not shown. */
export const optimisticPeriod = (action: ActionName): number =>
  PROPERTY_DEFINITIONS[ACTION_DEFINITIONS[action].property].effectExpectedWithin;

/** What the agent shows of the action. */
const readingOf = (
  { action, requestedAt }: Pick<OptimisticStatus, 'action' | 'requestedAt'>,
  { agent }: Pick<ReadStatus, 'agent'>
) => ACTION_DEFINITIONS[action].read(agent, requestedAt).kind;

/** Whether the agent shows an effect of the action. */
const shows = (optimisticStatus: OptimisticStatus, status: ReadStatus): boolean =>
  ['reached', 'in_progress', 'failed'].includes(readingOf(optimisticStatus, status));

/** A status as SentinelOne reported it. */
export interface ReadStatus {
  readonly label: ShownStatus;
  readonly agent: ReadAgent;
  /** When the status was read from SentinelOne. */
  readonly read: Moment;
}

/** Whether a status can reflect the action, because it was read after the acceptance. */
export const isComparable = (
  { acceptedAt }: OptimisticStatus,
  { read }: Pick<ReadStatus, 'read'>
): boolean => isNotBefore(read, acceptedAt);

/** True once a status that was read after the acceptance reflects the action. */
export const isReflected = (optimisticStatus: OptimisticStatus, status: ReadStatus): boolean =>
  isComparable(optimisticStatus, status) && shows(optimisticStatus, status);

/** The status to show: the one from SentinelOne, except for the time until it reflects the action. */
export function statusWith(
  optimisticStatus: OptimisticStatus | undefined,
  status: ReadStatus
): ShownStatus {
  if (optimisticStatus === undefined || isReflected(optimisticStatus, status)) return status.label;
  const { action, outcome, acceptedAt } = optimisticStatus;
  if (isComparable(optimisticStatus, status)) {
    if (optimisticStatus.isReflected === true) return status.label;
    const isOver = status.read.earliest - acceptedAt.latest > optimisticPeriod(action);
    if (isOver && readingOf(optimisticStatus, status) !== 'undetermined') return status.label;
  } else if (outcome !== 'requested' && shows(optimisticStatus, status)) {
    // SentinelOne reported this status again with its answer to the action.
    return status.label;
  }
  return inProgressOf(action, status.agent.isActive === false ? 'offline' : 'online');
}
