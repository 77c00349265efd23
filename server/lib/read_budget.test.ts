import * as fc from 'fast-check';
import { readBudget, TooManyReads } from './read_budget';

it('grants each user at most the saved and regained budget', () => {
  const anyRequest = fc.record({
    user: fc.constantFrom('ann', 'ben'),
    amount: fc.integer({ min: 1, max: 10 }),
    after: fc.integer({ min: 0, max: 3_000 }),
  });
  fc.assert(
    fc.property(fc.array(anyRequest, { maxLength: 80 }), (requests) => {
      let now = 0;
      const budget = readBudget({ atOnce: 20, perSecond: 2 }, () => now);
      const granted = { ann: 0, ben: 0 };
      for (const { user, amount, after } of requests) {
        now += after;
        const name = user as keyof typeof granted;
        try {
          budget.take(user, amount);
          granted[name] += amount;
        } catch (error) {
          const { retryAfter } = error as TooManyReads;
          expect(error).toBeInstanceOf(TooManyReads);
          // Whoever asks again when told to, and for nothing else meanwhile, gets it.
          now += retryAfter * 1_000;
          budget.take(user, amount);
          granted[name] += amount;
        }
        expect(granted[name]).toBeLessThanOrEqual(20 + (now / 1_000) * 2 + 1e-9);
      }
    })
  );
});

it('regains nothing if the clock does not advance or is set back', () => {
  let now = 10_000;
  const budget = readBudget({ atOnce: 1, perSecond: 1 }, () => now);
  budget.take('ann', 1);
  now = 0;
  expect(() => budget.take('ann', 1)).toThrow(TooManyReads);
});
