import { foundAgent, type HostStatus } from '../../common/agent';
import type { ActionName } from '../../common/outcome';
import type { ShownStatus } from './network_status';

/**
 * What is expected of a host after SentinelOne accepted an action, until its status speaks of it: a
 * request that was accepted is "Isolating…", even in the moment before SentinelOne says so.
 */
export interface Expectation {
  readonly action: ActionName;
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number;
}

/** By agent id. */
export type Expectations = ReadonlyMap<string, Expectation>;

/** Milliseconds after which SentinelOne's silence is told as it is. */
export const PATIENCE = 30_000;

const SIGNS: Readonly<Record<ActionName, readonly ShownStatus[]>> = {
  isolate: ['isolating', 'isolated'],
  release: ['releasing', 'connected', 'offline'],
};

/** True once SentinelOne's status speaks of the action. */
export const isMet = ({ action }: Expectation, status: ShownStatus): boolean =>
  SIGNS[action].includes(status);

/** The status to show: SentinelOne's, but for the moments in which it has not caught up. */
export function statusWith(
  expectation: Expectation | undefined,
  status: ShownStatus,
  now: number
): ShownStatus {
  if (expectation === undefined || isMet(expectation, status)) return status;
  // In both directions: the browser's clock may have been set back.
  if (Math.abs(now - expectation.acceptedAt) > PATIENCE) return status;
  return expectation.action === 'isolate' ? 'isolating' : 'releasing';
}

/** What is expected of the host that SentinelOne speaks of. */
export const expectationOf = (
  expectations: Expectations,
  status: HostStatus
): Expectation | undefined => {
  const agent = foundAgent(status);
  return agent === undefined ? undefined : expectations.get(agent.id);
};
