import type {
  AutomaticRelease,
  AutomaticReleaseOutcome,
  HandledHost,
} from '../../common/actions/automatic_release';
import { isOpen, type ActionRecord, type RecordedHost } from '../../common/actions/record';
import { REASON_CATALOG, type Reason } from '../../common/actions/reasons';
import type { LaterRecord, ReadProblem } from '../status_reconciliation/ports';

/** Reads the outcome of each host from the record of a release. Makes no requests. */

/** Reasons for which a host was isolated again after the release took effect. */
const ISOLATED_AGAIN: readonly Reason[] = ['undone', 'superseded'];
/** Reasons after which a refused release is tried again. */
const TRIED_AGAIN: readonly Reason[] = ['in_flight', 'superseded'];

export type HostOutcome =
  | { readonly kind: 'open'; readonly problem: ReadProblem | null }
  | { readonly kind: 'handled'; readonly as: Omit<HandledHost, 'agentId' | 'name' | 'at'> }
  | { readonly kind: 'again'; readonly problem: ReadProblem };

const problemIn = (
  { reason, detail }: RecordedHost,
  fallback: Reason
): { readonly reason: Reason; readonly detail?: string } => ({
  reason: reason ?? fallback,
  ...(detail === undefined ? {} : { detail }),
});

/**
 * Whether the command may have been sent to this host. An interrupted command left no evidence in time; an agent that
 * has the requested state is evidence.
 */
const mayHaveBeenSent = ({ outcome, reason }: Pick<RecordedHost, 'outcome' | 'reason'>): boolean =>
  outcome !== 'refused' &&
  outcome !== 'unchanged' &&
  (outcome !== 'failed' ||
    reason === undefined ||
    reason === 'interrupted' ||
    REASON_CATALOG[reason].sent !== 'no');

/** How a host that is found released is handled: by one of these releases of the task, or by somebody else. */
export const foundReleased = (
  agentId: string,
  releases: ReadonlyArray<Pick<LaterRecord, 'hosts'>>
): 'sent' | 'released' =>
  releases.some(({ hosts }) =>
    hosts.some((host) => host.agentId === agentId && mayHaveBeenSent(host))
  )
    ? 'sent'
    : 'released';

/**
 * Returns the outcome of a host in the record of a release. `earlier` are the records of the releases that the task sent
 * before for the same action.
 */
export function outcomeOf(
  host: RecordedHost,
  earlier: ReadonlyArray<Pick<LaterRecord, 'hosts'>>
): HostOutcome {
  const { outcome, reason } = host;
  if (isOpen(host)) {
    const isWaiting = reason === undefined || reason === 'waiting';
    return { kind: 'open', problem: isWaiting ? null : problemIn(host, 'waiting') };
  }
  if (outcome === 'done') return { kind: 'handled', as: { kind: 'sent' } };
  if (outcome === 'unchanged') {
    return { kind: 'handled', as: { kind: foundReleased(host.agentId ?? '', earlier) } };
  }
  if (outcome === 'failed') {
    return reason !== undefined && ISOLATED_AGAIN.includes(reason)
      ? { kind: 'handled', as: { kind: 'isolated_again' } }
      : { kind: 'again', problem: problemIn(host, 'unexpected_answer') };
  }
  return reason !== undefined && TRIED_AGAIN.includes(reason)
    ? { kind: 'again', problem: problemIn(host, 'in_flight') }
    : { kind: 'handled', as: { kind: 'failed', ...problemIn(host, 'not_found') } };
}

/** Returns the outcome of an automatic release with these hosts. */
export function finalOutcome(handled: readonly HandledHost[]): AutomaticReleaseOutcome {
  if (handled.some(({ kind }) => kind === 'failed')) return 'failed';
  return handled.some(({ kind }) => kind === 'sent') ? 'done' : 'not_needed';
}

/** Returns the ended automatic release; `now` is ISO 8601. */
export const endedRelease = (
  release: AutomaticRelease,
  handled: readonly HandledHost[],
  now: string
): AutomaticRelease => ({
  ...release,
  state: 'ended',
  outcome: finalOutcome(handled),
  problem: null,
  nextCheckAt: null,
  endedAt: now,
});

export const storedProblem = ({ reason, detail }: ReadProblem): AutomaticRelease['problem'] => ({
  reason,
  detail: detail ?? null,
});

/** The record's host with that id. */
export const hostIn = (
  groups: readonly ActionRecord[],
  agentId: string
): RecordedHost | undefined =>
  groups.flatMap(({ hosts }) => hosts).find((host) => host.agentId === agentId);
