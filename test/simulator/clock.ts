/** The simulator's time, in ms since the epoch: a clock that tests can put forward. */
export interface Clock {
  now(): number;
  /** Puts the clock forward, so that what was due in that time has happened. */
  advance(milliseconds: number): void;
  /** Back to the clock beneath. */
  reset(): void;
}

export function createClock(beneath: () => number): Clock {
  let ahead = 0;
  return {
    now: () => beneath() + ahead,
    advance(milliseconds) {
      if (!(milliseconds >= 0)) throw new Error('Time only goes forward');
      ahead += milliseconds;
    },
    reset() {
      ahead = 0;
    },
  };
}

/** A moment as the Management API writes it: ISO 8601 in UTC, with microseconds. */
export const timestamp = (at: number): string => new Date(at).toISOString().replace('Z', '000Z');
