import { newAutomaticRelease, type HandledHost } from '../../common/actions/automatic_release';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import {
  endedRelease,
  finalOutcome,
  foundReleased,
  hostIn,
  outcomeOf,
  storedProblem,
} from './release_outcome';

/** What the record of an automatic release means for each of its hosts. */

const NOW = '2026-07-01T00:00:00.000Z';
const host = (outcome: RecordedHost['outcome'], why: Partial<RecordedHost> = {}): RecordedHost => ({
  ...{ uuid: 'u1', agentId: '1', name: 'web-7', outcome },
  ...why,
});
const again = (reason: string, detail?: string) => ({
  kind: 'again',
  problem: { reason, ...(detail === undefined ? {} : { detail }) },
});
const handled = (kind: string, why: object = {}) => ({ kind: 'handled', as: { kind, ...why } });

it.each<[RecordedHost, object]>([
  [host('pending'), { kind: 'open', problem: null }],
  [host('requested', { reason: 'waiting', detail: 'x' }), { kind: 'open', problem: null }],
  [host('requested', { reason: 'offline' }), { kind: 'open', problem: { reason: 'offline' } }],
  [
    host('pending', { reason: 'unreachable', detail: 'down' }),
    { kind: 'open', problem: { reason: 'unreachable', detail: 'down' } },
  ],
  [host('done'), handled('sent')],
  [host('unchanged'), handled('released')],
  [host('failed', { reason: 'undone', detail: 'x' }), handled('isolated_again')],
  [host('failed', { reason: 'superseded' }), handled('isolated_again')],
  [host('failed', { reason: 'forbidden', detail: 'no' }), again('forbidden', 'no')],
  [host('failed', { reason: 'in_flight' }), again('in_flight')],
  [host('failed'), again('unexpected_answer')],
  [host('refused', { reason: 'in_flight', detail: 'bob' }), again('in_flight', 'bob')],
  [host('refused', { reason: 'superseded' }), again('superseded')],
  [host('refused', { reason: 'undone' }), handled('failed', { reason: 'undone' })],
  [
    host('refused', { reason: 'decommissioned', detail: 'gone' }),
    handled('failed', { reason: 'decommissioned', detail: 'gone' }),
  ],
  [host('refused'), handled('failed', { reason: 'not_found' })],
])('%j', (one, expected) => {
  expect(outcomeOf(one, [])).toStrictEqual(expected);
});

describe('a host that is found released', () => {
  it.each<[RecordedHost, HandledHost['kind']]>([
    [host('pending'), 'sent'],
    [host('pending', { reason: 'throttled' }), 'sent'],
    [host('requested'), 'sent'],
    [host('done'), 'sent'],
    [host('failed'), 'sent'],
    [host('failed', { reason: 'unreachable' }), 'sent'],
    [host('failed', { reason: 'unexpected_answer' }), 'sent'],
    [host('failed', { reason: 'interrupted' }), 'sent'],
    [host('failed', { reason: 'forbidden' }), 'released'],
    [host('failed', { reason: 'not_affected' }), 'released'],
    [host('unchanged'), 'released'],
    [host('refused', { reason: 'decommissioned' }), 'released'],
    [{ ...host('done'), agentId: '2' }, 'released'],
  ])('after an earlier release with %j', (earlier, kind) => {
    const other = { ...host('refused'), agentId: '3' };
    const releases = [{ hosts: [host('refused')] }, { hosts: [other, earlier] }];
    expect(foundReleased('1', releases)).toBe(kind);
    expect(outcomeOf(host('unchanged'), releases)).toStrictEqual(handled(kind));
  });
});

const of = (...kinds: ReadonlyArray<HandledHost['kind']>): readonly HandledHost[] =>
  kinds.map((kind, n) => ({ agentId: String(n), name: null, kind, at: NOW }));

it('ends as failed if one host failed, as done if one was released, and else as not needed', () => {
  expect(finalOutcome(of('sent', 'failed', 'released'))).toBe('failed');
  expect(finalOutcome(of('released', 'sent', 'isolated_again'))).toBe('done');
  expect(finalOutcome(of('released', 'isolated_again'))).toBe('not_needed');
  expect(finalOutcome([])).toBe('not_needed');
});

it('ends without a problem and without a next check', () => {
  const release = {
    ...newAutomaticRelease(NOW, 'alice'),
    state: 'releasing',
    attempts: 2,
    problem: { reason: 'unreachable', detail: null },
  } as const;
  expect(endedRelease(release, of('sent'), NOW)).toStrictEqual({
    ...release,
    ...{ state: 'ended', outcome: 'done', problem: null, nextCheckAt: null, endedAt: NOW },
  });
});

it('stores a problem with its detail or null, because an update keeps what it leaves out', () => {
  expect(storedProblem({ reason: 'unreachable' })).toStrictEqual({
    ...{ reason: 'unreachable', detail: null },
  });
  expect(storedProblem({ reason: 'unreachable', detail: 'down' })).toStrictEqual({
    ...{ reason: 'unreachable', detail: 'down' },
  });
});

it('finds a host in any group', () => {
  const groups = ['1', '2'].map((agentId) => ({
    hosts: [{ ...host('done'), agentId }],
  })) as unknown as readonly ActionRecord[];
  expect(hostIn(groups, '2')?.agentId).toBe('2');
  expect(hostIn(groups, '3')).toBeUndefined();
});
