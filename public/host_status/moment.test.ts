import * as fc from 'fast-check';
import { isNotBefore, momentBetween, momentDuring, type Moment } from './moment';

/** The actual times on the browser's clock, which only the test knows. */
const anyTruth = fc
  .record({
    sentAt: fc.integer({ min: 0, max: 10_000 }),
    upstream: fc.nat(3_000),
    began: fc.integer({ min: -3_000, max: 3_000 }),
    took: fc.nat(3_000),
    downstream: fc.nat(3_000),
    clock: fc.constantFrom('node-1', 'node-2'),
  })
  .map((truth) => {
    const receivedAt = truth.sentAt + truth.upstream;
    const from = receivedAt + truth.began;
    const to = from + truth.took;
    const answeredAt = Math.max(receivedAt, to) + truth.downstream;
    return { ...truth, receivedAt, from, to, answeredAt };
  });
const OFFSETS = { 'node-1': 1_000_000, 'node-2': -7_000 } as const;

const momentOf = ({
  clock,
  from,
  to,
  receivedAt,
  sentAt,
  answeredAt,
}: {
  clock: string;
  from: number;
  to: number;
  receivedAt: number;
  sentAt: number;
  answeredAt: number;
}): Moment => {
  const offset = OFFSETS[clock as keyof typeof OFFSETS];
  return momentBetween(
    from + offset,
    to + offset,
    { clock, at: receivedAt + offset },
    { sentAt, answeredAt }
  );
};

it('contains the actual times', () => {
  fc.assert(
    fc.property(anyTruth, (truth) => {
      const moment = momentOf(truth);
      expect(moment.earliest).toBeLessThanOrEqual(truth.from);
      expect(moment.latest).toBeGreaterThanOrEqual(truth.to);
    })
  );
});

it('never orders a moment after another one that was later, with any clocks', () => {
  fc.assert(
    fc.property(anyTruth, anyTruth, (one, other) => {
      if (isNotBefore(momentOf(one), momentOf(other))) {
        expect(one.from).toBeGreaterThanOrEqual(other.to);
      }
    }),
    { numRuns: 2_000 }
  );
});

it('orders moments of one clock exactly', () => {
  fc.assert(
    fc.property(anyTruth, anyTruth, (one, other) => {
      const [a, b] = [
        momentOf({ ...one, clock: 'node-1' }),
        momentOf({ ...other, clock: 'node-1' }),
      ];
      expect(isNotBefore(a, b)).toBe(one.from >= other.to);
    })
  );
});

it('dates an acceptance no later than Kibana noticed it', () => {
  const moment = momentDuring({ clock: 'node-1', at: 500 }, { sentAt: 100, answeredAt: 900 });
  expect(moment).toEqual({ clock: 'node-1', from: 500, to: 500, earliest: 100, latest: 900 });
});
