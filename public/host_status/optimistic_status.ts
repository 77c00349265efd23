import type { ActionName } from '../../common/actions/action_name';
import type { Outcome } from '../../common/actions/outcome';
import { isNotBefore, type Moment } from './moment';
import { inProgressOf, reachedBy, type ShownStatus } from './network_status';

/**
 * What is expected of a host after SentinelOne accepted an action, until its status reflects the action: a request
 * that was accepted is "Isolating…", even in the moment before SentinelOne reports it. A status that was read before
 * the acceptance says nothing about the action, whenever it arrives.
 */
export interface OptimisticStatus {
  readonly action: ActionName;
  /** The record of the action: when it says that the action failed, nothing is expected any more. */
  readonly actionId: string;
  /** How SentinelOne's answer was; only those after which the host is, or is going to be, as wanted. */
  readonly outcome: Outcome;
  /** By then SentinelOne had accepted it. */
  readonly acceptedAt: Moment;
  /** Whether some status has reflected it since; others may have been read before that one. */
  readonly isMet?: true;
}

/** Milliseconds after the acceptance from which on a status that does not reflect the action is shown as it is. */
export const PATIENCE = 30_000;

/** The statuses that reflect an action. */
const signsOf = (action: ActionName): readonly ShownStatus[] => [
  inProgressOf(action, 'online'),
  inProgressOf(action, 'offline'),
  ...reachedBy(action),
];

/** A status as SentinelOne reported it. */
export interface ReadStatus {
  readonly label: ShownStatus;
  /** When SentinelOne was asked. */
  readonly read: Moment;
  /** False when SentinelOne reports that the agent does not talk to it. */
  readonly isOnline: boolean;
}

/** Whether a status can tell what became of the action: it was read after the acceptance. */
export const isComparable = (
  { acceptedAt }: OptimisticStatus,
  { read }: Pick<ReadStatus, 'read'>
): boolean => isNotBefore(read, acceptedAt);

/** True once a status that was read after the acceptance reflects the action. */
export const isMet = (optimisticStatus: OptimisticStatus, status: ReadStatus): boolean =>
  isComparable(optimisticStatus, status) && signsOf(optimisticStatus.action).includes(status.label);

/** The status to show: SentinelOne's, but for the time until it reflects the action. */
export function statusWith(
  optimisticStatus: OptimisticStatus | undefined,
  status: ReadStatus
): ShownStatus {
  if (optimisticStatus === undefined || isMet(optimisticStatus, status)) return status.label;
  const { action, outcome, acceptedAt } = optimisticStatus;
  if (isComparable(optimisticStatus, status)) {
    if (optimisticStatus.isMet === true) return status.label;
    if (status.read.earliest - acceptedAt.latest > PATIENCE) return status.label;
  } else if (outcome !== 'requested' && signsOf(action).includes(status.label)) {
    // SentinelOne reported it with the answer to the action, and before.
    return status.label;
  }
  return inProgressOf(action, status.isOnline ? 'online' : 'offline');
}
