import type { ISavedObjectsRepository, SavedObjectsFindOptions } from '@kbn/core/server';
import { newAutomaticRelease, type AutomaticRelease } from '../../common/actions/automatic_release';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import { MINUTE } from '../../common/lib/constants';
import { spacesBeing, testSavedObjects } from '../../test/helpers/saved_objects_repository';
import { hostOf, iso, recordOf, START, TENANT } from '../../test/helpers/status_reconciliation';
import { memoryStore } from '../../test/workbench/saved_objects/memory_store';
import { savedObjectRecordStore } from '../response_actions/record_store';
import type { LaterRecord } from '../status_reconciliation/ports';
import { pendingReleasesOn, savedObjectReleaseStore } from './release_store';

/** How automatic releases are found, read and changed. Nothing here reaches SentinelOne. */

interface Seed {
  readonly actionId: string;
  readonly at?: number;
  readonly hosts?: readonly RecordedHost[];
  readonly tenant?: string;
  readonly release?: Partial<AutomaticRelease> | null;
  readonly groups?: number;
}
const DUE = START + 10 * MINUTE;

/** All records of an action; the further ones have a copy of its release. */
const recordsFor = ({
  actionId,
  at = 0,
  hosts = [hostOf('1', { outcome: 'done' })],
  tenant = TENANT,
  release = {},
  groups = 1,
}: Seed): readonly ActionRecord[] =>
  Array.from({ length: groups }, (_, group) => {
    const record = recordOf({ actionId, at: at + group, tenant, hosts });
    return {
      ...{ ...record, group, groups },
      ...(release === null
        ? {}
        : {
            releaseAt: iso(DUE),
            automaticRelease: { ...newAutomaticRelease(iso(DUE), 'lead'), ...release },
          }),
    };
  });

async function environment(
  inDefault: readonly Seed[],
  inOps: readonly Seed[] = [],
  spaces = spacesBeing('ops')
) {
  let now = START;
  const repository = testSavedObjects(memoryStore(() => now));
  for (const [namespace, seeds] of [
    [undefined, inDefault],
    ['ops', inOps],
  ] as const) {
    for (const seed of seeds) {
      await savedObjectRecordStore(repository, namespace).create(recordsFor(seed));
    }
  }
  // Searches find documents a second after they were written.
  now += 1_100;
  const searches: SavedObjectsFindOptions[] = [];
  const changed: unknown[] = [];
  const requests: string[] = [];
  const faults: { bulkUpdate?: Error; bulkGet?: object; update?: Error } = {};
  const own = new Proxy(repository, {
    get(target, name: keyof ISavedObjectsRepository) {
      const member = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        requests.push(name);
        if (name === 'find') searches.push(args[0] as SavedObjectsFindOptions);
        if (name === 'update') changed.push([name, args[1], args[3]]);
        if (name === 'bulkUpdate') {
          changed.push([name, (args[0] as { id: string }[]).map(({ id }) => id), args[1]]);
        }
        const fault = faults[name as keyof typeof faults];
        if (fault instanceof Error) throw fault;
        return fault ?? member.apply(target, args);
      };
    },
  });
  const all = (actionId: string, namespace?: string) =>
    savedObjectRecordStore(repository, namespace).get(actionId);
  return {
    ...{ store: savedObjectReleaseStore(own, spaces), searches, changed, requests, faults, all },
  };
}

describe('pending releases', () => {
  it('are those whose next check is not later, of all spaces, in the order of their next checks', async () => {
    const at = (ms: number) => ({ nextCheckAt: iso(DUE + ms) });
    const { store, searches } = await environment(
      [
        { actionId: 'b', at: 1, release: at(-1) },
        { actionId: 'releasing', at: 2, release: { ...at(-5), state: 'releasing' } },
        { actionId: 'due', at: 3, release: at(0), groups: 2 },
        { actionId: 'later', at: 4, release: at(1) },
        { actionId: 'ended', at: 5, release: { ...at(-1), state: 'ended' } },
        { actionId: 'cancelled', at: 6, release: { ...at(-1), state: 'cancelled' } },
        { actionId: 'none', at: 7, release: null },
      ],
      [{ actionId: 'c', at: 0, release: at(-3) }]
    );
    expect(await store.pending(DUE)).toEqual([
      { actionId: 'releasing', namespace: undefined, nextCheckAt: DUE - 5 },
      { actionId: 'c', namespace: 'ops', nextCheckAt: DUE - 3 },
      { actionId: 'b', namespace: undefined, nextCheckAt: DUE - 1 },
      { actionId: 'due', namespace: undefined, nextCheckAt: DUE },
    ]);
    expect(searches).toEqual([
      expect.objectContaining({
        ...{ namespaces: ['*'], perPage: 500, sortField: 'sortKey', sortOrder: 'asc' },
        fields: ['actionId', 'sortKey', 'automaticRelease'],
      }),
    ]);
  });

  it('of spaces that do not exist are left out; each space is asked for once', async () => {
    const asked: string[] = [];
    const seeds = ['x', 'y'].map((actionId) => ({ actionId }));
    const { store } = await environment(
      seeds,
      ['s', 't'].map((actionId) => ({ actionId })),
      {
        all: async () => ['default'],
        exists: async (spaceId) => {
          asked.push(spaceId);
          return spaceId === 'default';
        },
      }
    );
    const found = await store.pending(DUE);
    expect(found.map(({ actionId }) => actionId).sort()).toEqual(['x', 'y']);
    expect(asked.sort()).toEqual(['default', 'ops']);
  });
});

