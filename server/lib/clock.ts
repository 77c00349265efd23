import type { ServerMoment } from '../../common/lib/moment';

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** The monotonic clock of this Kibana process, which is independent of the time of day. */
export interface ProcessClock {
  readonly id: string;
  /** Milliseconds since an arbitrary start. */
  now(): number;
}

/** `id` must differ between processes. `now` must never go backwards. */
export const processClock = (id: string, now: () => number): ProcessClock => ({ id, now });

/** The current time of the process clock. */
export const momentOf = ({ id, now }: ProcessClock): ServerMoment => ({ clock: id, at: now() });
