import type { Send } from './transport';

/**
 * How long (ms) after an action began its commands may leave. A process that was suspended in the middle
 * must not wake up and command hosts on which others have decided meanwhile: what settles records, and
 * what takes over claims, counts on it.
 */
export const COMMANDS_LEAVE_WITHIN = 2 * 60_000;

/**
 * `send`, but no command leaves later than that after `began` (ms since the epoch, by `clock`), nor when the clock
 * was set back so far that nobody can tell how long ago that was. Reads do.
 */
export const fencedSend =
  (send: Send, clock: () => number, began: number): Send =>
  async (request) => {
    if (request.method === 'GET') return send(request);
    if (Math.abs(clock() - began) < COMMANDS_LEAVE_WITHIN) return send(request);
    const minutes = COMMANDS_LEAVE_WITHIN / 60_000;
    const detail = `Kibana held the command back: the action began more than ${minutes} minutes ago`;
    return { ok: false, failure: { kind: 'not_allowed', detail } };
  };
