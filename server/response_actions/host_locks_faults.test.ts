import type { ISavedObjectsRepository } from '@kbn/core/server';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { agentWith } from '../../test/helpers/sample_hosts';
import { DAY } from '../../common/lib/constants';
import { separateWrites, type WriteObjects } from '../kibana/joined_writes';
import { HOST_LOCKS_EXPIRE_AFTER, newLocksOfNode, savedObjectHostLocks } from './host_locks';
import type { HostLock } from './ports';

/** Host locks when Elasticsearch fails or other nodes are faster, and the requests that they need. */

const START = 1_700_000_000_000;
const TENANT = 'https://example.sentinelone.net';

type Kind = 'read' | 'create' | 'replace';
/** Fails a request, or the documents of these agents in it; undefined for neither. */
type Fault = (
  kind: Kind,
  agentIds: readonly string[]
) => Error | Readonly<Record<string, number>> | undefined;

/** Nodes over one store. */
function environment() {
  const repository = testRepository();
  const state = { now: START, fault: (() => undefined) as Fault };
  const requests: string[] = [];
  const warnings: string[] = [];
  const log = { warn: (message: string) => void warnings.push(message), error: () => {} };
  const idsOf = (documents: ReadonlyArray<{ readonly id?: string }>) =>
    documents.map(({ id }) => id!.slice(id!.lastIndexOf('/') + 1));
  type Documents = ReadonlyArray<{ readonly id?: string }>;
  type Answer = { readonly saved_objects: ReadonlyArray<{ readonly id: string }> };

  /** Carries the request out for the documents that do not fail. */
  const request = async <D extends Documents>(
    kind: Kind,
    documents: D,
    run: (documents: D) => Promise<unknown>
  ) => {
    const ids = idsOf(documents);
    requests.push(`${kind} ${ids.length > 5 ? `${ids.length} locks` : ids.join()}`);
    const fault = state.fault(kind, ids);
    if (fault instanceof Error) throw fault;
    if (fault === undefined) return run(documents);
    const good = documents.filter((_, n) => fault[ids[n]!] === undefined) as unknown as D;
    const answer = (good.length === 0 ? { saved_objects: [] } : await run(good)) as Answer;
    const byId = new Map(answer.saved_objects.map((one) => [one.id, one]));
    return {
      saved_objects: documents.map(({ id }, n) => {
        const statusCode = fault[ids[n]!];
        const error = { statusCode, message: 'unavailable', error: 'failure' };
        return statusCode === undefined ? byId.get(id!) : { id, type: '', attributes: {}, error };
      }),
    };
  };
  const own = {
    bulkGet: (documents: Parameters<ISavedObjectsRepository['bulkGet']>[0] = []) =>
      request('read', documents, (some) => repository.bulkGet(some)),
    bulkCreate: (...[documents, options]: Parameters<ISavedObjectsRepository['bulkCreate']>) =>
      request(options?.overwrite === true ? 'replace' : 'create', documents, (some) =>
        repository.bulkCreate(some, options)
      ),
  } as unknown as ISavedObjectsRepository;
  const node = ({ ahead = 0, through = own, write = separateWrites(through) } = {}) =>
    savedObjectHostLocks(through, TENANT, () => state.now + ahead, log, newLocksOfNode(), write);
  /** Other nodes, which are not observed and never fail. */
  const others = node({ through: repository });
  return {
    ...{ state, requests, warnings, node, others, own },
    /** Locks these hosts for another action, which sends its commands and ends. */
    lockBefore: async (agentIds: readonly string[]) => {
      await (await others.take(agentIds, lockBy('alice'), state.now)).release(agentIds);
    },
    /** Who holds the lock of each host, or held it last. */
    lastOn: async (...agentIds: readonly string[]) =>
      [...(await others.lastOn(agentIds, 'network'))].map(([id, last]) => [
        id,
        last.username,
        last.isUnreleased === true,
      ]),
  };
}

const lockBy = (username: string, action: HostLock['action'] = 'isolate'): HostLock => ({
  actionId: `of-${username}`,
  action,
  username,
  since: new Date(START).toISOString(),
});
const named = (...agentIds: readonly string[]) => agentIds.map((agentId) => ({ agentId }));
const failing =
  (on: Kind, fault: ReturnType<Fault>): Fault =>
  (kind) =>
    kind === on ? fault : undefined;