describe('reading an action', () => {
  it('returns all of its records, its version and its space; undefined if there is none there', async () => {
    const { store, requests } = await environment(
      [{ actionId: 'one' }],
      [{ actionId: 'two', groups: 2 }]
    );
    const one = await store.read('one', undefined);
    expect(requests).toEqual(['bulkGet']);
    expect(one).toEqual({
      groups: recordsFor({ actionId: 'one' }),
      ...{ version: expect.any(String) as string, namespace: undefined },
    });
    const two = await store.read('two', 'ops');
    expect(two?.groups.map(({ group }) => group)).toEqual([0, 1]);
    expect(two?.namespace).toBe('ops');
    expect(await store.read('two', undefined)).toBeUndefined();
    expect(await store.read('other', undefined)).toBeUndefined();
  });

  it('throws if it cannot be read, so that it does not count as removed', async () => {
    const { store, faults } = await environment([{ actionId: 'one' }]);
    const error = { statusCode: 503, message: 'no shards' };
    faults.bulkGet = { saved_objects: [{ id: 'one', error }] };
    await expect(store.read('one', undefined)).rejects.toThrow('no shards');
    faults.bulkGet = { saved_objects: [] };
    expect(await store.read('one', undefined)).toBeUndefined();
  });
});

describe('changing an action', () => {
  const change = {
    automaticRelease: newAutomaticRelease(iso(DUE + 1), 'carol'),
    ...{ releaseAt: iso(DUE + 1), updatedAt: iso(DUE), handledHosts: [], releaseTimeChanges: [] },
  };

  it('writes only if it was not changed since it was read', async () => {
    const { store, all } = await environment([{ actionId: 'one' }]);
    const read = (await store.read('one', undefined))!;
    expect(await store.update(read, change)).toBe('written');
    expect(await store.update(read, { releaseAt: null })).toBe('conflict');
    expect(await all('one')).toMatchObject([change]);
  });

  it.each([
    ['default', undefined],
    ['ops', 'ops'],
  ])('copies what lists show to the further records, in the space %s', async (_, namespace) => {
    const seeds = [{ actionId: 'big', groups: 3 }];
    const { store, all, changed } = await environment(
      namespace === undefined ? seeds : [],
      namespace === undefined ? [] : seeds
    );
    const before = await all('big', namespace);
    const read = (await store.read('big', namespace))!;
    expect(await store.update(read, change)).toBe('written');
    const [first, ...copies] = await all('big', namespace);
    expect(first).toMatchObject(change);
    const { automaticRelease, releaseAt } = change;
    expect(copies).toEqual(
      before.slice(1).map((copy) => ({ ...copy, automaticRelease, releaseAt }))
    );
    const inSpace = namespace === undefined ? {} : { namespace };
    const { version } = read;
    expect(changed).toStrictEqual([
      ['update', 'big', { namespace, version, refresh: false }],
      ['bulkUpdate', ['big:1', 'big:2'], { ...inSpace, refresh: false }],
    ]);
    changed.length = 0;
    const again = (await store.read('big', namespace))!;
    await store.update(again, change, { isShownAtOnce: true });
    expect(changed).toMatchObject([
      ['update', 'big', { refresh: true }],
      ['bulkUpdate', ['big:1', 'big:2'], { refresh: true }],
    ]);
  });

  it('does not fail if only a copy cannot be written, and writes none after a failure or a conflict', async () => {
    const { store, faults, changed } = await environment([{ actionId: 'big', groups: 2 }]);
    const read = (await store.read('big', undefined))!;
    faults.bulkUpdate = new Error('no shards');
    expect(await store.update(read, change)).toBe('written');
    changed.length = 0;
    expect(await store.update(read, change)).toBe('conflict');
    faults.update = new Error('no shards');
    await expect(store.update(read, change)).rejects.toThrow('no shards');
    expect(changed.map((one) => (one as unknown[])[0])).toEqual(['update', 'update']);
  });

  it('writes no copies for an action with one record', async () => {
    const { store, changed } = await environment([{ actionId: 'one' }]);
    await store.update((await store.read('one', undefined))!, change);
    expect(changed).toHaveLength(1);
  });
});

