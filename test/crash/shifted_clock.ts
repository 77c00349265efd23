/**
 * Puts this process's clock ahead, so that what takes minutes after a crash need not be waited for: `ms` in
 * the environment variable CLOCK_AHEAD. Timers are not shifted.
 */
export function shiftClock(): void {
  const ahead = Number(process.env.CLOCK_AHEAD ?? 0);
  if (!(ahead > 0)) return;
  const RealDate = Date;
  class ShiftedDate extends RealDate {
    constructor(...given: readonly unknown[]) {
      super(...((given.length === 0 ? [RealDate.now() + ahead] : given) as [number]));
    }
    static override now(): number {
      return RealDate.now() + ahead;
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor;
}
