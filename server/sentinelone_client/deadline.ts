import type { RetryPorts } from './retry';
import type { ApiAnswer, Send } from './transport';

/**
 * How long (ms) after the start of an action its commands may be sent. A process that was suspended
 * must not send commands after others have acted on the same hosts. Status reconciliation and the
 * takeover of host locks rely on this deadline.
 */
export const COMMAND_DEADLINE = 2 * 60_000;

/**
 * `send` that refuses commands after the deadline, counted from `began` (ms since the epoch, by
 * `clock`), and commands before `began`, which means that the clock was set back. Reads are always
 * sent.
 */
export const withCommandDeadline =
  (send: Send, clock: () => number, began: number): Send =>
  async (request) => {
    if (request.method === 'GET') return send(request);
    if (Math.abs(clock() - began) < COMMAND_DEADLINE) return send(request);
    const minutes = COMMAND_DEADLINE / 60_000;
    const detail = `Kibana did not send the command: the action started more than ${minutes} minutes ago`;
    return { ok: false, failure: { kind: 'not_allowed', detail } };
  };

/** How long (ms) a viewer of hosts waits for SentinelOne, all attempts included. */
export const READ_DEADLINE = 15_000;

/** The detail of a request without a complete answer within `milliseconds`. */
export const noAnswerWithin = (milliseconds: number): string =>
  `No complete answer within ${Math.round(milliseconds / 100) / 10} s`;

const passed = (deadline: number): ApiAnswer => ({
  ok: false,
  failure: { kind: 'lost', timedOut: true, detail: noAnswerWithin(deadline) },
});

export interface TimedReads {
  readonly send: Send;
  readonly ports: RetryPorts;
}

/**
 * `send` and `ports` for reads that end within `within` ms from now, all attempts and pauses
 * included. No request starts or lasts beyond that time, and no pause starts that would end later.
 * For reads only.
 */
export function readsWithin(
  within: number,
  send: Send,
  ports: RetryPorts,
  clock: () => number
): TimedReads {
  const until = clock() + within;
  // If the clock is set back, the time does not get longer.
  const left = (): number => Math.min(within, until - clock());
  return {
    send: async (request) =>
      left() <= 0 ? passed(within) : send({ ...request, timeoutMs: left() }),
    ports: { ...ports, longestPause: left },
  };
}