describe('scheduled releases on agents', () => {
  it('are those of the tenant, of any space, with the agents only that were asked for', async () => {
    const two = ['1', '2'].map((id) => hostOf(id, { outcome: 'done' }));
    const { store, searches } = await environment(
      [
        { actionId: 'b', at: 2, hosts: two },
        { actionId: 'releasing', at: 3, release: { state: 'releasing' } },
        { actionId: 'foreign', at: 4, tenant: 'https://other.example' },
        { actionId: 'other', at: 5, hosts: [hostOf('3')] },
        { actionId: 'none', at: 6, release: null },
      ],
      [{ actionId: 'a', at: 1 }]
    );
    const found = await store.scheduledOn(TENANT, ['1', '9']);
    expect(
      found.map(({ actionId, hosts }) => [actionId, hosts.map(({ agentId }) => agentId)])
    ).toEqual([
      ['a', ['1']],
      ['b', ['1']],
    ]);
    expect(found[1]).toMatchObject({ action: 'isolate', releaseAt: iso(DUE) });
    expect(searches).toEqual([
      expect.objectContaining({
        ...{ namespaces: ['*'], perPage: 20, sortField: 'sortKey', sortOrder: 'asc' },
        fields: ['actionId', 'action', 'sortKey', 'releaseAt', 'automaticRelease', 'hosts'],
      }),
    ]);
  });

  it('are searched for a hundred agents at a time', async () => {
    const { store, searches } = await environment([
      { actionId: 'a', hosts: [hostOf('0')] },
      { actionId: 'b', at: 1, hosts: [hostOf('100')] },
    ]);
    const ids = Array.from({ length: 200 }, (_, n) => String(n));
    expect((await store.scheduledOn(TENANT, ids)).map(({ actionId }) => actionId)).toEqual([
      'a',
      'b',
    ]);
    expect(searches).toHaveLength(2);
    expect(await store.scheduledOn(TENANT, [])).toEqual([]);
    expect(searches).toHaveLength(2);
  });
});

describe('the pending release of a host', () => {
  const pending = async (
    scheduled: readonly ActionRecord[],
    later: readonly LaterRecord[] = [],
    agentIds: readonly string[] = ['1', '2']
  ) => {
    const asked: unknown[] = [];
    const found = await pendingReleasesOn(TENANT, agentIds, {
      store: {
        scheduledOn: async (...args) => {
          asked.push(['scheduled', ...args]);
          return scheduled;
        },
      },
      laterActionsOn: async (...args) => {
        asked.push(['later', ...args]);
        return later;
      },
    });
    return { found: [...found], asked };
  };
  const record = (actionId: string, at: number, ...hosts: readonly RecordedHost[]) =>
    recordsFor({ actionId, at, hosts })[0]!;
  const done = (id: string, changes: Partial<RecordedHost> = {}) =>
    hostOf(id, { outcome: 'done', ...changes });

  it('is that of the latest action that covers it, or the one whose release that replaces', async () => {
    const { found, asked } = await pending([
      record('a', 1, done('1'), done('2')),
      record('b', 2, done('1'), hostOf('2', { outcome: 'refused', reason: 'in_flight' })),
      record('c', 3, hostOf('1', { outcome: 'unchanged', replacesReleaseOf: 'b' })),
      record('d', 4, hostOf('1', { outcome: 'unchanged' })),
    ]);
    expect(found).toEqual([
      ['1', 'b'],
      ['2', 'a'],
    ]);
    expect(asked).toEqual([
      ['scheduled', TENANT, ['1', '2']],
      ['later', TENANT, ['1', '2'], record('a', 1).sortKey],
    ]);
  });

  it('does not exist if no action has one; then nothing else is read', async () => {
    const { found, asked } = await pending([]);
    expect([found, asked]).toEqual([[], [['scheduled', TENANT, ['1', '2']]]]);
    expect((await pending([record('a', 1, done('3'))])).found).toEqual([]);
  });

  it.each<[string, Partial<LaterRecord>, boolean]>([
    ['released it', { action: 'release' }, true],
    ['isolated it again', { action: 'isolate' }, true],
    ['found it so', { hosts: [{ agentId: '1', outcome: 'unchanged' }] }, true],
    ['was refused', { hosts: [{ agentId: '1', outcome: 'refused' }] }, false],
    ['is of another host', { hosts: [{ agentId: '2', outcome: 'done' }] }, false],
    ['scanned it', { action: 'scan' }, false],
    ['was before it', { sortKey: record('a', 1).sortKey }, false],
    ['is another record of the action', { actionId: 'a' }, false],
  ])('after a later request that %s', async (_, changes, isOver) => {
    const later: LaterRecord = {
      ...record('later', 5, done('1')),
      action: 'release',
      hosts: [{ agentId: '1', outcome: 'done' }],
      ...changes,
    };
    const none: LaterRecord = { ...later, ...{ actionId: 'none', hosts: [] } };
    const { found } = await pending([record('a', 1, done('1'))], [none, later], ['1']);
    expect(found).toEqual(isOver ? [] : [['1', 'a']]);
  });
});
