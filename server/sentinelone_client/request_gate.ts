import type { Send } from './transport';

/**
 * Limits the rate of requests to one tenant. SentinelOne accepts 25 requests a second for agents
 * and their actions together. Of two simultaneous requests it throttles the second, which then
 * waits for a second or longer. Requests of actions take precedence over waiting reads.
 */
export interface RequestGate {
  /** Resolves when the request may be sent. */
  enter(kind: RequestKind): Promise<void>;
}

export type RequestKind = 'action' | 'read';

/** Minimum pause (ms) between two requests, slightly longer than SentinelOne's 40 ms. */
export const BETWEEN_REQUESTS = 50;

/** A gate of this Kibana node. `now` in ms on a monotonic clock. */
export function requestGate(now: () => number): RequestGate {
  const waiting: Readonly<Record<RequestKind, Array<() => void>>> = { action: [], read: [] };
  let lastLeft = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const advance = (): void => {
    timer = undefined;
    const pause = lastLeft + BETWEEN_REQUESTS - now();
    if (pause <= 0) {
      const leave = waiting.action.shift() ?? waiting.read.shift();
      if (leave === undefined) return;
      lastLeft = now();
      leave();
    }
    if (waiting.action.length + waiting.read.length === 0) return;
    timer = setTimeout(advance, Math.max(1, lastLeft + BETWEEN_REQUESTS - now()));
  };
  return {
    enter: (kind) =>
      new Promise((resolve) => {
        waiting[kind].push(resolve);
        if (timer === undefined) advance();
      }),
  };
}

/** One gate for each tenant, by the origin of its URL. */
export function requestGates(now: () => number): (url: string) => RequestGate {
  const gates = new Map<string, RequestGate>();
  return (url) => {
    const { origin } = new URL(url);
    const gate = gates.get(origin) ?? requestGate(now);
    gates.set(origin, gate);
    return gate;
  };
}

/**
 * `send` that waits at the gate first. `send` itself runs, with its checks, when the request may be
 * sent.
 */
export const gatedSend =
  (send: Send, gate: RequestGate, kind: RequestKind): Send =>
  async (request) => {
    await gate.enter(kind);
    return send(request);
  };
