import { orderOf, withHosts, type ActionRecord } from '../../common/record';
import { savedObjectRecordStore } from '../response_actions/record_store';
import { hostOf, recordOf, START } from '../settling/test_world';
import { spacesBeing, testRepository, untilSearchable } from '../test_repository';
import { removeOldRecords } from './remove_old_records';
import { savedObjectSettings } from './settings_store';

const DAY = 86_400_000;
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
  order: orderOf(record.requestedAt, record.actionId, group),
});

async function world() {
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
  const remove = () => removeOldRecords(repository, spacesBeing('ops'));
  return { repository, left, remove, settings: savedObjectSettings(repository, undefined) };
}

it('removes nothing unless somebody has set for how long records are kept', async () => {
  const { remove, left, settings } = await world();
  expect(await remove()).toBe(0);
  await settings.set({ daysKept: null });
  expect(await remove()).toBe(0);
  expect(await left()).toHaveLength(6);
});

it('removes what ended long enough ago, in that space, and keeps whatever is open', async () => {
  const { remove, left, settings } = await world();
  await settings.set({ daysKept: 30 });
  expect(await remove()).toBe(3);
  expect(await left()).toEqual(['young', 'open', 'half', 'elsewhere']);
  await untilSearchable();
  expect(await remove()).toBe(0);
});

it('removes nothing in a space that does not exist', async () => {
  const { repository, left } = await world();
  await savedObjectSettings(repository, 'ops').set({ daysKept: 30 });
  await savedObjectSettings(repository, undefined).set({ daysKept: 30 });
  const removed = await removeOldRecords(repository, spacesBeing());
  expect(removed).toBe(3);
  expect(await left()).toContain('elsewhere');
  expect(await removeOldRecords(repository, spacesBeing('ops'))).toBe(1);
  expect(await left()).not.toContain('elsewhere');
});

it('leaves it to Elasticsearch how long ago something was, whatever the clock of this node says', async () => {
  const { repository, settings, left } = await world();
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
    await removeOldRecords(spied, spacesBeing('ops'));
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

it('counts from the end of a record, not from its asking', async () => {
  const { repository, remove, settings } = await world();
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