describe('when a lock cannot be written or read, takes none', () => {
  it.each<[string, Kind, ReturnType<Fault>, string]>([
    ['a new lock is not written', 'create', { '3': 503 }, 'could not be locked: unavailable'],
    ['no new lock is written', 'create', new Error('no connection'), 'no connection'],
    ['a free lock is not written', 'replace', { '2': 503 }, 'could not be locked: unavailable'],
    ['no free lock is written', 'replace', new Error('no connection'), 'no connection'],
  ])('%s', async (_, kind, fault, message) => {
    const { state, node, requests, lockBefore, lastOn, warnings } = environment();
    await lockBefore(['1', '2']);
    const hostLocks = node();
    const ahead = await hostLocks.readAhead(named('1', '2', '3', '4'));
    // Releasing the locks that were taken works again.
    let isFaulty = true;
    state.fault = (on) => {
      if (on !== kind || !isFaulty) return undefined;
      isFaulty = false;
      return fault;
    };
    const taking = hostLocks.take(['1', '2', '3', '4'], lockBy('bob'), START, { ahead });
    await expect(taking).rejects.toThrow(message);
    expect(requests.slice(0, 3)).toEqual(['read 1,2,3,4', 'replace 1,2', 'create 3,4']);
    expect(requests).toHaveLength(4);
    expect(warnings).toEqual([]);
    // The last commands are still those of the action before, and the locks are free.
    expect(await lastOn('1', '2', '3', '4')).toEqual([
      ['1', 'alice', false],
      ['2', 'alice', false],
    ]);
    const next = await node().take(['1', '2', '3', '4'], lockBy('carol'), START);
    expect([...next.byAgent.values()].map(({ kind: locked }) => locked)).toEqual(
      expect.not.arrayContaining(['taken'])
    );
  });

  it.each<[string, ReturnType<Fault>, string]>([
    ['a lock cannot be read', { '2': 503 }, 'could not be locked: unavailable'],
    ['a lock was removed meanwhile', { '2': 404 }, 'could not be locked: unavailable'],
    ['no lock can be read', new Error('no connection'), 'no connection'],
  ])('%s', async (_, fault, message) => {
    const { state, node, requests, lockBefore, lastOn } = environment();
    await lockBefore(['1', '2']);
    state.fault = failing('read', fault);
    const taking = node().take(['1', '2', '3'], lockBy('bob'), START);
    await expect(taking).rejects.toThrow(message);
    expect(requests).toEqual(['create 1,2,3', 'read 1,2', 'replace 3']);
    expect(await lastOn('1', '2', '3')).toEqual([
      ['1', 'alice', false],
      ['2', 'alice', false],
    ]);
  });
});

describe('when other nodes change the lock first', () => {
  it.each([
    [4, 'then takes it'],
    [5, 'then takes none'],
  ])('%i times, reads it again each time, %s', async (times) => {
    const { state, node, requests, lockBefore } = environment();
    await lockBefore(['1']);
    let conflicts = times;
    state.fault = (on) => (on === 'replace' && conflicts-- > 0 ? { '1': 409 } : undefined);
    const taking = node().take(['1'], lockBy('bob'), START);
    if (times === 5) await expect(taking).rejects.toThrow('too many actions on it at once');
    else {
      const { byAgent, wasContested } = await taking;
      expect([byAgent.get('1')?.kind, wasContested]).toEqual(['held_after_another', true]);
    }
    expect(requests.filter((one) => one === 'read 1')).toHaveLength(5);
    expect(requests.filter((one) => one === 'replace 1')).toHaveLength(5);
  });

  it('takes the other locks at once, and reads only the contested one again', async () => {
    const { state, node, requests, lockBefore, others } = environment();
    await lockBefore(['1', '2']);
    const hostLocks = node();
    const ahead = await hostLocks.readAhead(named('1', '2'));
    const faster = await others.take(['2'], lockBy('carol'), state.now);
    const { byAgent, wasContested, release } = await hostLocks.take(
      ['1', '2'],
      lockBy('bob'),
      START,
      { ahead }
    );
    expect(requests).toEqual(['read 1,2', 'replace 1,2', 'read 2']);
    expect([...byAgent]).toEqual([
      ['1', { kind: 'held_after_another', after: lockBy('alice'), before: lockBy('alice') }],
      ['2', { kind: 'taken', by: lockBy('carol') }],
    ]);
    expect(wasContested).toBe(true);
    await release(['1']);
    await faster.release(['2']);
    expect(requests.slice(3)).toEqual(['replace 1']);
  });
});

