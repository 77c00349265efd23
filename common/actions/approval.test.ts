import { approvalCodec, isExpired, mayBeSamePerson } from './approval';

const REQUESTED = Date.parse('2026-07-01T12:00:00.000Z');
const MINUTE = 60_000;
const request = {
  requestedAt: new Date(REQUESTED).toISOString(),
  expiresAt: new Date(REQUESTED + 10 * MINUTE).toISOString(),
};

describe('the recorded approval', () => {
  const by = { username: 'bob', authentication: 'realm' };
  const decision = { kind: 'approved', at: request.requestedAt, by, comment: 'ok' };
  const recorded = { ...request, hosts: [], decision };

  it('is valid with and without what a request need not have', () => {
    const expired = { ...recorded, decision: { kind: 'expired', at: request.expiresAt } };
    const timed = { ...recorded, releaseAfterMinutes: 5, releaseAt: request.expiresAt };
    for (const one of [recorded, expired, timed, { ...request, hosts: [] }]) {
      expect(approvalCodec.is(one)).toBe(true);
    }
  });

  it.each([
    {},
    { ...recorded, requestedAt: undefined },
    { ...recorded, expiresAt: undefined },
    { ...recorded, hosts: undefined },
    { ...recorded, releaseAfterMinutes: '5' },
    { ...recorded, releaseAt: 5 },
    { ...recorded, decision: {} },
    { ...recorded, decision: { ...decision, kind: 'forgotten' } },
    { ...recorded, decision: { ...decision, at: 5 } },
    { ...recorded, decision: { ...decision, by: {} } },
    { ...recorded, decision: { ...decision, comment: 5 } },
  ])('is not valid as %j', (value) => expect(approvalCodec.is(value)).toBe(false));
});

it.each([
  [-10 * MINUTE, true],
  [-10 * MINUTE + 1, false],
  [0, false],
  [10 * MINUTE - 1, false],
  [10 * MINUTE, true],
])('a request for ten minutes has expired %i ms after it was made: %s', (after, expected) => {
  expect(isExpired(request, REQUESTED + after)).toBe(expected);
});

it.each([
  ['alice', 'alice', true],
  ['Alice', 'aLICE', true],
  [' alice', 'alice ', true],
  ['ａｌｉｃｅ', 'alice', true],
  ['alice', 'alice2', false],
  ['al ice', 'alice', false],
])('"%s" and "%s" may be the same person: %s', (one, other, expected) => {
  expect(mayBeSamePerson({ username: one }, { username: other })).toBe(expected);
  expect(mayBeSamePerson({ username: other }, { username: one })).toBe(expected);
});
