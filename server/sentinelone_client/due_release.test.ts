import * as fc from 'fast-check';
import { ACTIONS } from '../../common/actions/action_name';
import {
  AUTOMATIC_RELEASE_STATES,
  HANDLED_HOSTS,
  newAutomaticRelease,
} from '../../common/actions/automatic_release';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { RECORDED_OUTCOMES, type ActionRecord } from '../../common/actions/record';
import { isCoveredByRelease } from '../../common/actions/release_coverage';
import { DueRelease } from './due_release';
import type { HostAction } from './host_action';
import type { ApiRequest, Send } from './transport';

/** What the task that releases can send: nothing but the release of hosts of a record whose `releaseAt` is due. */

const NOW = Date.parse('2026-07-01T00:00:00.000Z');
const iso = (at: number) => new Date(at).toISOString();
const IDS = ['1', '2', '3', '4', '5'];
const PORTS = { sleep: async () => {}, random: () => 0 };

const anyHost = fc.record(
  {
    uuid: fc.constant(null),
    name: fc.constant('host'),
    agentId: fc.constantFrom(...IDS, null),
    outcome: fc.constantFrom(...RECORDED_OUTCOMES),
    replacesReleaseOf: fc.constantFrom('other-action'),
  },
  { requiredKeys: ['uuid', 'name', 'agentId', 'outcome'] }
);
const anyRelease = fc.record({
  state: fc.constantFrom(...AUTOMATIC_RELEASE_STATES),
  dueIn: fc.integer({ min: -100_000, max: 100_000 }),
});
const anyGroup = fc.record({
  hosts: fc.array(anyHost, { maxLength: 4 }),
  actionId: fc.constantFrom('a', 'a', 'a', 'b'),
  tenant: fc.constantFrom('t', 't', 't', 'u'),
});
/** Records of every kind: of other actions, incomplete, of several tenants, without a time. */
const anyGroups = fc
  .record({
    groups: fc.array(anyGroup, { maxLength: 3 }),
    count: fc.integer({ min: 1, max: 3 }),
    action: fc.constantFrom(...ACTIONS),
    release: fc.option(anyRelease),
    handled: fc.subarray(IDS),
  })
  .map(({ groups, count, action, release, handled }): readonly ActionRecord[] =>
    groups.map((one, group) => {
      const releaseAt = release === null ? null : iso(NOW + release.dueIn);
      return {
        ...one,
        action,
        group,
        groups: count,
        releaseAt,
        ...(release === null || releaseAt === null
          ? {}
          : {
              automaticRelease: {
                ...newAutomaticRelease(releaseAt, 'analyst'),
                state: release.state,
              },
            }),
        handledHosts: handled.map((agentId) => ({
          ...{ agentId, name: null, at: iso(NOW) },
          kind: HANDLED_HOSTS[0],
        })),
      } as unknown as ActionRecord;
    })
  );
