import type { ActionName } from '../../common/actions/action_name';
import { newAutomaticRelease } from '../../common/actions/automatic_release';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import {
  spacesBeing,
  testRepository,
  untilSearchable,
} from '../../test/helpers/saved_objects_repository';
import { savedObjectReleaseStore } from '../automatic_release/release_store';
import { newLocksOfNode, savedObjectHostLocks } from '../response_actions/host_locks';
import { savedObjectRecordStore } from '../response_actions/record_store';
import { savedObjectOpenRecordStore } from '../status_reconciliation/open_record_store';
import { hostOf, iso, recordOf, START } from '../../test/helpers/status_reconciliation';
import { recordedIsolations } from './recorded_isolations';
import { agentOf, TENANT } from '../../test/helpers/isolated_hosts';

const HOUR = 60 * 60_000;
const spaces = spacesBeing('ops');
const log = { warn: () => {}, error: () => {} };

function kibana() {
  const repository = testRepository();
  const state = { now: START };
  const locks = (tenant = TENANT) =>
    savedObjectHostLocks(repository, tenant, () => state.now, log, newLocksOfNode());
  /** An action through Kibana: its locks and its record; without a record it was removed. */
  const act = async (
    actionId: string,
    action: ActionName,
    agentIds: readonly string[],
    {
      space,
      username = 'ann',
      record = {},
      tenant,
    }: {
      readonly space?: string;
      readonly username?: string;
      readonly record?: Partial<ActionRecord> | null;
      readonly tenant?: string;
    } = {}
  ) => {
    const since = iso(state.now);
    const held = await locks(tenant).take(
      agentIds,
      { actionId, action, username, since },
      state.now
    );
    await held.release(agentIds);
    if (record === null) return;
    const hosts = agentIds.map((id) =>
      hostOf(id, { outcome: 'done', confirmedAt: iso(state.now + 1) })
    );
    const whole = recordOf({ actionId, action, at: state.now - START, username, hosts });
    const stored = { ...whole, comment: `why ${actionId}`, ...record };
    await savedObjectRecordStore(repository, space).create([stored]);
  };
  /** A request for which nothing was sent to its hosts. */
  const record = async (
    actionId: string,
    hosts: readonly RecordedHost[],
    { space, ...fields }: Partial<ActionRecord> & { readonly space?: string }
  ) => {
    const whole = recordOf({ actionId, at: state.now - START, hosts: [...hosts] });
    await savedObjectRecordStore(repository, space).create([{ ...whole, ...fields }]);
  };
  const read = async (agents: ReturnType<typeof agentOf>[], namespace?: string) =>
    recordedIsolations(agents, {
      ...{ repository, namespace, tenant: TENANT, clock: () => state.now },
      locks: locks(),
      releases: {
        scheduledOn: savedObjectReleaseStore(repository, spaces).scheduledOn,
        laterActionsOn: savedObjectOpenRecordStore(repository, spaces).laterActionsOn,
      },
    });
  return { state, act, record, read, locks, repository };
}

it('returns user, comment, alerts and time of an isolation in this space', async () => {
  const { act, read } = kibana();
  const alertIds = Array.from({ length: 30 }, (_, n) => `alert-${n}`);
  await act('a1', 'isolate', ['1', '2'], { record: { alertIds } });
  const found = await read([
    agentOf('1'),
    agentOf('2', { networkStatus: 'disconnecting' }),
    agentOf('3'),
  ]);
  expect(found.get('1')).toEqual({
    ...{ by: 'ann', since: iso(START + 1), actionId: 'a1', comment: 'why a1' },
    ...{ requestedAt: iso(START), confirmedAt: iso(START + 1) },
    ...{ alertIds: alertIds.slice(0, 25), alertCount: 30 },
  });
  // On its way: since it was requested.
  expect(found.get('2')).toMatchObject({ since: iso(START), actionId: 'a1' });
  expect(found.has('3')).toBe(false);
});

it('returns only user and time of a record of another space', async () => {
  const { act, read } = kibana();
  await act('a1', 'isolate', ['1'], { space: 'ops', username: 'ben', record: { alertIds: ['x'] } });
  await untilSearchable();
  expect((await read([agentOf('1')])).get('1')).toEqual({
    ...{ by: 'ben', since: iso(START + 1), isOtherSpace: true },
    ...{ requestedAt: iso(START), confirmedAt: iso(START + 1) },
  });
  expect((await read([agentOf('1')], 'ops')).get('1')).toMatchObject({ comment: 'why a1' });
});

it('still returns user and time if the record was removed', async () => {
  const { act, read } = kibana();
  await act('a1', 'isolate', ['1'], { record: null });
  expect((await read([agentOf('1')])).get('1')).toEqual({
    ...{ by: 'ann', since: iso(START), requestedAt: iso(START) },
  });
});

it('is empty if Kibana did not isolate the host, or the isolation failed', async () => {
  const { state, act, read } = kibana();
  await act('a1', 'isolate', ['1'], {
    record: { hosts: [hostOf('1', { outcome: 'failed', reason: 'unable_to_disconnect' })] },
  });
  // An agent with this id of another tenant is another host.
  await act('a2', 'isolate', ['2'], { tenant: 'https://other.example' });
  await act('a3', 'release', ['3']);
  state.now += HOUR;
  expect(await read([agentOf('1'), agentOf('2'), agentOf('3')])).toEqual(new Map());
});

