import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { isExpired, mayBeSamePerson } from '../../common/actions/approval';
import type { ActionRecord } from '../../common/actions/record';
import type { AppliedPattern } from '../../common/hosts/protection_settings';
import { HOUR, MINUTE } from '../../common/lib/constants';
import { spacesBeing, testRepository } from '../../test/helpers/saved_objects_repository';
import { newLocksOfNode, savedObjectHostLocks } from '../response_actions/host_locks';
import { performAction, type ActionPorts } from '../response_actions/perform_action';
import { savedObjectRecordStore } from '../response_actions/record_store';
import { ExactTargets } from '../sentinelone_client/host_action';
import type { ApiAnswer, ApiRequest } from '../sentinelone_client/transport';
import { savedObjectOpenRecordStore } from '../status_reconciliation/open_record_store';
import { reconcile } from '../status_reconciliation/reconcile';
import { agentOf } from '../../test/helpers/status_reconciliation';
import { savedObjectApprovals, savedObjectAwaitingRequests } from './approval_store';
import { ApprovalError, approveRequest, type ApprovalPorts } from './approve_request';
import { declineRequest, expireRequests, withdrawRequest } from './close_request';

/** No sequence of decisions, crashes and changes of the settings isolates a host that nobody else approved, or twice. */

const START = 1_700_000_000_000;
const TENANT = 'https://example.sentinelone.net';
const HOSTS = ['1', '2'];
const USERS = ['alice', 'ALICE', 'bob', 'carol'];

type Way = 'with_approval' | 'never' | 'unprotected';
type Crash = 'before_decision' | 'before_command' | 'after_command';
type Step =
  | { readonly kind: 'request'; readonly user: string; readonly hosts: readonly string[] }
  | {
      readonly kind: 'approve';
      readonly user: string;
      readonly which: number;
      readonly crash: Crash | undefined;
    }
  | {
      readonly kind: 'decline' | 'withdraw';
      readonly user: string;
      readonly which: number;
      /** How long its node takes between reading and writing. */
      readonly pause: number;
    }
  | { readonly kind: 'expire' | 'release' }
  | { readonly kind: 'settings'; readonly way: Way }
  | { readonly kind: 'wait'; readonly minutes: number };

/** A deployment with several Kibana nodes over one store, and a tenant that notes its commands. */
function deployment() {
  const repository = testRepository();
  const agents = new Map(HOSTS.map((id) => [id, 'connected']));
  const commands: Array<{ readonly actionId: string; readonly ids: readonly string[] }> = [];
  const state = { now: START, way: 'with_approval' as Way };
  const log = { warn: () => {}, error: () => {} };
  const clock = () => state.now;
  const refusedDecisions: Array<{ readonly requester: string; readonly by: string }> = [];
  const auditLog: ApprovalPorts['auditLog'] & ActionPorts['auditLog'] = {
    attempted: () => {},
    ended: () => {},
    decisionRefused: ({ actor }, _decision, _reason, { by }) =>
      void refusedDecisions.push({ requester: actor.username, by: by.username }),
  };
  const records = savedObjectRecordStore(repository, undefined);
  const approvals = savedObjectApprovals(repository, undefined);
  const hostLocks = savedObjectHostLocks(repository, TENANT, clock, log, newLocksOfNode());
  const spaces = spacesBeing();

  const guards = () => ({
    maxHosts: 100,
    protectedHosts: (state.way === 'unprotected'
      ? []
      : [{ field: 'agentId', pattern: '*', isolation: state.way }]) as readonly AppliedPattern[],
  });
  const answer = (actionId: string, request: ApiRequest): ApiAnswer => {
    if (request.method === 'GET') {
      const { uuids, ids } = request.query ?? {};
      const wanted = (uuids ?? ids ?? '').split(',');
      const data = [...agents]
        .filter(([id]) => wanted.includes(uuids === undefined ? id : `u${id}`))
        .map(([id, networkStatus]) => ({
          ...{ id, uuid: `u${id}`, computerName: `host-${id}`, networkStatus, isActive: true },
        }));
      return { ok: true, body: { data, pagination: { nextCursor: null } } };
    }
    const { ids } = (request.body as { filter: { ids: string[] } }).filter;
    commands.push({ actionId, ids });
    for (const id of ids) agents.set(id, 'disconnected');
    return { ok: true, body: { data: { affected: ids.length } } };
  };
  /** What an action needs; `crashAt` stops its node there: nothing that follows happens. */
  const portsOf = (actionId: string, crash?: Crash, crashed: () => void = () => {}) => {
    const stop = (): Promise<never> => {
      crashed();
      return new Promise(() => {});
    };
    const send = async (request: ApiRequest): Promise<ApiAnswer> => {
      await setImmediate();
      const isCommand = request.method !== 'GET';
      if (isCommand && crash === 'before_command') return stop();
      const result = answer(actionId, request);
      return isCommand && crash === 'after_command' ? stop() : result;
    };
    const ports: ActionPorts & Pick<ApprovalPorts, 'auditLog'> = {
      hostAction: ExactTargets.openHostAction(send, { sleep: async () => {}, random: () => 0 }),
      refusedRequests: { add: async () => actionId },
      leftOpen: () => {},
      openRequestsOn: (action, agentIds) =>
        approvals.openOn({ tenant: TENANT, action, agentIds }, clock()),
      ...{ records, hostLocks, auditLog, clock, log },
    };
    return {
      ...ports,
      approvals: {
        ...approvals,
        decide: (...args: Parameters<typeof approvals.decide>) =>
          crash === 'before_decision' ? stop() : approvals.decide(...args),
      },
    };
  };
  return {
    ...{ repository, state, agents, commands, records, approvals, guards, portsOf, clock, log },
    ...{ auditLog, refusedDecisions, hostLocks, spaces },
  };
}
type Deployment = ReturnType<typeof deployment>;

