import * as fc from 'fast-check';
import {
  durationSortKeyOf,
  leastSortKeyAfter,
  sortKeyOf,
  stateOf,
  toThreeDigits,
  wholeAction,
  withHosts,
  type ActionRecord,
} from './record';

const AT = '2026-11-24T22:39:51.347Z';
const LATER = '2026-11-24T22:40:00.000Z';

const record: ActionRecord = {
  actionId: 'a1',
  group: 0,
  groups: 1,
  sortKey: sortKeyOf(AT, 'a1', 0),
  action: 'isolate',
  state: 'sending',
  connectorId: 'c',
  tenant: 'https://example.sentinelone.net',
  actor: { username: 'analyst', authentication: 'realm' },
  comment: 'why',
  alertIds: [],
  caseIds: [],
  requestedAt: AT,
  updatedAt: AT,
  hosts: [],
};
const host = (outcome: 'done' | 'requested' | 'pending' | 'refused', confirmedAt?: string) => ({
  uuid: 'u',
  agentId: '1',
  name: 'web-1',
  outcome,
  ...(confirmedAt === undefined ? {} : { confirmedAt }),
});

describe('sortKeyOf', () => {
  it('orders records of all actions by time, with a number that JSON represents exactly', () => {
    const times = fc.date({ min: new Date('2000-01-01'), max: new Date('2039-01-01') });
    fc.assert(
      fc.property(times, times, fc.uuid(), fc.uuid(), (a, b, one, other) => {
        fc.pre(a.getTime() < b.getTime());
        const first = sortKeyOf(a.toISOString(), one, 0);
        expect(first).toBeLessThan(sortKeyOf(b.toISOString(), other, 1));
        expect(Number.isSafeInteger(first)).toBe(true);
      })
    );
  });

  it('differs between the groups of one action', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(sortKeyOf(AT, id, 0)).not.toBe(sortKeyOf(AT, id, 1));
      })
    );
  });
});

describe('durations', () => {
  const durations = fc.integer({ min: 0, max: 10 * 365 * 86_400_000 });

  it('are ordered to the millisecond, with a number that JSON represents exactly', () => {
    fc.assert(
      fc.property(durations, durations, fc.uuid(), (duration, limit, id) => {
        const order = durationSortKeyOf(duration, id, 1);
        expect(order >= leastSortKeyAfter(limit)).toBe(duration > limit);
        expect(Number.isSafeInteger(order)).toBe(true);
      })
    );
  });

  it('are rounded up to three digits, so that they still exceed a round time', () => {
    fc.assert(
      fc.property(durations, durations, (duration, other) => {
        const rounded = toThreeDigits(duration);
        expect(String(rounded)).toMatch(/^\d{1,3}0*$/);
        expect(rounded).toBeGreaterThanOrEqual(duration);
        expect(rounded).toBeLessThan(duration * 1.01 + 1);
        const limit = toThreeDigits(other);
        expect(rounded > limit).toBe(duration > limit);
      })
    );
  });
});

it.each([
  [['done', 'pending', 'requested'], 'sending'],
  [['done', 'requested', 'refused'], 'requested'],
  [['done', 'refused'], 'ended'],
] as const)('with hosts that are %j a record is %s', (outcomes, state) => {
  expect(stateOf(outcomes.map((outcome) => host(outcome)))).toBe(state);
});

describe('withHosts', () => {
  it('sets the end of the record, and the duration until the last host was confirmed', () => {
    const first = host('done', '2026-11-24T22:39:53.347Z');
    const last = host('done', '2026-11-24T22:39:55.582Z');
    expect(withHosts(record, [last, first], LATER)).toMatchObject({
      state: 'ended',
      endedAt: LATER,
      updatedAt: LATER,
      tookMs: 4_240,
    });
    expect(withHosts(record, [first, host('requested')], LATER)).not.toHaveProperty('endedAt');
    expect(withHosts(record, [host('refused')], LATER)).not.toHaveProperty('tookMs');
  });
});

describe('wholeAction', () => {
  it('has the state of its most open group, and ends with its last group', () => {
    const ended = withHosts({ ...record, groups: 2 }, [host('done', LATER)], LATER);
    const open = { ...withHosts(record, [host('requested')], AT), group: 1, groups: 2 };
    expect(wholeAction([])).toBeUndefined();
    const half = wholeAction([ended, open]);
    expect(half).toMatchObject({ state: 'requested', updatedAt: LATER });
    expect(half?.hosts).toHaveLength(2);
    for (const field of ['endedAt', 'tookMs', 'group', 'groups', 'sortKey', 'durationSortKey']) {
      expect(half).not.toHaveProperty(field);
    }
    expect(wholeAction([ended, { ...ended, group: 1 }])).toMatchObject({
      state: 'ended',
      endedAt: LATER,
      tookMs: ended.tookMs,
    });
  });
});
