import {
  newAutomaticRelease,
  type AutomaticRelease,
  type HandledHost,
} from '../../common/actions/automatic_release';
import type { ActionRecord } from '../../common/actions/record';
import { DAY, LIMITS, SECOND } from '../../common/lib/constants';
import { hostOf, iso, recordOf, START, TENANT } from '../../test/helpers/status_reconciliation';
import type { ReleaseChange, TimedAction } from './ports';
import { releaseActionIdOf } from './release_schedule';
import {
  handledIn,
  postpone,
  releaseOf,
  releaseRequestOf,
  withHandled,
  writeEnd,
  type ReleasePorts,
} from './timed_action';

/** The request of an automatic release, and what is written about it. Nothing here can send a command. */

const RELEASE_AT = iso(START + 60_000);
const release = (changes: Partial<AutomaticRelease> = {}): AutomaticRelease => ({
  ...newAutomaticRelease(RELEASE_AT, 'lead'),
  ...changes,
});
const timed = (
  changes: Partial<ActionRecord> = {},
  ...others: readonly ActionRecord[]
): TimedAction => ({
  groups: [
    {
      ...recordOf({ actionId: 'iso', hosts: [hostOf('1'), hostOf('2')] }),
      ...{ releaseAt: RELEASE_AT, automaticRelease: release(), ...changes },
    },
    ...others,
  ],
  ...{ version: 'v1', namespace: 'ops' },
});
const handled = (agentId: string): HandledHost => ({
  ...{ agentId, name: `host-${agentId}`, kind: 'released', at: iso(START) },
});

function environment(now: number, written: 'written' | 'conflict' = 'written') {
  const updates: ReleaseChange[] = [];
  const created: Array<readonly [string | undefined, readonly ActionRecord[]]> = [];
  const audited: unknown[] = [];
  const auditLogOf = (namespace: string | undefined) => ({
    attempted: ({ actionId }: ActionRecord) =>
      void audited.push(['attempted', namespace, actionId]),
    ended: ({ actionId }: { actionId: string }, hosts: readonly { agentId: string | null }[]) =>
      void audited.push(['ended', namespace, actionId, hosts.map(({ agentId }) => agentId)]),
  });
  const ports = {
    store: {
      update: async (action: TimedAction, change: ReleaseChange) => {
        expect([action.version, action.namespace]).toEqual(['v1', 'ops']);
        updates.push(change);
        return written;
      },
    },
    recordsOf: (namespace: string | undefined) => ({
      create: async (records: readonly ActionRecord[]) => {
        created.push([namespace, records]);
        return [];
      },
    }),
    ...{ auditLogOf, clock: () => now },
  } as unknown as ReleasePorts;
  return { ports, updates, created, audited };
}

describe('the request of a release', () => {
  it('is for the opposite action on these agents by id, in the name of the user who set the time', () => {
    const action = timed({
      ...{ requestedAt: '2026-07-01T03:45:00.000Z', alertIds: ['x'], connectorId: 'own' },
      automaticRelease: release({ setBy: 'carol' }),
    });
    expect(releaseRequestOf(action, ['1', '2'], 'rel')).toStrictEqual({
      ...{ action: 'release', actionId: 'rel', alertIds: ['x'], isAutomation: false },
      hosts: [{ agentId: '1' }, { agentId: '2' }],
      comment: 'Automatic release: isolated on 2026-07-01 at 03:45 UTC by analyst',
      actor: { username: 'carol', authentication: 'scheduled' },
      endsAction: {
        ...{ actionId: 'iso', requestedBy: 'analyst', releaseAt: RELEASE_AT },
        requestedAt: '2026-07-01T03:45:00.000Z',
      },
      ...{ connectorId: 'own', tenant: TENANT },
      guards: { protectedHosts: [], maxHosts: LIMITS.hostsPerAction },
    });
  });

  it('keeps which alerts were not verified, and has a time and a user in any case', () => {
    const { automaticRelease: _release, releaseAt: _at, ...first } = timed().groups[0];
    const action: TimedAction = {
      ...timed(),
      groups: [{ ...first, unverifiedAlertIds: ['x'] }],
    };
    expect(releaseRequestOf(action, [], 'rel')).toMatchObject({
      unverifiedAlertIds: ['x'],
      actor: { username: 'analyst' },
      endsAction: { releaseAt: first.requestedAt },
    });
    expect(() => releaseOf(action)).toThrow('no automatic release');
  });
});

it('adds hosts to those that were handled before, with the name from any record of the action', () => {
  const second = recordOf({ actionId: 'iso', hosts: [hostOf('3')] });
  const action = timed({ handledHosts: [handled('1')] }, second);
  const hosts = new Map([
    ['3', { kind: 'sent' as const }],
    ['9', { kind: 'failed' as const, reason: 'not_found' as const }],
  ]);
  expect(withHandled(action, hosts, iso(START + 5))).toEqual([
    handled('1'),
    { agentId: '3', name: 'host-3', kind: 'sent', at: iso(START + 5) },
    { agentId: '9', name: null, kind: 'failed', reason: 'not_found', at: iso(START + 5) },
  ]);
  expect(handledIn(timed())).toEqual([]);
});

