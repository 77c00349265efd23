import type { Send } from './transport';

/**
 * How long (ms) after the start of an action its commands may be sent. A process that was suspended
 * must not send commands after others have acted on the same hosts. Status reconciliation and the
 * takeover of host locks rely on this deadline.
 */
export const COMMANDS_LEAVE_WITHIN = 2 * 60_000;

/**
 * `send` that refuses commands after the deadline, counted from `began` (ms since the epoch, by
 * `clock`), and commands before `began`, which means that the clock was set back. Reads are always
 * sent.
 */
export const withCommandDeadline =
  (send: Send, clock: () => number, began: number): Send =>
  async (request) => {
    if (request.method === 'GET') return send(request);
    if (Math.abs(clock() - began) < COMMANDS_LEAVE_WITHIN) return send(request);
    const minutes = COMMANDS_LEAVE_WITHIN / 60_000;
    const detail = `Kibana did not send the command: the action started more than ${minutes} minutes ago`;
    return { ok: false, failure: { kind: 'not_allowed', detail } };
  };
