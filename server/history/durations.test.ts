import * as fc from 'fast-check';
import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE, MINUTE } from '../../common/lib/constants';
import type { HistoryQuery } from '../../common/api/history';
import {
  sortKeyOf,
  withHosts,
  type ActionRecord,
  type RecordedOutcome,
} from '../../common/actions/record';
import {
  outcomesOfStatus,
  RESULT_STATUSES,
  statusOfOutcome,
} from '../../common/actions/record_summary';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { savedObjectHistory, pageOfBoth, type PagedList } from './history_store';

/** Sorting, filtering and figures by how long actions took, in Kibana's repository. */

const NOW = Date.parse('2024-07-03T12:00:00.000Z');

interface Made {
  readonly action?: 'isolate' | 'release';
  readonly outcome: RecordedOutcome;
  /** ms before `NOW`. */
  readonly age: number;
  /** ms from the request to the confirmation, where it is done. */
  readonly took?: number;
}

function recordOf({ action = 'isolate', outcome, age, took = 0 }: Made, n: number): ActionRecord {
  const at = NOW - age;
  const requestedAt = new Date(at).toISOString();
  const confirmedAt = new Date(at + took).toISOString();
  const actionId = `action-${n}`;
  const record: ActionRecord = {
    actionId,
    group: 0,
    groups: 1,
    sortKey: sortKeyOf(requestedAt, actionId, 0),
    action,
    state: 'sending',
    connectorId: 'c',
    tenant: 'https://example.sentinelone.net',
    actor: { username: 'analyst', authentication: 'realm' },
    comment: '',
    alertIds: [],
    caseIds: [],
    requestedAt,
    updatedAt: requestedAt,
    hosts: [],
  };
  const host = {
    uuid: 'u',
    agentId: String(n),
    name: 'web-1',
    outcome,
    ...(outcome === 'done' ? { confirmedAt, endedAt: confirmedAt } : {}),
  };
  return withHosts(record, [host], confirmedAt);
}

const stored = async (made: readonly Made[]) => {
  const repository: ISavedObjectsRepository = testRepository();
  for (const [n, one] of made.entries()) {
    await repository.create(ACTION_SAVED_OBJECT_TYPE, recordOf(one, n), { id: `action-${n}` });
  }
  return savedObjectHistory(repository, undefined, () => NOW);
};
const numberOf = ({ actionId }: ActionRecord): number => Number(actionId.split('-')[1]);
const numbers = async (made: readonly Made[], query: HistoryQuery) =>
  (await (await stored(made)).page({ perPage: 100, ...query })).actions.map(numberOf);

const isOpenOutcome = (outcome: RecordedOutcome) =>
  outcome === 'pending' || outcome === 'requested';
const anyMade: fc.Arbitrary<Made> = fc.record({
  action: fc.constantFrom('isolate', 'release'),
  outcome: fc.constantFrom('done', 'requested', 'unchanged', 'refused', 'failed', 'pending'),
  age: fc.integer({ min: 1, max: 20 * MINUTE }),
  // Few of them, so that some are alike.
  took: fc.constantFrom(0, 1, 299_999, 300_000, 300_001, 300_400, 3_600_000),
});

it('maps every outcome to one status, and back', () => {
  for (const status of RESULT_STATUSES) {
    expect(outcomesOfStatus(status).length).toBeGreaterThan(0);
    for (const outcome of outcomesOfStatus(status)) expect(statusOfOutcome(outcome)).toBe(status);
  }
});

it('finds actions that wait for an offline host by status', async () => {
  const made: readonly Made[] = [
    { outcome: 'requested', age: 5 },
    { outcome: 'pending', age: 4 },
    { outcome: 'done', age: 3 },
    { outcome: 'failed', age: 2 },
    { outcome: 'unchanged', age: 1 },
  ];
  expect(await numbers(made, { status: 'in_progress' })).toEqual([1, 0]);
  expect(await numbers(made, { status: 'succeeded' })).toEqual([2]);
  expect(await numbers(made, { status: 'failed' })).toEqual([3]);
  expect(await numbers(made, { status: 'unchanged' })).toEqual([4]);
  expect(await numbers(made, { status: 'refused' })).toEqual([]);
});

it('sorts by time in both directions', async () => {
  const made: readonly Made[] = [
    { outcome: 'done', age: 2 },
    { outcome: 'done', age: 3 },
    { outcome: 'done', age: 1 },
  ];
  expect(await numbers(made, {})).toEqual([2, 0, 1]);
  expect(await numbers(made, { sortField: 'requestedAt', sortOrder: 'asc' })).toEqual([1, 0, 2]);
});