const userOf = (username: string) => ({ username, authentication: 'realm', realm: 'native' });

/** Refusals are part of the game; anything else is a bug. */
const mayBeRefused = async (work: Promise<unknown>): Promise<boolean> => {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof ApprovalError) return false;
    throw error;
  }
};

async function run(step: Step, made: Deployment, actions: string[]): Promise<void> {
  const { state, portsOf, guards, approvals, auditLog, clock } = made;
  switch (step.kind) {
    case 'request': {
      const actionId = `action-${actions.length}`;
      actions.push(actionId);
      await performAction(
        {
          ...{ action: 'isolate', actionId, actor: userOf(step.user), isAutomation: false },
          ...{ connectorId: 'connector', tenant: TENANT, guards: guards(), comment: 'why' },
          hosts: step.hosts.map((id) => ({ agentId: id })),
          approval: { kind: 'requested', expiresAfterMinutes: 60 },
        },
        portsOf(actionId)
      );
      return;
    }
    case 'approve': {
      const actionId = actions[step.which % Math.max(1, actions.length)];
      if (actionId === undefined) return;
      let stopped = (): void => {};
      const isStopped = new Promise<void>((resolve) => (stopped = resolve));
      const order = {
        ...{ actionId, comment: 'agreed', approver: userOf(step.user), alsoIn: new Set<string>() },
        ...{ connectorId: 'connector', tenant: TENANT, guards: guards() },
      };
      const work = approveRequest(order, portsOf(actionId, step.crash, stopped));
      await Promise.race([mayBeRefused(work), isStopped]);
      return;
    }
    case 'decline':
    case 'withdraw': {
      const actionId = actions[step.which % Math.max(1, actions.length)];
      if (actionId === undefined) return;
      const order = { actionId, comment: 'no', by: userOf(step.user) };
      const decide = step.kind === 'decline' ? declineRequest : withdrawRequest;
      const slow = {
        ...approvals,
        find: async (id: string) => {
          const found = await approvals.find(id);
          for (let n = 0; n < step.pause; n++) await setImmediate();
          return found;
        },
      };
      await mayBeRefused(decide(order, { approvals: slow, auditLog, clock }));
      return;
    }
    case 'expire':
      await expire(made);
      return;
    case 'release':
      for (const id of HOSTS) made.agents.set(id, 'connected');
      return;
    case 'settings':
      state.way = step.way;
      return;
    case 'wait':
      state.now += step.minutes * MINUTE;
  }
}

const expire = ({ repository, spaces, approvals, auditLog, clock, log }: Deployment) =>
  expireRequests({
    requests: savedObjectAwaitingRequests(repository, spaces),
    approvalsOf: () => approvals,
    auditLogOf: () => auditLog,
    ...{ clock, log },
  });

