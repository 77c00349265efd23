import { seededRandom } from './seeded_random';

const take = (seed: number, count: number): readonly number[] => {
  const next = seededRandom(seed);
  return Array.from({ length: count }, next);
};

it('returns the same numbers for the same seed, and different ones for another', () => {
  expect(take(7, 100)).toEqual(take(7, 100));
  expect(take(7, 100)).not.toEqual(take(8, 100));
});

it('returns evenly distributed numbers from 0 to 1', () => {
  const numbers = take(1, 10_000);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  expect(mean).toBeGreaterThan(0.48);
  expect(mean).toBeLessThan(0.52);
});
