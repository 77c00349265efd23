import { AgentIdHints, newLock, releasedLock, takeable } from './host_lock_document';
import type { HostLock } from './ports';

describe('AgentIdHints', () => {
  it('returns the ids that are given or were reported for the UUIDs of the tenant, each once', () => {
    const hints = new AgentIdHints();
    hints.note('t', [
      { id: '1', uuid: 'a' },
      { id: '2', uuid: null },
      { id: '3', uuid: 'B' },
    ]);
    expect(hints.idsOf('t', [{ uuid: 'A' }, { uuid: 'b' }, { agentId: '1' }])).toEqual(['1', '3']);
    expect(hints.idsOf('t', [{ uuid: 'a', agentId: '9' }, { uuid: 'x' }, {}])).toEqual(['9']);
    expect(hints.idsOf('other', [{ uuid: 'a' }])).toEqual([]);
    hints.note('t', [{ id: '4', uuid: 'a' }]);
    expect(hints.idsOf('t', [{ uuid: 'a' }])).toEqual(['4']);
  });

  it('does not grow without end', () => {
    const hints = new AgentIdHints();
    const agents = Array.from({ length: 10_000 }, (_, n) => ({ id: String(n), uuid: `u${n}` }));
    hints.note('t', agents);
    expect(hints.idsOf('t', [{ uuid: 'u0' }, { uuid: 'u9999' }])).toEqual(['0', '9999']);
    hints.note('t', [{ id: 'x', uuid: 'ux' }]);
    expect(hints.idsOf('t', [{ uuid: 'u9999' }, { uuid: 'ux' }])).toEqual(['x']);
  });
});

it('a free lock without a command before it names no action before', () => {
  const by: HostLock = { actionId: 'a', action: 'isolate', username: 'alice', since: 'T' };
  const unused = releasedLock(newLock(by, 0), undefined, false, 1);
  expect(takeable(unused, by, 0, 'again')).toStrictEqual({ kind: 'held' });
});

it('only a lock that was released before the agent was read cannot have changed its status since', () => {
  const by: HostLock = { actionId: 'a', action: 'isolate', username: 'alice', since: 'T' };
  const lock = newLock(by, 0);
  const released = releasedLock(lock, undefined, true, 90_000);
  const kindOf = (...given: Parameters<typeof takeable>) => takeable(...given).kind;
  // By the clock, which may differ between nodes, unless the order of the readings tells.
  expect(kindOf(released, by, 149_999, 'after_agent')).toBe('held_after_another');
  expect(kindOf(released, by, 150_000, 'after_agent')).toBe('held');
  expect(kindOf(released, by, 0, 'before_agent')).toBe('held');
  expect(kindOf(released, by, 1_000_000, 'again')).toBe('held_after_another');
  // A node that stopped may have sent a command at any time.
  expect(kindOf(lock, by, 1_000_000, 'before_agent')).toBe('held_after_another');
});