it('continues after a page in both time orders', async () => {
  const made = Array.from({ length: 7 }, (_, n) => ({ outcome: 'done' as const, age: 10 - n }));
  const history = await stored(made);
  for (const sortOrder of ['asc', 'desc'] as const) {
    const found: number[] = [];
    let after: number | null = null;
    do {
      const page = await history.page({
        perPage: 3,
        sortOrder,
        ...(after === null ? {} : { after }),
      });
      found.push(...page.actions.map(numberOf));
      after = page.next;
    } while (after !== null);
    const all = made.map((_, n) => n);
    expect(found).toEqual(sortOrder === 'asc' ? all : all.reverse());
  }
});

it('lists every record on exactly one page by duration, those without one last, latest first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyMade, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('asc' as const, 'desc' as const),
      fc.integer({ min: 1, max: 5 }),
      async (made, sortOrder, perPage) => {
        const history = await stored(made);
        const records: ActionRecord[] = [];
        for (let page = 1; page <= Math.ceil(made.length / perPage); page++) {
          const answer = await history.page({ sortField: 'duration', sortOrder, page, perPage });
          expect(answer).toMatchObject({ total: made.length, next: null, page, perPage });
          records.push(...answer.actions);
        }
        expect(records.map(numberOf).sort((a, b) => a - b)).toEqual(made.map((_, n) => n));
        const withDuration = made.filter(({ outcome }) => outcome === 'done').length;
        const took = records.slice(0, withDuration).map((record) => made[numberOf(record)]!.took!);
        expect(took).toEqual([...took].sort((a, b) => (sortOrder === 'asc' ? a - b : b - a)));
        const rest = records.slice(withDuration).map(({ sortKey }) => sortKey);
        expect(rest).toEqual([...rest].sort((a, b) => b - a));
      }
    ),
    { numRuns: 30 }
  );
});

it('finds actions that took longer, to the millisecond, and those that have been open for longer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyMade, { maxLength: 12 }),
      fc.constantFrom(1, 299_999, 300_000, 300_001, 300_300, 600_000),
      async (made, longerThanMs) => {
        const expected = made.flatMap(({ outcome, age, took = 0 }, n) => {
          const isLonger =
            outcome === 'done' ? took > longerThanMs : isOpenOutcome(outcome) && age > longerThanMs;
          return isLonger ? [n] : [];
        });
        const found = await numbers(made, { longerThanMs });
        expect([...found].sort((a, b) => a - b)).toEqual(expected);
      }
    ),
    { numRuns: 30 }
  );
});

it('counts the same isolations in the summary as the filter finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyMade, { maxLength: 15 }), async (made) => {
      const history = await stored(made);
      const summary = await history.summary({});
      const took = made
        .filter(({ action, outcome }) => action === 'isolate' && outcome === 'done')
        .map((one) => one.took!)
        .sort((a, b) => a - b);
      expect(summary.isolations).toBe(took.length);
      const { limitMs, confirmed, inProgress } = summary.slowIsolations;
      expect(limitMs).toBe(300_000);
      expect(confirmed).toBe(took.filter((one) => one > limitMs).length);
      const { total } = await history.page({ action: 'isolate', longerThanMs: limitMs });
      expect(confirmed + inProgress).toBe(total);
      // Rounded up to three digits, and not by more.
      for (const [value, percent] of [
        [summary.medianTimeToIsolateMs, 50],
        [summary.p95TimeToIsolateMs, 95],
      ] as const) {
        const exact = took[Math.ceil((took.length * percent) / 100) - 1];
        if (exact === undefined) expect(value).toBeNull();
        else {
          expect(value).toBeGreaterThanOrEqual(exact);
          expect(value).toBeLessThan(exact * 1.01 + 1);
        }
      }
    }),
    { numRuns: 30 }
  );
});

it('joins two lists, and reads at most four pages of them', async () => {
  const listOf = (items: readonly number[], reads: { count: number }): PagedList<number> => ({
    read: async (page, perPage) => {
      reads.count += 1;
      return {
        items: items.slice((page - 1) * perPage, page * perPage),
        total: items.length,
      };
    },
  });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 8 }),
      async (one, other, page, perPage) => {
        const all = Array.from({ length: one + other }, (_, n) => n);
        const reads = { count: 0 };
        const both = await pageOfBoth(
          listOf(all.slice(0, one), reads),
          listOf(all.slice(one), reads),
          page,
          perPage
        );
        expect(both.items).toEqual(all.slice((page - 1) * perPage, page * perPage));
        expect(both.total).toBe(one + other);
        expect(reads.count).toBeLessThanOrEqual(4);
      }
    )
  );
});
