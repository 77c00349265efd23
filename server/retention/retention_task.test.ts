import { sortKeyOf, withHosts, type ActionRecord } from '../../common/actions/record';
import { savedObjectRecordStore } from '../response_actions/record_store';
import { hostOf, recordOf, START } from '../../test/helpers/status_reconciliation';
import {
  spacesBeing,
  testRepository,
  untilSearchable,
} from '../../test/helpers/saved_objects_repository';
import { removalLog, removeOldRecords } from './retention_task';
import { retentionSettingsStore } from './retention_settings_store';
import { DAY } from '../../common/lib/constants';

const NOW = Date.now();

const done = hostOf('1', { outcome: 'done' });
const waiting = hostOf('1');

/** A record that ended (or not) at its asking, some days before now. */
const aged = (actionId: string, days: number, host = done): ActionRecord =>
  recordOf({ actionId, at: NOW - START - days * DAY, hosts: [host] });

/** One of two groups of an action. */
const groupOf = (record: ActionRecord, group: number): ActionRecord => ({
  ...record,
  group,
  groups: 2,
  sortKey: sortKeyOf(record.requestedAt, record.actionId, group),
});

interface Told {
  readonly message: string;
  readonly event: { readonly action: string; readonly outcome: string };
  readonly [field: string]: unknown;
}

async function environment() {
  const repository = testRepository();
  const here = savedObjectRecordStore(repository, undefined);
  const there = savedObjectRecordStore(repository, 'ops');
  await here.create([
    aged('old', 31),
    aged('young', 29),
    aged('open', 90, waiting),
    groupOf(aged('both', 40), 0),
    groupOf(aged('both', 40), 1),
    groupOf(aged('half', 40), 0),
    groupOf(aged('half', 40, waiting), 1),
  ]);
  await there.create([aged('elsewhere', 90)]);
  await untilSearchable();
  const left = async (): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (const id of ['old', 'young', 'open', 'both', 'half']) {
      if ((await here.get(id)).length > 0) ids.push(id);
    }
    if ((await there.get('elsewhere')).length > 0) ids.push('elsewhere');
    return ids;
  };
  const logged: Told[] = [];
  const audited: Told[] = [];
  const removals = removalLog({
    eventLogger: { logEvent: (event) => void logged.push(event as unknown as Told) },
    audit: { enabled: true, log: (event) => void audited.push(event as unknown as Told) },
    log: { warn: () => {}, error: () => {} },
  });
  const removeIn = (spaces: ReturnType<typeof spacesBeing>) =>
    removeOldRecords({ repository, spaces, removals });
  const remove = () => removeIn(spacesBeing('ops'));
  const settings = retentionSettingsStore(repository, undefined);
  return { repository, left, remove, removeIn, removals, settings, logged, audited };
}

it('removes nothing without a retention setting', async () => {
  const { remove, left, settings } = await environment();
  expect(await remove()).toBe(0);
  await settings.set({ daysKept: null });
  expect(await remove()).toBe(0);
  expect(await left()).toHaveLength(6);
});

it('removes expired records of the space, and keeps open ones', async () => {
  const { remove, left, settings } = await environment();
  await settings.set({ daysKept: 30 });
  expect(await remove()).toBe(3);
  expect(await left()).toEqual(['young', 'open', 'half', 'elsewhere']);
  await untilSearchable();
  expect(await remove()).toBe(0);
});

it('removes nothing in a space that does not exist', async () => {
  const { repository, left, removeIn } = await environment();
  await retentionSettingsStore(repository, 'ops').set({ daysKept: 30 });
  await retentionSettingsStore(repository, undefined).set({ daysKept: 30 });
  expect(await removeIn(spacesBeing())).toBe(3);
  expect(await left()).toContain('elsewhere');
  expect(await removeIn(spacesBeing('ops'))).toBe(1);
  expect(await left()).not.toContain('elsewhere');
});

it("lets Elasticsearch evaluate the age, regardless of this node's clock", async () => {
  const { removals, repository, settings, left } = await environment();
  await settings.set({ daysKept: 30 });
  const filters: unknown[] = [];
  const spied = {
    ...repository,
    find: (options: Parameters<typeof repository.find>[0]) => {
      filters.push(options.filter);
      return repository.find(options);
    },
  } as typeof repository;
  const ahead = jest.spyOn(Date.prototype, 'toISOString').mockReturnValue('2099-01-01T00:00:00Z');
  try {
    await removeOldRecords({ repository: spied, spaces: spacesBeing('ops'), removals });
  } finally {
    ahead.mockRestore();
  }
  expect(await left()).toEqual(['young', 'open', 'half', 'elsewhere']);
  expect(filters.length).toBeGreaterThan(0);
  for (const filter of filters) {
    expect(filter).toContain('endedAt < "now-30d"');
    expect(filter).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  }
});

it('counts from the end of a record, not from its request', async () => {
  const { repository, remove, settings } = await environment();
  const records = savedObjectRecordStore(repository, undefined);
  const record = aged('late', 90, waiting);
  const [stored] = await records.create([record]);
  const ended = withHosts(record, [done], new Date(NOW - 29 * DAY).toISOString());
  await records.update(stored!, ended);
  await settings.set({ daysKept: 30 });
  await untilSearchable();
  await remove();
  expect(await records.get('late')).toHaveLength(1);
});

it('writes the number of removed records and the limit of each space to both logs', async () => {
  const { repository, remove, settings, logged, audited } = await environment();
  await remove();
  expect([logged, audited]).toEqual([[], []]);

  await settings.set({ daysKept: 30 });
  await retentionSettingsStore(repository, 'ops').set({ daysKept: 1 });
  await remove();
  const messages = [
    'Removed 3 records of actions from the space "default" that ended more than 30 days ago, as its settings say',
    'Removed 1 record of actions from the space "ops" that ended more than 1 day ago, as its settings say',
  ];
  for (const told of [logged, audited]) {
    expect(told.map(({ message }) => message).sort()).toEqual([...messages].sort());
    for (const { event } of told) expect(event.outcome).toBe('success');
  }
  expect(logged[0]).toMatchObject({
    event: { action: 'records-removal' },
    kibana: { space_ids: ['default'] },
  });
  expect(audited.find(({ kibana }) => (kibana as { space_id: string }).space_id === 'ops')).toEqual(
    expect.objectContaining({
      event: expect.objectContaining({
        action: 'sentinelone_response_records_removal',
        type: ['deletion'],
      }),
      sentinelone_response: expect.objectContaining({ days_kept: 1, removed: 1, failed: 0 }),
    })
  );

  await untilSearchable();
  await remove();
  expect([logged.length, audited.length]).toEqual([2, 2]);
});

it('logs records that were removed before a failure, and those that could not be removed', async () => {
  const { repository, removeIn, settings, audited } = await environment();
  await settings.set({ daysKept: 30 });
  const { bulkDelete } = repository;
  jest.spyOn(repository, 'bulkDelete').mockImplementation(async (objects, options) => {
    const { statuses } = await bulkDelete.call(repository, objects.slice(1), options);
    return { statuses: [...statuses, { ...objects[0]!, success: false }] };
  });
  await removeIn(spacesBeing('ops'));
  expect(audited).toMatchObject([
    {
      message: expect.stringMatching(/^Removed 2 records .*; 1 record could not be removed$/),
      event: { outcome: 'failure' },
      sentinelone_response: { removed: 2, failed: 1 },
    },
  ]);
});