/** Checks an action against the commands that were sent for it. */
function check(records: readonly ActionRecord[], commands: Deployment['commands']): void {
  const [record] = records;
  if (record === undefined) return;
  const sent = commands.filter(({ actionId }) => actionId === record.actionId);
  const { approval, actor } = record;
  const { decision } = approval ?? {};
  expect(sent.length).toBeLessThanOrEqual(1);
  if (approval === undefined) return;
  if (decision?.kind !== 'approved') {
    expect(sent).toEqual([]);
    return;
  }
  expect(decision.by).toBeDefined();
  expect(mayBeSamePerson(actor, decision.by!)).toBe(false);
  expect(isExpired(approval, Date.parse(decision.at))).toBe(false);
  const wanted = approval.hosts.map(({ agentId }) => agentId);
  for (const id of sent.flatMap(({ ids }) => ids)) expect(wanted).toContain(id);
}

const which = fc.nat({ max: 4 });
const user = fc.constantFrom(...USERS);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('request' as const),
      user,
      hosts: fc.subarray(HOSTS, { minLength: 1 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('approve' as const),
      user,
      which,
      crash: fc.option(
        fc.constantFrom<Crash>('before_decision', 'before_command', 'after_command'),
        { nil: undefined, freq: 3 }
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('decline' as const, 'withdraw' as const),
      user,
      which,
      pause: fc.nat({ max: 8 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('expire' as const, 'release' as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('settings' as const),
      way: fc.constantFrom<Way>('with_approval', 'never', 'unprotected'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      minutes: fc.constantFrom(1, 7, 30, 61),
    }),
  }
);

it('isolates only hosts that another user approved in time, with one command, despite concurrent requests', async () => {
  const seen = { approved: 0, sent: 0, interrupted: 0, ownDecisions: 0 };
  await fc.assert(
    fc.asyncProperty(
      // The steps of one group happen at the same time, as on several nodes.
      fc.array(fc.array(anyStep, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      async (groups) => {
        const made = deployment();
        const actions: string[] = [];
        for (const steps of groups) {
          await Promise.all(steps.map((step) => run(step, made, actions)));
        }
        const before = made.commands.length;
        for (const actionId of actions) check(await made.records.get(actionId), made.commands);

        // Time passes: requests expire, and what a crash left is resolved without a command.
        made.state.now += 2 * HOUR;
        await expire(made);
        await reconcile(undefined, {
          store: savedObjectOpenRecordStore(made.repository, made.spaces),
          createReadOnlyClient: async () => ({
            ok: true,
            reader: {
              agents: async (ids) => ({
                agents: ids.map((id) =>
                  agentOf(id, { networkStatus: made.agents.get(id) as 'connected' })
                ),
                failed: new Map(),
              }),
              networkActivities: async () => ({ ok: true, value: [] }),
            },
          }),
          hostLocksOf: () => made.hostLocks,
          auditLogOf: () => made.auditLog,
          expireRequests: async () => undefined,
          ...{ clock: made.clock, log: made.log, nodeStoppedAfter: 5 * MINUTE },
        });
        expect(made.commands).toHaveLength(before);
        for (const actionId of actions) {
          for (const record of await made.records.get(actionId)) {
            expect(['awaiting_approval', 'sending']).not.toContain(record.state);
            if (record.approval?.decision?.kind === 'approved') seen.approved += 1;
            if (record.hosts.some(({ reason }) => reason === 'interrupted')) seen.interrupted += 1;
          }
        }
        seen.sent += made.commands.length;
        for (const { requester, by } of made.refusedDecisions) {
          expect(mayBeSamePerson({ username: requester }, { username: by })).toBe(true);
          seen.ownDecisions += 1;
        }
      }
    ),
    { numRuns: 120 }
  );
  // What never happens proves nothing.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
}, 120_000);

it('allows one open request per host, and a new request after its end', async () => {
  const seen = { refused: 0, waiting: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 12 }), async (steps) => {
      const made = deployment();
      const actions: string[] = [];
      for (const step of steps) {
        await run(step, made, actions);
        const waiting = new Map<string, string>();
        for (const actionId of actions) {
          for (const { approval, hosts } of await made.records.get(actionId)) {
            const isNew = step.kind === 'request' && actionId === actions.at(-1);
            for (const { agentId, outcome, reason, requestedBefore } of hosts) {
              if (isNew && reason === 'already_requested') {
                seen.refused += 1;
                expect(requestedBefore?.actionId).toBe(waiting.get(agentId!));
              }
              if (outcome !== 'awaiting_approval' || isExpired(approval!, made.clock())) continue;
              seen.waiting += 1;
              expect(waiting.has(agentId!)).toBe(false);
              waiting.set(agentId!, actionId);
            }
          }
        }
      }
      expect(made.commands.length).toBeLessThanOrEqual(actions.length);
    }),
    { numRuns: 150 }
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
});