describe('after a release', () => {
  it('returns who isolated and who releases the host while the release is in progress', async () => {
    const { state, act, read } = kibana();
    await act('a1', 'isolate', ['1', '2']);
    state.now += HOUR;
    await act('a2', 'release', ['1'], { username: 'ben' });
    const connecting = { networkStatus: 'connecting' } as const;
    const found = await read([agentOf('1', connecting), agentOf('2', connecting)]);
    expect(found.get('1')).toMatchObject({
      ...{ by: 'ann', since: iso(START + 1), actionId: 'a1' },
      release: { by: 'ben', at: iso(START + HOUR) },
    });
    // Somebody releases it outside Kibana.
    expect(found.get('2')).toMatchObject({ by: 'ann', actionId: 'a1' });
    expect(found.get('2')).not.toHaveProperty('release');
  });

  it('still returns the isolation until SentinelOne reports the release; long after that, none', async () => {
    const { state, act, read } = kibana();
    await act('a1', 'isolate', ['1']);
    state.now += HOUR;
    await act('a2', 'release', ['1']);
    state.now += 10 * 60_000;
    expect((await read([agentOf('1')])).get('1')).toMatchObject({ actionId: 'a1' });
    state.now += 1;
    expect((await read([agentOf('1')])).has('1')).toBe(false);
  });

  it('and another isolation, returns the last one', async () => {
    const { state, act, read } = kibana();
    await act('a1', 'isolate', ['1']);
    await act('a2', 'release', ['1']);
    state.now += HOUR;
    await act('a3', 'isolate', ['1'], { username: 'cleo' });
    expect((await read([agentOf('1')])).get('1')).toMatchObject({ by: 'cleo', actionId: 'a3' });
  });
});

it('returns when a host is released automatically, unless that is cancelled or handled', async () => {
  const { act, read } = kibana();
  const releaseAt = iso(START + HOUR);
  const automaticRelease = newAutomaticRelease(releaseAt, 'ann');
  const handled = { name: null, kind: 'isolated_again' as const, at: iso(START), agentId: '2' };
  await act('a1', 'isolate', ['1', '2'], {
    record: { releaseAt, automaticRelease, handledHosts: [handled] },
  });
  await act('a2', 'isolate', ['3'], { record: { releaseAt: null, automaticRelease } });
  const found = await read([agentOf('1'), agentOf('2'), agentOf('3')]);
  expect(found.get('1')).toMatchObject({ releaseAt, automaticRelease, releaseOf: 'a1' });
  expect(found.get('2')).not.toHaveProperty('releaseAt');
  expect(found.get('3')).not.toHaveProperty('releaseAt');
});

describe('the automatic release of a host that is isolated again while it is isolated', () => {
  const timer = (hours: number) => {
    const releaseAt = iso(START + hours * HOUR);
    return { releaseAt, automaticRelease: newAutomaticRelease(releaseAt, 'ann') };
  };
  const unchanged = (fields = {}) => [hostOf('1', { outcome: 'unchanged', ...fields })];

  it('is that of the later request, even from another space', async () => {
    const { state, act, read, record } = kibana();
    await act('a1', 'isolate', ['1'], { record: timer(1) });
    state.now += 1_000;
    await record('a2', unchanged({ replacesReleaseOf: 'a1' }), { ...timer(5), space: 'ops' });
    await untilSearchable();
    const elsewhere = (await read([agentOf('1')])).get('1');
    expect(elsewhere).toMatchObject({
      ...{ actionId: 'a1', comment: 'why a1', releaseAt: timer(5).releaseAt },
    });
    // It can be changed in its own space only.
    expect(elsewhere).not.toHaveProperty('releaseOf');
    state.now += 1_000;
    await record('a3', unchanged({ replacesReleaseOf: 'a1' }), timer(7));
    await untilSearchable();
    expect((await read([agentOf('1')])).get('1')).toMatchObject({
      ...{ actionId: 'a1', releaseAt: timer(7).releaseAt, releaseOf: 'a3' },
    });
  });

  it('is none if the later request has none', async () => {
    const { state, act, read, record } = kibana();
    await act('a1', 'isolate', ['1'], { record: timer(1) });
    state.now += 1_000;
    await record('a2', unchanged(), {});
    await untilSearchable();
    expect((await read([agentOf('1')])).get('1')).not.toHaveProperty('releaseAt');
  });
});

it('is found in the group of the action that has the host', async () => {
  const { act, read, state, locks } = kibana();
  const releaseAt = iso(START + HOUR);
  const automaticRelease = newAutomaticRelease(releaseAt, 'ann');
  await act('a1', 'isolate', ['1'], { record: { groups: 2, releaseAt, automaticRelease } });
  await act('a1', 'isolate', ['2'], { record: { group: 1, groups: 2 } });
  expect((await locks().recentOn(['2'], 'network')).get('2')).toHaveLength(1);
  const found = await read([agentOf('1'), agentOf('2')]);
  expect([...found.values()]).toMatchObject([
    { actionId: 'a1', since: iso(state.now + 1), releaseAt },
    { actionId: 'a1', since: iso(state.now + 1), releaseAt },
  ]);
});

it('is read with few calls to Elasticsearch, regardless of the number of hosts', async () => {
  const { act, read, repository } = kibana();
  const ids = Array.from({ length: 1_200 }, (_, n) => String(n));
  for (let at = 0; at < 600; at += 200) await act(`a${at}`, 'isolate', ids.slice(at, at + 200));
  const [bulkGet, find] = [jest.spyOn(repository, 'bulkGet'), jest.spyOn(repository, 'find')];
  const found = await read(ids.map((id) => agentOf(id)));
  expect(found.size).toBe(600);
  // A thousand locks at a time, and the three records.
  expect(bulkGet.mock.calls.map(([objects]) => objects?.length)).toEqual([1_000, 200, 3]);
  // Automatic releases, a hundred hosts at a time.
  expect(find).toHaveBeenCalledTimes(6);
});
