import type { Send } from './transport';

/**
 * How long (ms) after an action began its commands may leave. A process that was suspended in the middle
 * must not wake up and command hosts on which others have decided meanwhile: what settles records, and
 * what takes over claims, counts on it.
 */
export const COMMANDS_LEAVE_WITHIN = 2 * 60_000;

/** `send`, but no command leaves from `deadline` on (ms since the epoch, by `clock`). Reads do. */
export const fencedSend =
  (send: Send, clock: () => number, deadline: number): Send =>
  async (request) => {
    if (request.method === 'GET' || clock() < deadline) return send(request);
    const minutes = COMMANDS_LEAVE_WITHIN / 60_000;
    const detail = `Kibana held the command back: the action began more than ${minutes} minutes ago`;
    return { ok: false, failure: { kind: 'not_allowed', detail } };
  };
