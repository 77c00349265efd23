import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import type { ActionRecord, RecordProgress } from '../../common/actions/record';
import { newLocksOfNode, savedObjectHostLocks } from '../response_actions/host_locks';
import { savedObjectRecordStore } from '../response_actions/record_store';
import {
  spacesBeing,
  testRepository,
  untilSearchable,
} from '../../test/helpers/saved_objects_repository';
import type { OpenRecord } from './ports';
import { reconcile } from './reconcile';
import { savedObjectOpenRecordStore } from './open_record_store';
import {
  agentOf,
  hostOf,
  recordOf,
  START,
  TENANT,
  testEnvironment,
  type EndSeen,
} from '../../test/helpers/status_reconciliation';

const log = { warn: () => {}, error: () => {} };

async function storeWith(records: readonly ActionRecord[], inOps: readonly ActionRecord[] = []) {
  const repository = testRepository();
  if (records.length > 0) await savedObjectRecordStore(repository, undefined).create(records);
  if (inOps.length > 0) await savedObjectRecordStore(repository, 'ops').create(inOps);
  await untilSearchable();
  return { repository, store: savedObjectOpenRecordStore(repository, spacesBeing('ops')) };
}
async function allOpen(store: ReturnType<typeof savedObjectOpenRecordStore>) {
  const found: OpenRecord[] = [];
  for await (const page of store.open()) found.push(...page);
  return found;
}

it('finds open records of every space, oldest first, and no ended ones', async () => {
  const { store } = await storeWith(
    [
      recordOf({ actionId: 'a2', at: 2, hosts: [hostOf('1')] }),
      recordOf({ actionId: 'a3', at: 3, hosts: [hostOf('1', { outcome: 'done' })] }),
      recordOf({ actionId: 'a4', at: 4, hosts: [hostOf('1', { outcome: 'pending' })] }),
    ],
    [recordOf({ actionId: 'a1', at: 1, hosts: [hostOf('1')] })]
  );
  const open = await allOpen(store);
  expect(open.map(({ record, namespace }) => [record.actionId, namespace])).toEqual([
    ['a1', 'ops'],
    ['a2', undefined],
    ['a4', undefined],
  ]);
});

it('finds no records of a space that does not exist, such as a deleted one', async () => {
  const here = recordOf({ actionId: 'a1', at: 1, hosts: [hostOf('1')] });
  const left = recordOf({ actionId: 'a2', at: 2, hosts: [hostOf('2')] });
  const { repository } = await storeWith([here], [left]);
  const store = savedObjectOpenRecordStore(repository, spacesBeing('another'));
  expect((await allOpen(store)).map(({ record }) => record.actionId)).toEqual(['a1']);
});

it('reads several pages, each record once, even if some end meanwhile', async () => {
  const many = Array.from({ length: 1_203 }, (_, n) =>
    recordOf({ actionId: `a${n}`, at: n, hosts: [hostOf(String(n))] })
  );
  const { store } = await storeWith(many);
  const seen: string[] = [];
  for await (const page of store.open()) {
    seen.push(...page.map(({ record }) => record.actionId));
    const [first] = page;
    await store.update(first!, { ...first!.record, state: 'ended' });
  }
  expect(new Set(seen).size).toBe(1_203);
  expect(seen).toHaveLength(1_203);
});

it('finds later records of some agents of one tenant only', async () => {
  const first = recordOf({ actionId: 'a1', at: 1, hosts: [hostOf('1')] });
  const { store } = await storeWith(
    [
      first,
      recordOf({ actionId: 'a0', at: 0, hosts: [hostOf('1')] }),
      recordOf({ actionId: 'a2', at: 2, hosts: [hostOf('2'), hostOf('1', { outcome: 'done' })] }),
      recordOf({ actionId: 'a3', at: 3, hosts: [hostOf('3')] }),
    ],
    [
      recordOf({ actionId: 'a4', at: 4, hosts: [hostOf('1')] }),
      recordOf({ actionId: 'a5', at: 5, tenant: 'https://evil.example', hosts: [hostOf('1')] }),
    ]
  );
  const ids = ['1', ...Array.from({ length: 150 }, (_, n) => `9${n}`)];
  const later = await store.laterActionsOn(TENANT, ids, first.sortKey);
  expect(later.map(({ actionId }) => actionId).sort()).toEqual(['a2', 'a4']);
});

