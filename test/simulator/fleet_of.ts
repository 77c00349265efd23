import { makeAgent, type AgentSeed } from './agent';
import { timestamp } from './clock';

const FIRST_ID = 1_900_000_000_000_000_000n;

/**
 * `count` connected hosts, `host-00000` and on, for measurements: the same ids and UUIDs every time.
 * `at` (ms since the epoch) is when they were last seen.
 */
export function fleetOf(
  count: number,
  at: number = Date.parse('2024-07-03T03:45:00Z')
): AgentSeed[] {
  if (!Number.isInteger(count) || count < 0) throw new Error('The size of a fleet is 0 or more');
  const seen = timestamp(at);
  return Array.from({ length: count }, (_, position) =>
    makeAgent({
      id: String(FIRST_ID + BigInt(position) * 1_048_583n),
      computerName: `host-${String(position).padStart(5, '0')}`,
      lastActiveDate: seen,
      updatedAt: seen,
    })
  );
}
