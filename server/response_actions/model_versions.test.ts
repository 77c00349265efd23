import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import type { ActionRecord } from '../../common/actions/record';
import { listedRecordCodec, summaryOf } from '../../common/actions/record_summary';
import { decode } from '../../common/lib/validation';
import { savedObjectHistory } from '../history/history_store';
import { reconcile } from '../status_reconciliation/reconcile';
import { savedObjectOpenRecordStore } from '../status_reconciliation/open_record_store';
import { agentOf, testEnvironment } from '../../test/helpers/status_reconciliation';
import {
  spacesBeing,
  testSavedObjects,
  untilSearchable,
} from '../../test/helpers/saved_objects_repository';
import { memoryStore } from '../../test/workbench/saved_objects/memory_store';
import type { RawSource } from '../../test/workbench/saved_objects/document_store';
import { newLocksOfNode, savedObjectHostLocks } from './host_locks';
import { savedObjectRecordStore } from './record_store';

/**
 * Records that model version 1 wrote, as they were in the index of an official Kibana 8.12.2: an isolation of
 * a host that is offline, which is open, one that is done, and one that was refused.
 */
const FIXTURE = join(__dirname, '../../test/fixtures/records_of_model_version_1.json');
interface Raw {
  readonly id: string;
  readonly source: RawSource;
}
const raw = JSON.parse(readFileSync(FIXTURE, 'utf8')) as readonly Raw[];
const recordIn = ({ source }: Raw) => source[ACTION_SAVED_OBJECT_TYPE] as ActionRecord;
const OPEN = raw.map(recordIn).find(({ state }) => state === 'requested')!;

/** The same, as it was before SentinelOne had answered. */
const SENDING: Raw = (() => {
  const actionId = '11111111-1111-4111-8111-111111111111';
  const { id, source } = raw.find((one) => recordIn(one) === OPEN)!;
  const hosts = OPEN.hosts.map(({ uuid, name }) => ({
    ...{ uuid, name, agentId: '77', outcome: 'pending' as const },
  }));
  const record: ActionRecord = {
    ...OPEN,
    actionId,
    sortKey: OPEN.sortKey + 1,
    state: 'sending',
    hosts,
  };
  return {
    id: id.replace(OPEN.actionId, actionId),
    source: { ...source, [ACTION_SAVED_OBJECT_TYPE]: record },
  };
})();
const ALL = [...raw, SENDING];

function stored() {
  const store = memoryStore();
  for (const { id, source } of ALL) store.put(id, source, { create: true }, true);
  return { store, repository: testSavedObjects(store) };
}
const log = { warn: () => {}, error: () => {} };

it('contains the data of version 1, and nothing of later versions', () => {
  expect(raw.map(({ source }) => source.typeMigrationVersion)).toEqual(raw.map(() => '10.1.0'));
  expect(
    raw
      .map(recordIn)
      .map(({ state }) => state)
      .sort()
  ).toEqual(['ended', 'ended', 'requested']);
  expect(JSON.stringify(raw)).not.toContain('override');
});

it('reads every record of version 1 unchanged', async () => {
  const { repository } = stored();
  const { actions, total } = await savedObjectHistory(repository, undefined, Date.now).page({});
  expect(total).toBe(ALL.length);
  const before = ALL.map(recordIn).sort((a, b) => b.sortKey - a.sortKey);
  expect(actions).toEqual(before.map((record) => ({ ...record, summary: summaryOf(record) })));
  for (const action of actions) expect(decode(listedRecordCodec, action).ok).toBe(true);
  const records = savedObjectRecordStore(repository, undefined);
  for (const record of before) expect(await records.get(record.actionId)).toEqual([record]);
});

it('reconciles the open records and keeps all other attributes', async () => {
  const { store, repository } = stored();
  const reconciliation = savedObjectOpenRecordStore(repository, spacesBeing());
  const environment = testEnvironment([]);
  for (const { hosts } of [OPEN, recordIn(SENDING)]) {
    const id = hosts[0]!.agentId!;
    environment.agents.set(id, agentOf(id, { networkStatus: 'disconnected' }));
  }
  const now = Date.parse(OPEN.requestedAt) + 600_000;
  await reconcile(undefined, {
    ...environment.ports,
    // The connector's id is whatever it was where they were written.
    createReadOnlyClient: (_, namespace, tenant) =>
      environment.ports.createReadOnlyClient('connector', namespace, tenant),
    clock: () => now,
    store: reconciliation,
    hostLocksOf: (tenant) =>
      savedObjectHostLocks(repository, tenant, () => now, log, newLocksOfNode()),
  });
  await untilSearchable();
  const { actions } = await savedObjectHistory(repository, undefined, Date.now).page({});
  expect(actions).toHaveLength(ALL.length);
  for (const before of [OPEN, recordIn(SENDING)]) {
    const after = actions.find(({ actionId }) => actionId === before.actionId)!;
    const { hosts, state, updatedAt: _updated, ...rest } = before;
    expect(state).not.toBe('ended');
    expect(after).toMatchObject(rest);
    expect(after.state).toBe('ended');
    expect(after.hosts).toMatchObject([{ agentId: hosts[0]!.agentId, outcome: 'done' }]);
  }
  const versions = store.all().map(({ source }) => source.typeMigrationVersion);
  expect(versions).toEqual(ALL.map(() => '10.1.0'));
});
