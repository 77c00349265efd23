import * as fc from 'fast-check';
import { isDue, nextCheck } from './check_schedule';
import { MINUTE, DAY } from '../../common/lib/constants';

const START = 1_700_000_000_000;

it('checks within seconds at first and within minutes later, and never stops', () => {
  const ages = fc.integer({ min: 0, max: 400 * DAY });
  fc.assert(
    fc.property(ages, (age) => {
      const pause = nextCheck(START, START + age) - (START + age);
      expect(pause).toBeGreaterThan(0);
      if (age < 20_000) expect(pause).toBeLessThanOrEqual(2_000);
      expect(pause).toBeLessThanOrEqual(15 * MINUTE);
    }),
    { numRuns: 2000 }
  );
});

it('the pause grows with the age', () => {
  const pauses = [0, 30_000, 5 * MINUTE, 30 * MINUTE, 5 * 60 * MINUTE, 3 * DAY].map((age) => {
    const first = nextCheck(START, START + age);
    return nextCheck(START, first) - first;
  });
  expect(pauses).toEqual([2_000, 5_000, 20_000, MINUTE, 5 * MINUTE, 15 * MINUTE]);
});

it('needs few checks: about sixty in the first hour, four an hour after a day', () => {
  const looks = (from: number, to: number) => {
    let count = 0;
    for (let at = nextCheck(START, START + from); at <= START + to; at = nextCheck(START, at))
      count++;
    return count;
  };
  expect(looks(0, 60 * MINUTE)).toBeLessThanOrEqual(110);
  expect(looks(2 * DAY, 2 * DAY + 60 * MINUTE)).toBe(4);
});

it('is due if its time passed since the last check, if it is new, and if there was no check', () => {
  expect(isDue(START, undefined, START)).toBe(true);
  expect(isDue(START, START - 1, START)).toBe(true);
  expect(isDue(START, START + 5_000, START + 5_500)).toBe(false);
  expect(isDue(START, START + 5_000, START + 6_000)).toBe(true);
});

it('a record that is not due is due by its next check, whenever the task runs', () => {
  const times = fc.integer({ min: 1, max: 2 * DAY });
  fc.assert(
    fc.property(times, times, (last, later) => {
      const lastCheck = START + last;
      const now = lastCheck + later;
      expect(isDue(START, lastCheck, now)).toBe(nextCheck(START, lastCheck) <= now);
      expect(isDue(START, lastCheck, nextCheck(START, lastCheck))).toBe(true);
    })
  );
});

it('checks old records together, regardless of their request times', () => {
  const now = START + 3 * 60 * MINUTE + 7_123;
  const requested = Array.from({ length: 100 }, (_, n) => now - (60 + n * 0.6) * MINUTE - n * 37);
  const moments = new Set<number>();
  for (const one of requested) {
    for (let at = nextCheck(one, now); at <= now + 10 * MINUTE; at = nextCheck(one, at)) {
      moments.add(at);
    }
  }
  expect(moments.size).toBe(2);
});
