import { DAY, HOUR, MINUTE, SECOND } from '../../common/lib/constants';
import {
  pauseBeforeAttempt,
  pauseBeforeCheck,
  pauseBeforeTry,
  RELEASE_RETRY_PERIOD,
  releaseActionIdOf,
  releaseActionIdsOf,
} from './release_schedule';

const NUMBERS = [0, 1, 2, 6, 7, 30, 31, 2_000];

it.each([
  ['the next attempt', pauseBeforeTry, 10 * SECOND, 15 * MINUTE],
  ['a further release', pauseBeforeAttempt, 15 * SECOND, 4 * HOUR],
  ['the next check', pauseBeforeCheck, 5 * SECOND, 5 * MINUTE],
])('the pause before %s doubles up to a limit', (_, pause, first, longest) => {
  for (const n of NUMBERS) expect(pause(n)).toBe(Math.min(longest, first * 2 ** n));
});

it('tries for a week', () => expect(RELEASE_RETRY_PERIOD).toBe(7 * DAY));

it('gives each release an id of its own, in the form of a UUID and always the same', () => {
  expect(releaseActionIdOf('a', 1)).toBe(releaseActionIdOf('a', 1));
  const ids = ['a', 'b'].flatMap((action) => [1, 2, 11].map((n) => releaseActionIdOf(action, n)));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect([...releaseActionIdsOf('a', 2)]).toEqual([
    releaseActionIdOf('a', 1),
    releaseActionIdOf('a', 2),
  ]);
  expect(releaseActionIdsOf('a', 0).size).toBe(0);
});
