import { FirstSeen } from './first_seen';

it('returns a start time in the past unchanged', () => {
  const starts = new FirstSeen();
  expect(starts.of('a', 10, 10)).toBe(10);
  expect(starts.of('a', 10, 1_000)).toBe(10);
});

it('counts a start time in the future from when it was first seen, until that time has passed', () => {
  const starts = new FirstSeen();
  expect(starts.of('a', 5_000, 100)).toBe(100);
  expect(starts.of('b', 5_000, 200)).toBe(200);
  expect(starts.of('a', 5_000, 4_999)).toBe(100);
  expect(starts.of('a', 5_000, 5_000)).toBe(5_000);
});

it('starts again when the clock of this node was set back', () => {
  const starts = new FirstSeen();
  expect(starts.of('a', 5_000, 4_000)).toBe(4_000);
  expect(starts.of('a', 5_000, 300)).toBe(300);
  expect(starts.of('a', 5_000, 900)).toBe(300);
});

it('removes keys that are no longer needed', () => {
  const starts = new FirstSeen();
  starts.of('a', 5_000, 100);
  starts.of('b', 5_000, 100);
  starts.keepOnly(new Set(['b']));
  expect(starts.of('a', 5_000, 200)).toBe(200);
  expect(starts.of('b', 5_000, 200)).toBe(100);
});

it('keeps a limited number of keys', () => {
  const starts = new FirstSeen();
  for (let n = 0; n < 25_000; n++) expect(starts.of(String(n), 1e12, n)).toBe(n);
  expect(starts.of('24999', 1e12, 30_000)).toBe(24_999);
});
