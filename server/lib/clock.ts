import type { ServerMoment } from '../../common/lib/server_moment';

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** The clock of this Kibana process: it only goes forward, whatever happens to the time of day. */
export interface ProcessClock {
  readonly id: string;
  /** Milliseconds since some moment. */
  now(): number;
}

/** `id` must differ between processes. `now` must never go backwards. */
export const processClock = (id: string, now: () => number): ProcessClock => ({ id, now });

/** The present moment. */
export const momentOf = ({ id, now }: ProcessClock): ServerMoment => ({ clock: id, at: now() });
