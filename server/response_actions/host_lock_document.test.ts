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
  expect(takeable(unused, by, 0)).toStrictEqual({ kind: 'held' });
});
