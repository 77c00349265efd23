import type { ActionName } from '../../common/actions/action_name';
import type { HostResult } from '../../common/actions/outcome';
import type { Agent } from '../../common/hosts/agent';
import { DEFAULT_PROTECTION_SETTINGS } from '../../common/hosts/protection_settings';
import { agentWith } from '../../test/helpers/sample_hosts';
import { applyLocks, describeOthers, type LockedHostsPorts } from './apply_locks';
import type { Progress } from './merge_by_agent';
import type { ActionRequest } from './plan_action';
import type { HostLock, LastHostLock, LockedHosts } from './ports';

/** What host locks, and what others requested before, change about an action. */

const NOW = Date.parse('2026-07-01T00:00:00.000Z');
const SINCE = '2026-06-30T23:59:58.000Z';

const agent = (id: string, changes: Partial<Agent> = {}): Agent =>
  agentWith({ id, uuid: `u${id}`, computerName: `host-${id}`, ...changes });
const nameOf = (id: string) => ({ uuid: `u${id}`, agentId: id, name: `host-${id}` });
const toSend = (id: string): Progress => ({ kind: 'send', agent: agent(id) });
const ended = (id: string, more: Partial<HostResult> = {}): Progress => ({
  kind: 'end',
  result: { ...nameOf(id), outcome: 'unchanged', ...more },
});
const awaiting = (id: string): Progress => ({
  ...{ kind: 'await_approval', agent: agent(id) },
  protectedBy: { field: 'name', pattern: 'dc-*', isolation: 'with_approval' },
});
const lockBy = (username: string, action: ActionName = 'isolate'): HostLock => ({
  ...{ actionId: `of-${username}`, action, username, since: SINCE },
});
const requestOf = (action: ActionName, more: Partial<ActionRequest> = {}): ActionRequest => ({
  ...{ action, actionId: 'a1', comment: 'why', connectorId: 'connector', isAutomation: false },
  actor: { username: 'bob', authentication: 'realm' },
  tenant: 'https://example.sentinelone.net',
  guards: DEFAULT_PROTECTION_SETTINGS,
  hosts: [],
  ...more,
});

interface Options {
  readonly action?: ActionName;
  readonly request?: Partial<ActionRequest>;
  readonly locks?: Readonly<Record<string, LockedHosts>>;
  /** The agents as they are read again; agents that are missing are not found, null cannot be read. */
  readonly again?: Readonly<Record<string, Agent | null>>;
  readonly last?: Readonly<Record<string, LastHostLock>> | Error;
  readonly ports?: Partial<LockedHostsPorts>;
}

function environment({
  action = 'isolate',
  request: more = {},
  locks = {},
  again = {},
  last = {},
  ports: own = {},
}: Options) {
  const calls: string[] = [];
  const warnings: string[] = [];
  const ports: LockedHostsPorts = {
    hostAction: {
      lookUp: async (references) => {
        const ids = references.map(({ agentId }) => agentId!);
        calls.push(`look up ${ids.join()}`);
        return ids.map((id) => {
          const found = again[id];
          if (found === null) return { ok: false, problem: { reason: 'unreachable' } };
          const status =
            found === undefined
              ? ({ state: 'unknown' } as const)
              : ({ state: 'known', agent: found } as const);
          return { ok: true, status } as never;
        });
      },
    },
    hostLocks: {
      lastOn: async (ids, property) => {
        calls.push(`last on ${property} ${ids.join()}`);
        if (last instanceof Error) throw last;
        return new Map(ids.flatMap((id) => (last[id] === undefined ? [] : [[id, last[id]!]])));
      },
    },
    clock: () => NOW,
    log: { warn: (message) => void warnings.push(message), error: () => {} },
    ...own,
  };
  const request = requestOf(action, more);
  const byAgent = new Map(Object.entries(locks));
  const held = { byAgent, wasContested: false, release: async () => {} };
  return {
    ...{ calls, warnings },
    lock: (progress: readonly Progress[]) => applyLocks(request, progress, held, ports),
    describe: (progress: readonly Progress[]) => describeOthers(request, progress, byAgent, ports),
  };
}
const kindsOf = (progress: readonly Progress[]) =>
  progress.map((entry) => (entry.kind === 'end' ? entry.result.outcome : entry.kind));