describe('with locks that were read ahead', () => {
  it('needs one request for free locks and one for new ones, then writes what comes alongside', async () => {
    const { node, requests, lockBefore } = environment();
    await lockBefore(['1']);
    const hostLocks = node();
    const ahead = await hostLocks.readAhead(named('1', '2'));
    const { byAgent, wasContested } = await hostLocks.take(['1', '2'], lockBy('bob'), START, {
      ahead,
      alongside: () => void requests.push('alongside'),
    });
    expect(requests).toEqual(['read 1,2', 'replace 1', 'create 2', 'alongside']);
    expect(byAgent.get('1')?.kind).toBe('held_after_another');
    expect(byAgent.get('2')).toEqual({ kind: 'held' });
    expect(wasContested).toBe(false);
  });

  it('may join the writes: new locks must not exist, others must have the version that was read', async () => {
    const { node, own, lockBefore } = environment();
    await lockBefore(['1']);
    const separate = separateWrites(own);
    const writes: unknown[] = [];
    const write: WriteObjects = async (objects, options) => {
      if (objects.length > 0) writes.push([options, objects.map(({ version }) => typeof version)]);
      return separate(objects, options);
    };
    const hostLocks = node({ write });
    const ahead = await hostLocks.readAhead(named('1', '2'));
    const held = await hostLocks.take(['1', '2'], lockBy('bob'), START, { ahead });
    await held.release(['1', '2']);
    expect(writes).toEqual([
      [{ kind: 'replace' }, ['string']],
      [{ kind: 'create' }, ['undefined']],
      [{ kind: 'replace' }, ['string', 'string']],
    ]);
  });

  it('reads a lock again that another action held, and writes nothing alongside', async () => {
    const { node, requests, others } = environment();
    const carol = await others.take(['1'], lockBy('carol'), START);
    const hostLocks = node();
    const ahead = await hostLocks.readAhead(named('1', '2'));
    await carol.release(['1']);
    const alongside = jest.fn();
    const { byAgent, wasContested } = await hostLocks.take(['1', '2'], lockBy('bob'), START, {
      ...{ ahead, alongside },
    });
    expect(requests).toEqual(['read 1,2', 'create 2', 'read 1', 'replace 1']);
    expect(byAgent.get('1')).toMatchObject({ kind: 'held_after_another', after: lockBy('carol') });
    expect(wasContested).toBe(true);
    expect(alongside).not.toHaveBeenCalled();
  });

  it.each<[string, boolean | undefined, number, string]>([
    ['before the agents counts as released before them', true, 0, 'held'],
    ['meanwhile counts as recent for a minute', false, 59_999, 'held_after_another'],
    ['meanwhile does not count as recent after that', false, 60_000, 'held'],
    ['at an unknown time counts as recent for a minute', undefined, 59_999, 'held_after_another'],
  ])('a free lock that was read %s', async (_, isReadBeforeAgents, passed, kind) => {
    const { node, requests, lockBefore } = environment();
    await lockBefore(['1']);
    const hostLocks = node();
    const ahead = await hostLocks.readAhead(named('1'));
    const { byAgent } = await hostLocks.take(['1'], lockBy('bob'), START + passed, {
      ...{ ahead, ...(isReadBeforeAgents === undefined ? {} : { isReadBeforeAgents }) },
    });
    expect(requests).toEqual(['read 1', 'replace 1']);
    expect(byAgent.get('1')?.kind).toBe(kind);
  });

  it.each<[string, 'free' | 'new' | 'not read' | 'busy', string]>([
    ['that another action took meanwhile', 'free', 'held_after_another'],
    ['that another action created meanwhile', 'new', 'held_after_another'],
    ['that another action held, too', 'busy', 'held_after_another'],
    ['that was not read ahead by the clock', 'not read', 'held'],
  ])('counts a lock as recent %s', async (_, how, kind) => {
    const { node, lockBefore, others } = environment();
    const carol = how === 'busy' ? await others.take(['1'], lockBy('carol'), START) : undefined;
    if (how === 'free') await lockBefore(['1']);
    const hostLocks = node();
    const ahead = await hostLocks.readAhead(how === 'not read' ? [] : named('1'));
    await (carol === undefined ? lockBefore(['1']) : carol.release(['1']));
    const late = START + DAY;
    const { byAgent } = await hostLocks.take(['1'], lockBy('bob'), late, {
      ...{ ahead, isReadBeforeAgents: true },
    });
    expect(byAgent.get('1')?.kind).toBe(kind);
  });

  it('counts a lock as recent that another action changed after the first attempt', async () => {
    const { state, node, lockBefore } = environment();
    await lockBefore(['1']);
    let conflicts = 1;
    state.fault = (on) => (on === 'replace' && conflicts-- > 0 ? { '1': 409 } : undefined);
    const { byAgent } = await node().take(['1'], lockBy('bob'), START + DAY);
    expect(byAgent.get('1')?.kind).toBe('held_after_another');
  });

  it('finds them by the UUIDs that SentinelOne reported before, in batches of 1,000', async () => {
    const { node, requests, lockBefore } = environment();
    await lockBefore(['7']);
    const hostLocks = node();
    const agents = Array.from({ length: 1_001 }, (_, n) =>
      agentWith({ id: String(n), uuid: `u${n}` })
    );
    hostLocks.noteAgents(agents);
    const { byDocument } = await hostLocks.readAhead(agents.map(({ uuid }) => ({ uuid: uuid! })));
    expect(requests).toEqual(['read 1000 locks', 'read 1000']);
    expect(byDocument.size).toBe(1_001);
    expect(byDocument.get(`${TENANT}/7`)).toMatchObject({ lock: lockBy('alice') });
    expect(byDocument.get(`${TENANT}/1000`)).toBeNull();
    requests.length = 0;
    expect(
      (await hostLocks.readAhead(named(...agents.slice(0, 1_000).map(({ id }) => id)))).byDocument
        .size
    ).toBe(1_000);
    expect(requests).toEqual(['read 1000 locks']);
    requests.length = 0;
    expect((await hostLocks.readAhead([{ uuid: 'unknown' }])).byDocument.size).toBe(0);
    expect(requests).toEqual([]);
  });

  it('leaves out a lock that cannot be read, and then takes it like one that was not read', async () => {
    const { state, node, requests, lockBefore, warnings } = environment();
    await lockBefore(['1']);
    const hostLocks = node();
    state.fault = failing('read', { '1': 503 });
    const ahead = await hostLocks.readAhead(named('1', '2'));
    expect([...ahead.byDocument]).toEqual([[`${TENANT}/2`, null]]);
    state.fault = failing('read', new Error('no connection'));
    expect((await hostLocks.readAhead(named('1'))).byDocument.size).toBe(0);
    expect(warnings).toEqual([expect.stringContaining('no connection')]);
    state.fault = () => undefined;
    const { byAgent } = await hostLocks.take(['1', '2'], lockBy('bob'), START, { ahead });
    expect(byAgent.get('1')?.kind).toBe('held_after_another');
    expect(requests.slice(2)).toEqual(['create 1,2', 'read 1', 'replace 1']);
  });
});

