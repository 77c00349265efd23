import type { RetryPorts } from './retry';
import type { ApiAnswer, Send } from './transport';

/** How long (ms) somebody who looks at hosts waits for SentinelOne, all tries included. */
export const READ_DEADLINE = 15_000;

/** What the detail of a failed request says when nothing came within `milliseconds`. */
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
 * `send` and `ports` for reads that end within `within` ms from now, all tries and pauses included: no request
 * is waited for longer, none leaves later, and no pause begins that would end later. For reads only.
 */
export function readsWithin(
  within: number,
  send: Send,
  ports: RetryPorts,
  clock: () => number
): TimedReads {
  const until = clock() + within;
  // A clock that was set back gives nobody more time.
  const left = (): number => Math.min(within, until - clock());
  return {
    send: async (request) =>
      left() <= 0 ? passed(within) : send({ ...request, timeoutMs: left() }),
    ports: { ...ports, longestPause: left },
  };
}