const anyRequests = fc.array(
  fc.record({
    action: fc.constantFrom(...ACTIONS),
    ids: fc.array(fc.constantFrom(...IDS, '6'), { maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 5 }
);

/** What is due, computed again from the record alone. */
function expectedIn(groups: readonly ActionRecord[]): readonly string[] {
  const [first] = groups;
  const isDue =
    first !== undefined &&
    ACTION_DEFINITIONS[first.action].canEndAutomatically &&
    ['scheduled', 'releasing'].includes(first.automaticRelease?.state ?? '') &&
    typeof first.releaseAt === 'string' &&
    Date.parse(first.releaseAt) <= NOW &&
    groups.length === first.groups &&
    groups.every(({ actionId, tenant }) => actionId === first.actionId && tenant === first.tenant);
  if (!isDue) return [];
  const handled = new Set(first.handledHosts!.map(({ agentId }) => agentId));
  const covered = groups.flatMap(({ hosts }) => hosts.filter(isCoveredByRelease));
  return covered.flatMap(({ agentId }) => (handled.has(agentId!) ? [] : [agentId!]));
}

function tenant() {
  const commands: ApiRequest[] = [];
  const send: Send = async (request) => {
    if (request.method === 'POST') {
      commands.push(request);
      return { ok: true, body: { data: { affected: 1 } } };
    }
    const data = [...IDS, '6'].map((id) => ({
      ...{ id, uuid: `u${id}`, computerName: 'host', networkStatus: 'disconnected' },
    }));
    const asked = request.query!.ids!.split(',');
    return {
      ok: true,
      body: { data: data.filter(({ id }) => asked.includes(id)), pagination: { nextCursor: null } },
    };
  };
  return { commands, send };
}

it('never sends a command to an agent without a due releaseAt in the record', () =>
  fc.assert(
    fc.asyncProperty(
      anyGroups,
      anyRequests,
      fc.constantFrom(0, -200_000),
      async (groups, requests, clockSetBack) => {
        const due = DueRelease.of(groups, NOW);
        const expected = new Set(expectedIn(groups));
        expect(new Set(due?.agentIds ?? [])).toEqual(expected);
        if (due === undefined) return;
        const { commands, send } = tenant();
        const hostAction = due.openHostAction({
          ...{ send, ports: PORTS, began: NOW + clockSetBack, clock: () => NOW + clockSetBack },
          through: (checked) => checked,
        });
        for (const { action, ids } of requests) {
          try {
            const found = await hostAction.lookUp(ids.map((agentId) => ({ agentId })));
            const agents = found.flatMap((one) =>
              one.ok && one.status.state === 'known' ? [one.status.agent] : []
            );
            for (const targets of hostAction.targets(agents)) {
              await hostAction.command(action, targets);
            }
          } catch {
            // Refused: what counts is what left.
          }
        }
        for (const { path, body } of commands) {
          expect(path).toBe(
            ACTION_DEFINITIONS[ACTION_DEFINITIONS[groups[0]!.action].opposite].sentinelOne.path
          );
          const { ids } = (body as { filter: { ids: string[] } }).filter;
          expect(ids.length).toBeGreaterThan(0);
          for (const id of ids) expect(expected.has(id)).toBe(true);
          expect(Date.parse(groups[0]!.releaseAt!)).toBeLessThanOrEqual(NOW + clockSetBack);
        }
      }
    ),
    { numRuns: 1_000 }
  ));

it('sends the due release', async () => {
  const releaseAt = iso(NOW - 1);
  const record = {
    ...{ actionId: 'a', action: 'isolate', group: 0, groups: 1, tenant: 't', releaseAt },
    hosts: ['1', '2'].map((agentId) => ({ agentId, uuid: null, name: null, outcome: 'done' })),
    automaticRelease: newAutomaticRelease(releaseAt, 'analyst'),
  } as unknown as ActionRecord;
  const { commands, send } = tenant();
  const hostAction = DueRelease.of([record], NOW)!.openHostAction({
    ...{ send, ports: PORTS, began: NOW, clock: () => NOW },
    through: (checked) => checked,
  });
  const found = await hostAction.lookUp([{ agentId: '1' }]);
  const agents = found.flatMap((one) =>
    one.ok && one.status.state === 'known' ? [one.status.agent] : []
  );
  const [targets] = hostAction.targets(agents);
  await expect(hostAction.command('isolate', targets!)).rejects.toThrow('isolate');
  expect(await hostAction.command('release', targets!)).toEqual({ kind: 'answered', affected: 1 });
  expect(commands.map(({ path, body }) => [path, body])).toEqual([
    ['/agents/actions/connect', { filter: { ids: ['1'] } }],
  ]);
});

const recordWith = (changes: Partial<ActionRecord> = {}): ActionRecord => {
  const releaseAt = iso(NOW);
  return {
    ...{ actionId: 'a', action: 'isolate', group: 0, groups: 1, tenant: 't', releaseAt },
    hosts: ['1', '2'].map((agentId) => ({ agentId, uuid: null, name: null, outcome: 'done' })),
    automaticRelease: newAutomaticRelease(releaseAt, 'analyst'),
    ...changes,
  } as unknown as ActionRecord;
};

it('is due from the time in the record on, and names the action and the tenant', () => {
  expect(DueRelease.of([recordWith()], NOW - 1)).toBeUndefined();
  expect(DueRelease.of([recordWith()], NOW)).toEqual({
    ...{ action: 'release', endsActionId: 'a', tenant: 't', agentIds: new Set(['1', '2']) },
  });
  const releasing = { ...newAutomaticRelease(iso(NOW), 'analyst'), state: 'releasing' } as const;
  expect(DueRelease.of([recordWith({ automaticRelease: releasing })], NOW)).toBeDefined();
  for (const state of ['ended', 'cancelled'] as const) {
    const over = recordWith({ automaticRelease: { ...releasing, state } });
    expect(DueRelease.of([over], NOW)).toBeUndefined();
  }
  const [one, two] = [recordWith({ groups: 2 }), recordWith({ groups: 2, group: 1 })];
  expect(DueRelease.of([one!, two!], NOW)).toBeDefined();
  expect(DueRelease.of([], NOW)).toBeUndefined();
});

it.each<[string, readonly ActionRecord[]]>([
  ['a time', [recordWith({ releaseAt: null })]],
  ['a time', [recordWith({ releaseAt: undefined })]],
  ['a valid time', [recordWith({ releaseAt: 'soon' })]],
  ['an automatic release', [recordWith({ automaticRelease: undefined })]],
  ['all of its groups', [recordWith({ groups: 2 })]],
  ['its groups in order', [recordWith({ groups: 2, group: 1 }), recordWith({ groups: 2 })]],
  [
    'its own groups',
    [recordWith({ groups: 2 }), recordWith({ groups: 2, group: 1, actionId: 'b' })],
  ],
  ['one tenant', [recordWith({ groups: 2 }), recordWith({ groups: 2, group: 1, tenant: 'u' })]],
  ['an action that can end', [recordWith({ action: 'release' })]],
  ['hosts', [recordWith({ hosts: [] })]],
])('is not due without %s', (_, groups) => {
  expect(DueRelease.of(groups, NOW)).toBeUndefined();
});

it('covers the hosts that the action isolated or may have, without those that are handled', () => {
  const host = (agentId: string | null, outcome: string) => ({
    ...{ agentId, outcome, uuid: null, name: null },
  });
  const handledHosts = [{ agentId: '1', name: null, kind: 'released', at: iso(NOW) }];
  const record = {
    ...recordWith(),
    ...{ groups: 2, handledHosts },
    hosts: [host('1', 'done'), host('2', 'pending'), host('3', 'refused'), host(null, 'done')],
  } as unknown as ActionRecord;
  const second = { ...record, group: 1, hosts: [host('4', 'unchanged'), host('5', 'requested')] };
  const groups = [record, second as unknown as ActionRecord];
  expect([...DueRelease.of(groups, NOW)!.agentIds]).toEqual(['2', '5']);
});

/** The transport of a due release below the rate limit, where each request is checked as it leaves. */
function checkedTransport(now: () => number = () => NOW) {
  const sent: ApiRequest[] = [];
  let checked: Send | undefined;
  const hostAction = DueRelease.of([recordWith()], NOW)!.openHostAction({
    send: async (request) => {
      sent.push(request);
      return { ok: true, body: { data: [] } };
    },
    ...{ ports: PORTS, began: NOW, clock: now },
    through: (send) => (checked = send),
  });
  return { hostAction, sent, send: checked! };
}
const release = (ids: unknown): ApiRequest => ({
  ...{ method: 'POST', path: '/agents/actions/connect', body: { filter: { ids } } },
});
const NOT_DUE = 'Only hosts whose automatic release is due';

it('lets a release of its hosts and reads leave, and nothing else', async () => {
  const { send, sent } = checkedTransport();
  const allowed = [release(['1']), release(['1', '2']), { method: 'GET', path: '/any' } as const];
  for (const request of allowed) expect(await send(request)).toMatchObject({ ok: true });
  const { path } = release([]);
  const others: readonly ApiRequest[] = [
    { ...release(['1']), path: '/agents/actions/disconnect' },
    ...[
      undefined,
      null,
      'ids',
      {},
      { filter: null },
      { filter: {} },
      { filter: { siteIds: ['1'] } },
    ].map((body): ApiRequest => ({ method: 'POST', path, body })),
    { ...release([]), body: { filter: { ids: ['1'], siteIds: ['x'] } } },
    release([]),
    release('1'),
    release(null),
  ];
  for (const request of others) {
    expect(await send(request)).toMatchObject({
      ok: false,
      failure: { kind: 'not_allowed', detail: expect.stringContaining('only sends automatic') },
    });
  }
  for (const ids of [['3'], ['1', '3'], [1], [null]]) {
    await expect(send(release(ids))).rejects.toThrow(NOT_DUE);
  }
  expect(sent).toEqual(allowed);
});

it('checks the time of each command again, by the clock at that moment', async () => {
  let now = NOW;
  const { send, sent, hostAction } = checkedTransport(() => now);
  now = NOW - 1;
  await expect(send(release(['1']))).rejects.toThrow(NOT_DUE);
  await expect(hostAction.lookUp([{ agentId: '1' }])).rejects.toThrow(NOT_DUE);
  now = NOW + 2 * 60_000;
  expect(await send(release(['1']))).toMatchObject({ failure: { kind: 'not_allowed' } });
  expect(sent).toEqual([]);
  now -= 1;
  expect(await send(release(['1']))).toMatchObject({ ok: true });
});

it('looks up only its hosts, and by their ids alone', async () => {
  const { hostAction, sent } = checkedTransport();
  for (const reference of [{ agentId: '3' }, { uuid: 'u1' }, {}]) {
    await expect(hostAction.lookUp([{ agentId: '1' }, reference])).rejects.toThrow(NOT_DUE);
  }
  expect(sent).toEqual([]);
  await hostAction.lookUp([{ agentId: '1', uuid: 'u1' }, { agentId: '2' }]);
  expect(sent.map(({ query }) => query)).toEqual([{ ids: '1,2', limit: '1000' }]);
});

it('refuses targets of other agents, and every other action', async () => {
  const { hostAction, sent } = checkedTransport();
  const targets = (agentIds: readonly string[]) =>
    ({ agentIds, isIssuedBy: () => true }) as unknown as Parameters<HostAction['command']>[1];
  await expect(hostAction.command('release', targets(['3']))).rejects.toThrow(NOT_DUE);
  const others = ACTIONS.filter((action) => ACTION_DEFINITIONS[action].opposite !== 'isolate');
  for (const action of others) {
    await expect(hostAction.command(action, targets(['1']))).rejects.toThrow('Only release can be');
  }
  expect(sent).toEqual([]);
});

it('has no public constructor, and refuses objects of the same shape', () => {
  // @ts-expect-error The constructor is private.
  expect(() => new DueRelease()).toThrow();
  // @ts-expect-error An object of the same shape is no DueRelease.
  const alike: DueRelease = { action: 'release', endsActionId: 'a', tenant: 't' };
  expect(alike).not.toBeInstanceOf(DueRelease);
});
