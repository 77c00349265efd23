import { DEFAULT_PROTECTION_SETTINGS } from '../../common/hosts/protection_settings';
import type { ActionRecord } from '../../common/actions/record';
import { agentOf } from '../../test/helpers/status_reconciliation';
import type { Progress } from './merge_by_agent';
import type { ActionRequest } from './plan_action';
import type { StoredRecord } from './ports';
import { recordWhileLocking, type Planned } from './recording';

const START = 1_700_000_000_000;
const REQUEST: ActionRequest = {
  ...{ action: 'isolate', actionId: 'a1', actor: { username: 'jdoe', authentication: 'realm' } },
  ...{ isAutomation: false, connectorId: 'c', tenant: 'https://example.sentinelone.net' },
  ...{ guards: DEFAULT_PROTECTION_SETTINGS, hosts: [{ agentId: '1' }], comment: 'why' },
};
const sending: Progress = { kind: 'send', agent: agentOf('1') };
const refused: Progress = {
  kind: 'end',
  result: { uuid: 'u1', agentId: '1', name: 'host-1', outcome: 'refused', reason: 'in_flight' },
};
const planned = (progress: Progress): Planned => ({
  progress: [progress],
  groups: progress.kind === 'send' ? ([{ agentIds: ['1'] }] as unknown as Planned['groups']) : [],
  requestedAt: new Date(START).toISOString(),
});

function environment({ createFails = false } = {}) {
  const written: Array<{ readonly by: string; readonly record: ActionRecord }> = [];
  const note = (by: string, records: readonly ActionRecord[]): readonly StoredRecord[] => {
    written.push(...records.map((record) => ({ by, record })));
    return records.map((record) => ({ record, version: String(written.length) }));
  };
  const state = { now: START };
  const warnings: string[] = [];
  const recording = recordWhileLocking(REQUEST, {
    records: {
      create: async (records) => {
        if (createFails) throw new Error('no space left');
        return note('create', records);
      },
      replace: async (_, records) => note('replace', records),
    },
    clock: () => state.now,
    log: { warn: (message) => void warnings.push(String(message)) },
  });
  return { recording, state, warnings, written };
}

it('writes the record once if the locks change nothing', async () => {
  const { recording, written, state } = environment();
  recording.begin(planned(sending));
  state.now += 50;
  const [stored] = await recording.save(planned(sending), false);
  expect(written).toEqual([{ by: 'create', record: stored?.record }]);
  expect(stored?.record).toMatchObject({ state: 'sending', hosts: [{ outcome: 'pending' }] });
});

it('writes it again, with the time at which the locks are held, after another action held them first', async () => {
  const { recording, written, state } = environment();
  recording.begin(planned(sending));
  state.now += 50;
  await recording.save(planned(sending), true);
  const [early, late] = written;
  expect([early?.by, late?.by]).toEqual(['create', 'replace']);
  expect(late?.record.updatedAt).toBe(new Date(START + 50).toISOString());
  expect(late?.record.sortKey).toBeGreaterThan(early!.record.sortKey);
});

it('writes it again if the locks exclude a host', async () => {
  const { recording, written } = environment();
  recording.begin(planned(sending));
  await recording.save(planned(refused), false);
  expect(written.map(({ record }) => [record.state, record.hosts[0]?.outcome])).toEqual([
    ['sending', 'pending'],
    ['ended', 'refused'],
  ]);
});

it('does not save if the record could not be written while the hosts were locked', async () => {
  const { recording } = environment({ createFails: true });
  recording.begin(planned(sending));
  await expect(recording.save(planned(sending), false)).rejects.toThrow('no space left');
});

it('ends the record of hosts that could not be locked, and never rejects', async () => {
  const { recording, written } = environment();
  recording.begin(planned(sending));
  await recording.abandon(new Error('no shards'));
  expect(written.at(-1)).toMatchObject({
    by: 'replace',
    record: {
      state: 'ended',
      hosts: [{ outcome: 'failed', reason: 'interrupted', detail: 'Error: no shards' }],
    },
  });
  const other = environment({ createFails: true });
  other.recording.begin(planned(sending));
  await other.recording.abandon(new Error('no shards'));
  expect(other.warnings).toHaveLength(1);
});
