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

it('has no public constructor, and refuses objects of the same shape', () => {
  // @ts-expect-error The constructor is private.
  expect(() => new DueRelease()).toThrow();
  // @ts-expect-error An object of the same shape is no DueRelease.
  const alike: DueRelease = { action: 'release', endsActionId: 'a', tenant: 't' };
  expect(alike).not.toBeInstanceOf(DueRelease);
});