describe('releasing', () => {
  it('names the locks that could not be released, which expire', async () => {
    const { state, node, warnings, lastOn } = environment();
    const held = await node().take(['1', '2', '3'], lockBy('bob'), START);
    state.fault = failing('replace', { '2': 503 });
    await held.release(['1', '2']);
    expect(warnings).toEqual([expect.stringMatching(/^of-bob: .* agents 2 stay/)]);
    expect(await lastOn('1', '2', '3')).toEqual([
      ['1', 'bob', false],
      ['2', 'bob', true],
    ]);
    state.fault = () => undefined;
    state.now += HOST_LOCKS_EXPIRE_AFTER;
    const next = await node().take(['2'], lockBy('carol'), state.now);
    expect(next.byAgent.get('2')?.kind).toBe('held_after_another');
  });

  it('never rejects', async () => {
    const { state, node, warnings } = environment();
    const held = await node().take(['1'], lockBy('bob'), START);
    state.fault = failing('replace', new Error('no connection'));
    await held.release(['1']);
    expect(warnings).toEqual([expect.stringMatching(/^of-bob: .*no connection/)]);
  });

  it('sends no request if no lock is held', async () => {
    const { node, requests, others, warnings } = environment();
    await others.take(['1'], lockBy('alice'), START);
    const held = await node().take(['1'], lockBy('bob'), START);
    expect(held.byAgent.get('1')?.kind).toBe('taken');
    requests.length = 0;
    await held.release([]);
    expect([requests, warnings]).toEqual([[], []]);
  });
});

