/**
 * Shifts this process's clock, so that what takes minutes need not be waited for: CLOCK_AHEAD in the environment puts it
 * ahead by so many ms, and CLOCK_RATE lets it run so many times as fast from CLOCK_ORIGIN (ms since the epoch) on.
 * Timers are not changed. Returns the clock of the store that several such processes share: as fast, and ahead by
 * STORE_CLOCK_AHEAD ms.
 */
export function shiftClock(): () => number {
  const ahead = Number(process.env.CLOCK_AHEAD ?? 0);
  const rate = Number(process.env.CLOCK_RATE ?? 1);
  const origin = Number(process.env.CLOCK_ORIGIN ?? 0);
  const RealDate = Date;
  const storeAhead = Number(process.env.STORE_CLOCK_AHEAD ?? 0);
  const unshifted = (): number => Math.floor(scaled(RealDate.now(), origin, rate));
  const storeClock = (): number => unshifted() + storeAhead;
  if (!(ahead > 0) && rate === 1) return storeClock;
  const now = (): number => unshifted() + ahead;
  class ShiftedDate extends RealDate {
    constructor(...given: readonly unknown[]) {
      super(...((given.length === 0 ? [now()] : given) as [number]));
    }
    static override now(): number {
      return now();
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor;
  return storeClock;
}

/** The time of a clock that runs `rate` times as fast from `origin` on; ms since the epoch. */
export const scaled = (time: number, origin: number, rate: number): number =>
  rate === 1 ? time : origin + (time - origin) * rate;