it('reads only the needed attributes of records', async () => {
  const alertIds = Array.from({ length: 50 }, (_, n) => `alert-${n}`);
  const many = Array.from({ length: 100 }, (_, n) => hostOf(`9${n}`, { outcome: 'done' }));
  const refused = (id: string) => hostOf(id, { outcome: 'refused', reason: 'no_privilege' });
  const first = recordOf({ actionId: 'a1', at: 1, hosts: [hostOf('1')] });
  const { repository, store } = await storeWith([
    { ...first, alertIds, comment: 'whole' },
    { ...recordOf({ actionId: 'a2', at: 2, hosts: [...many, hostOf('1')] }), alertIds },
    recordOf({ actionId: 'a3', at: 3, hosts: [refused('1'), refused('2')] }),
  ]);
  const [open] = await allOpen(store);
  expect(Object.keys(open!.record)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(alertIds|caseIds|comment|override)$/)])
  );
  const later = await store.laterActionsOn(TENANT, ['1'], first.sortKey);
  expect(later.map(({ actionId, hosts }) => [actionId, hosts])).toEqual([
    ['a2', [{ agentId: '1', outcome: 'requested' }]],
  ]);
  expect(later[0]).not.toHaveProperty('alertIds');

  // What was not read is not lost either.
  expect(await store.update(open!, { ...open!.record, state: 'ended' })).toBe('written');
  const { attributes } = await repository.get<ActionRecord>(ACTION_SAVED_OBJECT_TYPE, 'a1');
  expect(attributes).toMatchObject({ state: 'ended', alertIds, comment: 'whole' });
  expect(Object.keys((await store.readAgain(open!))!.record)).not.toContain('alertIds');
});

it('writes only to the version that it has read, and reads again after a conflict', async () => {
  const { store } = await storeWith([recordOf({ hosts: [hostOf('1')] })]);
  const [open] = await allOpen(store);
  const ended: RecordProgress = { ...open!.record, state: 'ended' };
  expect(await store.update(open!, ended)).toBe('written');
  expect(await store.update(open!, ended)).toBe('conflict');
  expect((await store.readAgain(open!))?.record.state).toBe('ended');
  const gone = { ...open!, record: { ...open!.record, actionId: 'never' } };
  expect(await store.readAgain(gone)).toBeUndefined();
});

it('several nodes over one store write one end for every host', async () => {
  const records = Array.from({ length: 30 }, (_, n) =>
    recordOf({ actionId: `a${n}`, at: n, hosts: [hostOf(`${n}0`), hostOf(`${n}1`)] })
  );
  const { repository, store } = await storeWith(records);
  const environment = testEnvironment([]);
  for (const { hosts } of records) {
    for (const { agentId } of hosts) {
      environment.agents.set(agentId!, agentOf(agentId!, { networkStatus: 'disconnected' }));
    }
  }
  const ends: EndSeen[] = [];
  const ports = {
    ...environment.ports,
    store,
    hostLocksOf: (tenant: string) =>
      savedObjectHostLocks(repository, tenant, () => START, log, newLocksOfNode()),
    auditLogOf: () => ({
      attempted: () => {},
      ended: ({ actionId }: RecordProgress, hosts: ActionRecord['hosts']) => {
        for (const { agentId, outcome } of hosts) ends.push({ actionId, agentId, outcome });
      },
    }),
  };
  await Promise.all(Array.from({ length: 4 }, () => reconcile(undefined, ports)));
  expect(ends).toHaveLength(60);
  expect(new Set(ends.map(({ agentId }) => agentId)).size).toBe(60);
  await untilSearchable();
  expect(await allOpen(store)).toEqual([]);
});