it('counts a lock with a time in the future from when this node first saw it, for each host', async () => {
  const { state, node } = environment();
  const [ahead, own] = [node({ ahead: 30 * DAY }), node()];
  const kindOf = async (agentId: string) =>
    (await own.take([agentId], lockBy('bob'), state.now)).byAgent.get(agentId)!.kind;
  await ahead.take(['1'], lockBy('alice'), START);
  expect(await kindOf('1')).toBe('taken');
  state.now += HOST_LOCKS_EXPIRE_AFTER;
  await ahead.take(['2'], lockBy('alice'), START);
  expect(await kindOf('2')).toBe('taken');
  expect(await kindOf('1')).toBe('held_after_another');
});

describe('the last actions', () => {
  it('are that of a held lock alone if the one before had ended long before', async () => {
    const { state, node, others, lockBefore } = environment();
    await lockBefore(['1']);
    state.now += 60_000;
    await others.take(['1'], lockBy('bob'), state.now);
    const unreleased = { ...lockBy('bob'), isUnreleased: true };
    expect([...(await node().lastOn(['1'], 'network'))]).toEqual([['1', unreleased]]);
  });

  it('are not read if there are no hosts', async () => {
    const { node, requests } = environment();
    expect((await node().lastOn([], 'network')).size).toBe(0);
    expect((await node().recentOn([], 'network')).size).toBe(0);
    expect(requests).toEqual([]);
  });

  it('on each host are at most two on the property, the newest first', async () => {
    const { node, others, state } = environment();
    const act = async (id: string, lock: HostLock, sent: boolean | undefined) => {
      state.now += 1_000;
      const held = await others.take([id], lock, state.now);
      if (sent !== undefined) await held.release(sent ? [id] : []);
    };
    await act('1', lockBy('a'), true);
    await act('1', lockBy('b', 'release'), true);
    await act('1', lockBy('c'), undefined);
    await act('2', lockBy('a'), true);
    await act('2', lockBy('b', 'scan'), true);
    await act('3', lockBy('a', 'scan'), true);
    await act('4', lockBy('a'), false);
    await act('6', lockBy('a'), true);
    await act('6', lockBy('b'), false);
    const recent = await node().recentOn(['1', '2', '3', '4', '5', '6'], 'network');
    const namesIn = (all: typeof recent) =>
      [...all].map(([id, locks]) => [id, locks.map(({ username }) => username)]);
    expect(namesIn(recent)).toEqual([
      ['1', ['c', 'b']],
      ['2', ['a']],
      ['6', ['a']],
    ]);
    expect(recent.get('1')?.[0]).toEqual(lockBy('c'));
    expect(namesIn(await node().recentOn(['1', '2', '3', '4'], 'scan'))).toEqual([
      ['2', ['b']],
      ['3', ['a']],
    ]);
  });

  it('are read in batches of 1,000', async () => {
    const { node, requests } = environment();
    const ids = Array.from({ length: 2_000 }, (_, n) => String(n));
    await node().recentOn(ids, 'network');
    expect(requests).toEqual(['read 1000 locks', 'read 1000 locks']);
  });
});