describe('host locks', () => {
  it('refuse the hosts that another action has locked, and change no other', async () => {
    const { lock, calls } = environment({
      locks: {
        '1': { kind: 'held' },
        '2': { kind: 'taken', by: lockBy('alice', 'release') },
        '3': { kind: 'taken', by: lockBy('alice') },
      },
    });
    const progress = [toSend('1'), toSend('2'), ended('3'), toSend('4'), awaiting('5')];
    const locked = await lock(progress);
    expect(locked[1]).toEqual({
      kind: 'end',
      result: {
        ...nameOf('2'),
        ...{ outcome: 'refused', reason: 'in_flight' },
        detail: `alice started to release it at ${SINCE}`,
      },
    });
    for (const n of [0, 2, 3, 4]) expect(locked[n]).toBe(progress[n]);
    expect(calls).toEqual([]);
  });

  it('let hosts be read again that another action locked just before, and only these', async () => {
    const after = { kind: 'held_after_another', after: lockBy('alice') } as const;
    const { lock, calls } = environment({
      locks: { '1': after, '2': { kind: 'held' }, '3': after, '4': after, '5': after, '6': after },
      again: {
        '1': agent('1'),
        '3': agent('3', { networkStatus: 'disconnecting', isActive: false }),
        '4': null,
      },
    });
    const locked = await lock(['1', '2', '3', '4', '5'].map(toSend).concat(ended('6')));
    expect(calls).toEqual(['look up 1,3,4,5']);
    expect(locked).toEqual([
      toSend('1'),
      toSend('2'),
      ended('3', { reason: 'offline' }),
      { kind: 'end', result: expect.objectContaining({ agentId: '4', reason: 'unreachable' }) },
      { kind: 'end', result: expect.objectContaining({ agentId: '5', reason: 'not_found' }) },
      ended('6'),
    ]);
  });

  it('let an action through that seems to change nothing now, if its opposite may be pending, for read hosts only', async () => {
    const after = lockBy('alice', 'scan');
    const finished = (id: string) => agent(id, { scanStatus: 'finished' });
    const { lock, calls } = environment({
      action: 'abortScan',
      locks: { '1': { kind: 'held_after_another', after }, '2': { kind: 'held' } },
      again: { '1': finished('1'), '2': finished('2') },
      last: { '1': after, '2': after },
    });
    const locked = await lock([toSend('1'), ended('2'), ended('3')]);
    expect(kindsOf(locked)).toEqual(['send', 'unchanged', 'unchanged']);
    expect(calls).toEqual(['look up 1', 'last on scan 1', 'look up 1']);
  });
});

describe('the last check', () => {
  const locks: Options['locks'] = {
    '1': { kind: 'held', before: lockBy('alice') },
    '2': { kind: 'held' },
    '3': { kind: 'taken', by: lockBy('carol') },
    '4': { kind: 'held_after_another', after: lockBy('dave'), before: lockBy('erin') },
  };
  const superseded: HostResult = {
    ...nameOf('2'),
    ...{ outcome: 'refused', reason: 'already_decided', detail: 'why' },
  };

  it('gets the hosts that are left with the previous lock of each, and ends those that it excludes', async () => {
    const checked: unknown[] = [];
    const { lock } = environment({
      locks,
      again: { '4': agent('4') },
      ports: {
        beforeSending: async (agents, last) => {
          checked.push([agents.map(({ id }) => id), [...last]]);
          return new Map([
            ['2', superseded],
            ['5', { ...superseded, ...nameOf('5') }],
          ]);
        },
      },
    });
    const locked = await lock([...['1', '2', '3', '4', '9'].map(toSend), ended('5')]);
    expect(checked).toEqual([
      [
        ['1', '2', '4', '9'],
        [
          ['1', lockBy('alice')],
          ['4', lockBy('erin')],
        ],
      ],
    ]);
    expect(kindsOf(locked)).toEqual(['send', 'refused', 'refused', 'send', 'send', 'unchanged']);
    expect(locked[1]).toEqual({ kind: 'end', result: superseded });
  });

  it('is not made if no host is left', async () => {
    const beforeSending = jest.fn(async () => new Map());
    const { lock } = environment({ locks, ports: { beforeSending } });
    expect(kindsOf(await lock([toSend('3'), ended('1')]))).toEqual(['refused', 'unchanged']);
    expect(beforeSending).not.toHaveBeenCalled();
  });
});