it('writes the end with its outcome and time, and what changed besides', async () => {
  const { ports, updates } = environment(START + 70_000);
  const action = timed({
    automaticRelease: release({ tries: 3, problem: { reason: 'offline', detail: null } }),
  });
  expect(await writeEnd(action, [handled('1')], ports, { attempts: 7 })).toBe('written');
  expect(updates).toEqual([
    {
      handledHosts: [handled('1')],
      automaticRelease: release({
        ...{ state: 'ended', outcome: 'not_needed', problem: null, nextCheckAt: null },
        ...{ endedAt: iso(START + 70_000), attempts: 7, tries: 3 },
      }),
    },
  ]);
  const other = environment(START, 'conflict');
  expect(await writeEnd(action, [], other.ports)).toBe('conflict');
});

describe('a release that cannot be sent', () => {
  const problem = { reason: 'unreachable', detail: 'down' } as const;
  const week = START + 60_000 + 7 * DAY;

  it('is tried again after a pause that grows with the tries', async () => {
    for (const [tries, pause] of [
      [0, 10 * SECOND],
      [3, 80 * SECOND],
    ] as const) {
      const { ports, updates, created } = environment(START + 61_000);
      const before = release({ state: 'releasing', tries, attempts: 2 });
      const action = timed({ automaticRelease: before, handledHosts: [handled('1')] });
      await postpone(action, problem, ports);
      expect(updates).toEqual([
        {
          handledHosts: [handled('1')],
          automaticRelease: {
            ...before,
            ...{ state: 'scheduled', tries: tries + 1, problem },
            nextCheckAt: iso(START + 61_000 + pause),
          },
        },
      ]);
      expect(created).toEqual([]);
    }
  });

  it('takes another pause, handled hosts and changes of its caller', async () => {
    const { ports, updates } = environment(START + 61_000);
    await postpone(timed(), { reason: 'in_flight' }, ports, {
      ...{ handledHosts: [handled('2')], pause: 0, changed: { attempts: 4 } },
    });
    expect(updates).toEqual([
      {
        handledHosts: [handled('2')],
        automaticRelease: release({
          ...{ tries: 1, attempts: 4, problem: { reason: 'in_flight', detail: null } },
          nextCheckAt: iso(START + 61_000),
        }),
      },
    ]);
  });

  it('is tried for a week after its time, and not given up without one', async () => {
    const last = environment(week);
    await postpone(timed(), problem, last.ports);
    expect(last.updates).toMatchObject([{ automaticRelease: { state: 'scheduled' } }]);
    for (const releaseAt of [null, undefined]) {
      const without = environment(week * 2);
      await postpone(timed({ releaseAt }), problem, without.ports);
      expect(without.updates).toMatchObject([{ automaticRelease: { state: 'scheduled' } }]);
      expect(without.created).toEqual([]);
    }
  });

  it('then ends as failed for each host that is left, with a record of its own', async () => {
    const { ports, updates, created, audited } = environment(week + 1);
    const action = timed({
      ...{ handledHosts: [handled('1')], automaticRelease: release({ attempts: 2 }) },
    });
    await postpone(action, problem, ports);
    const now = iso(week + 1);
    const actionId = releaseActionIdOf('iso', 3);
    const failed = { agentId: '2', name: 'host-2', kind: 'failed', ...problem, at: now };
    expect(updates).toEqual([
      {
        handledHosts: [handled('1'), failed],
        automaticRelease: release({
          ...{ state: 'ended', outcome: 'failed', attempts: 3, releaseActionId: actionId },
          ...{ beganAt: now, endedAt: now, nextCheckAt: null },
        }),
      },
    ]);
    expect(created).toEqual([
      [
        'ops',
        [
          expect.objectContaining({
            ...{ actionId, action: 'release', state: 'ended', endedAt: now },
            hosts: [
              {
                ...{ uuid: 'u2', agentId: '2', name: 'host-2', endedAt: now },
                ...{ outcome: 'failed', ...problem },
              },
            ],
          }),
        ],
      ],
    ]);
    expect(audited).toEqual([
      ['attempted', 'ops', actionId],
      ['ended', 'ops', actionId, ['2']],
    ]);
  });

  it('has no detail in the record if there is none', async () => {
    const { ports, updates, created } = environment(week + 1);
    await postpone(timed(), { reason: 'no_connector' }, ports);
    const hosts = [...(updates[0]?.handledHosts ?? []), ...created[0]![1][0]!.hosts];
    expect(hosts).toHaveLength(4);
    for (const host of hosts) {
      expect(host).toMatchObject({ reason: 'no_connector' });
      expect(host).not.toHaveProperty('detail');
    }
  });

  it('is not recorded as failed if the action was changed meanwhile', async () => {
    const { ports, created, audited } = environment(week + 1, 'conflict');
    await postpone(timed(), problem, ports);
    expect([created, audited]).toEqual([[], []]);
  });
});
