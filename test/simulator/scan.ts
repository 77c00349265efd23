import type { Agent, Switches } from './agent';

/**
 * The full disk scan of an agent. An agent that is online begins a scan that was initiated, reports `started`, and
 * ends it as its switch `scan` says. An agent that is offline does nothing until it is back.
 */

/** The result of a scan: the agent finishes it, never begins it, never ends it, or aborts it by itself. */
export const SCAN_BEHAVIOURS = ['finishes', 'neverBegins', 'neverEnds', 'aborts'] as const;
export type ScanBehaviour = (typeof SCAN_BEHAVIOURS)[number];

export type ScanCommand = 'initiate-scan' | 'abort-scan';

/** What the agent does next. */
export type ScanStep = 'begin' | 'finish' | 'abort';

/** The step that follows the status that an agent has; null for none. */
export const stepAfter = (
  { scanStatus }: Pick<Agent, 'scanStatus'>,
  { scan }: Switches
): ScanStep | null => {
  if (scanStatus !== 'started' || scan === 'neverEnds') return null;
  return scan === 'aborts' ? 'abort' : 'finish';
};

/** The step after a command, and whether the command changes anything. */
export function stepAfterCommand(
  command: ScanCommand,
  { scanStatus }: Pick<Agent, 'scanStatus'>,
  pending: ScanStep | null
): { readonly step: ScanStep | null; readonly changes: boolean } {
  const isRunning = scanStatus === 'started';
  if (command === 'initiate-scan') {
    return isRunning || pending === 'begin'
      ? { step: pending, changes: false }
      : { step: 'begin', changes: true };
  }
  if (isRunning) return { step: 'abort', changes: pending !== 'abort' };
  // A scan that has not begun is withdrawn.
  return { step: null, changes: pending === 'begin' };
}

/** Whether the agent ever takes the step. */
export const takesStep = (step: ScanStep, { scan }: Switches): boolean =>
  step !== 'begin' || scan !== 'neverBegins';

/** How long a step takes, in ms: an agent begins and aborts like it carries out any command. */
export const durationOf = (
  step: ScanStep,
  { scan }: Switches,
  { settleMs, scanMs }: { readonly settleMs: number; readonly scanMs: number }
): number => (step === 'finish' || (step === 'abort' && scan === 'aborts') ? scanMs : settleMs);

/** The agent after a step at this time, ISO 8601. */
export function afterStep(agent: Agent, step: ScanStep, at: string): Agent {
  const updated = { ...agent, updatedAt: at };
  switch (step) {
    case 'begin':
      return { ...updated, scanStatus: 'started', scanStartedAt: at };
    case 'finish':
      return {
        ...updated,
        scanStatus: 'finished',
        scanFinishedAt: at,
        fullDiskScanLastUpdatedAt: at,
      };
    case 'abort':
      return { ...updated, scanStatus: 'aborted', scanAbortedAt: at };
  }
}