describe('who requested the same before', () => {
  const requested = (id: string, username: string): Progress =>
    ended(id, {
      detail: `${username} requested to isolate it at ${SINCE}`,
      requestedBefore: { username, requestedAt: SINCE },
    });

  it('is the action whose lock was released just before, without another request', async () => {
    const { describe: described, calls } = environment({
      locks: {
        '1': { kind: 'held_after_another', after: lockBy('alice') },
        '2': { kind: 'held_after_another', after: lockBy('carol', 'release') },
        '4': { kind: 'held_after_another', after: lockBy('alice') },
      },
    });
    const others = [ended('2'), toSend('3'), ended('4', { outcome: 'refused' })];
    expect(await described([ended('1'), ...others])).toEqual([requested('1', 'alice'), ...others]);
    expect(calls).toEqual([]);
  });

  it('is otherwise read, for unchanged hosts with an id only', async () => {
    const { describe: described, calls } = environment({
      locks: {
        '1': { kind: 'held' },
        '2': { kind: 'held_after_another', after: lockBy('dave', 'scan') },
      },
      last: {
        '1': lockBy('alice'),
        '2': lockBy('carol'),
        '3': lockBy('erin', 'release'),
        '4': { ...lockBy('frank', 'release'), after: lockBy('grace') },
        '5': { ...lockBy('frank'), after: lockBy('grace', 'release') },
        '6': { ...lockBy('frank'), actionId: 'a1' },
      },
    });
    const nameless = ended('8', { agentId: null });
    const refused = ended('9', { outcome: 'refused', reason: 'not_found' });
    const unchanged = ['1', '2', '3', '4', '5', '6', '7'].map((id) => ended(id));
    expect(await described([...unchanged, nameless, refused, toSend('10')])).toEqual([
      requested('1', 'alice'),
      requested('2', 'carol'),
      ended('3'),
      requested('4', 'grace'),
      requested('5', 'frank'),
      ended('6'),
      ended('7'),
      ...[nameless, refused, toSend('10')],
    ]);
    expect(calls).toEqual(['last on network 1,2,3,4,5,6,7']);
  });

  it('is left out if it cannot be read, which is logged', async () => {
    const { describe: described, warnings } = environment({ last: new Error('no connection') });
    expect(await described([ended('1'), toSend('2')])).toEqual([ended('1'), toSend('2')]);
    expect(warnings).toEqual([expect.stringContaining('no connection')]);
  });

  it('is not read if no host is unchanged', async () => {
    const { describe: described, calls } = environment({});
    await described([toSend('1'), awaiting('2')]);
    expect(calls).toEqual([]);
  });
});

describe('the automatic release that a request replaces', () => {
  const releaseAt = '2026-07-01T08:00:00.000Z';

  it('is recorded for unchanged hosts that have one', async () => {
    const asked: unknown[] = [];
    const { describe: described } = environment({
      request: { releaseAt },
      ports: {
        pendingReleasesOn: async (ids) => {
          asked.push(ids);
          return new Map(['1', '3', '4'].map((id) => [id, `a-${id}`]));
        },
      },
    });
    const refused = ended('4', { outcome: 'refused' });
    expect(await described([ended('1'), ended('2'), toSend('3'), refused])).toStrictEqual([
      { kind: 'end', result: { ...nameOf('1'), outcome: 'unchanged', replacesReleaseOf: 'a-1' } },
      ...[ended('2'), toSend('3'), refused],
    ]);
    expect(asked).toEqual([['1', '2']]);
  });

  it.each<[string, Partial<ActionRequest>, readonly Progress[]]>([
    ['the request has no end', {}, [ended('1')]],
    ['no host is unchanged', { releaseAt }, [toSend('1'), ended('2', { outcome: 'refused' })]],
  ])('is not read if %s', async (_, request, progress) => {
    const pendingReleasesOn = jest.fn(async () => new Map([['1', 'a-1']]));
    const { describe: described } = environment({ request, ports: { pendingReleasesOn } });
    expect(await described(progress)).toEqual(progress);
    expect(pendingReleasesOn).not.toHaveBeenCalled();
  });

  it('is left out without automatic releases', async () => {
    const { describe: described } = environment({ request: { releaseAt } });
    expect(await described([ended('1')])).toEqual([ended('1')]);
  });

  it('stops the action if it cannot be read', async () => {
    const pendingReleasesOn = () => Promise.reject(new Error('no connection'));
    const { describe: described } = environment({
      request: { releaseAt },
      ports: { pendingReleasesOn },
    });
    await expect(described([ended('1')])).rejects.toThrow('no connection');
  });
});

describe('an open request for approval', () => {
  const alice = { username: 'alice', requestedAt: SINCE };

  it('refuses its hosts, and says who made it', async () => {
    const asked: unknown[] = [];
    const { describe: described } = environment({
      ports: {
        openRequestsOn: async (...args) => {
          asked.push(args);
          return new Map(['1', '3'].map((id) => [id, alice]));
        },
      },
    });
    expect(await described([awaiting('1'), awaiting('2'), toSend('3')])).toEqual([
      {
        kind: 'end',
        result: {
          ...nameOf('1'),
          ...{ outcome: 'refused', reason: 'already_requested', requestedBefore: alice },
          detail: `alice requested approval at ${SINCE}`,
        },
      },
      awaiting('2'),
      toSend('3'),
    ]);
    expect(asked).toEqual([['isolate', ['1', '2']]]);
  });

  it('is not searched for if no host needs approval, or without approvals', async () => {
    const openRequestsOn = jest.fn(async () => new Map([['1', alice]]));
    const progress = [toSend('1'), ended('2')];
    const { describe: described } = environment({ ports: { openRequestsOn } });
    expect(await described(progress)).toEqual(progress);
    expect(openRequestsOn).not.toHaveBeenCalled();
    expect(await environment({}).describe([awaiting('1')])).toEqual([awaiting('1')]);
  });

  it('stops the action if it cannot be read', async () => {
    const openRequestsOn = () => Promise.reject(new Error('no connection'));
    const { describe: described } = environment({ ports: { openRequestsOn } });
    await expect(described([awaiting('1')])).rejects.toThrow('no connection');
  });
});
