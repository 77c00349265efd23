import * as fc from 'fast-check';
import { pollInterval } from './poll_interval';

const anyCount = fc.integer({ min: -5, max: 100_000 });

it('is between one and fifteen seconds while an action is in progress, and grows', () => {
  fc.assert(
    fc.property(anyCount, (answers) => {
      const wait = pollInterval(true, answers);
      expect(wait).toBeGreaterThanOrEqual(1_000);
      expect(wait).toBeLessThanOrEqual(15_000);
      expect(pollInterval(true, answers + 1)).toBeGreaterThanOrEqual(wait);
    })
  );
  expect(pollInterval(true, 0)).toBe(1_000);
  expect(pollInterval(true, 1)).toBe(1_500);
  expect(pollInterval(true, 50)).toBe(15_000);
});

it('is half a minute while none is', () => {
  fc.assert(fc.property(anyCount, (answers) => pollInterval(false, answers) === 30_000));
});

it('does not retry at once after SentinelOne did not answer in time', () => {
  fc.assert(
    fc.property(anyCount, fc.boolean(), (answers, pending) => {
      expect(pollInterval(pending, answers, true)).toBeGreaterThanOrEqual(15_000);
    })
  );
});
