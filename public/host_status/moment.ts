import type { ServerMoment } from '../../common/lib/moment';
import type { Exchange } from '../lib/first_answers';

/**
 * When something happened in SentinelOne, as far as the browser can know: between two times on the clock of the Kibana
 * process that reports it, and within wider bounds on the browser's clock. The clocks of two processes cannot be
 * compared, so moments of two processes are ordered by these bounds.
 */
export interface Moment {
  /** The Kibana process whose clock `from` and `to` refer to. */
  readonly clock: string;
  /** Milliseconds on that clock: between these two times. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds on the browser's clock (`performance.now()`): not before, and not after. */
  readonly earliest: number;
  readonly latest: number;
}

/**
 * A moment between two times on the clock of `receivedAt`, which is when Kibana received the request of `exchange`.
 * Both may be before the request.
 */
export function momentBetween(
  from: number,
  to: number,
  receivedAt: ServerMoment,
  exchange: Exchange
): Moment {
  return {
    clock: receivedAt.clock,
    from,
    to,
    earliest: exchange.sentAt + from - receivedAt.at,
    latest: exchange.answeredAt + Math.min(0, to - receivedAt.at),
  };
}

/** A moment between the request and the answer of `exchange`, and not after `at`. */
export const momentDuring = ({ clock, at }: ServerMoment, exchange: Exchange): Moment => ({
  clock,
  from: at,
  to: at,
  earliest: exchange.sentAt,
  latest: exchange.answeredAt,
});

/** True when `one` is certainly not before `other`. */
export const isNotBefore = (one: Moment, other: Moment): boolean =>
  one.clock === other.clock ? one.from >= other.to : one.earliest >= other.latest;
