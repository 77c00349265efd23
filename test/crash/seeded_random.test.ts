import { seededRandom } from './seeded_random';

const take = (seed: number, count: number): readonly number[] => {
  const next = seededRandom(seed);
  return Array.from({ length: count }, next);
};

it('gives the same numbers for the same seed, and others for another', () => {
  expect(take(7, 100)).toEqual(take(7, 100));
  expect(take(7, 100)).not.toEqual(take(8, 100));
});

it('gives numbers from 0 to 1 that are spread evenly', () => {
  const numbers = take(1, 10_000);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  expect(mean).toBeGreaterThan(0.48);
  expect(mean).toBeLessThan(0.52);
});
