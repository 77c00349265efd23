import { randomUUID } from 'node:crypto';
import type { ISavedObjectsRepository } from '@kbn/core/server';
import type { ActionName } from '../../common/actions/action_name';
import { type RecordedAction, wholeAction } from '../../common/actions/record';
import { LIMITS } from '../../common/lib/constants';
import { changeRelease } from '../../server/automatic_release/change_release';
import { releaseDue } from '../../server/automatic_release/release_due';
import {
  savedObjectReleaseStore,
  pendingReleasesOn,
} from '../../server/automatic_release/release_store';
import type { ReleasePorts } from '../../server/automatic_release/timed_action';
import { FirstSeen } from '../../server/lib/first_seen';
import { newLocksOfNode, savedObjectHostLocks } from '../../server/response_actions/host_locks';
import { performAction } from '../../server/response_actions/perform_action';
import { savedObjectRecordStore } from '../../server/response_actions/record_store';
import { COMMAND_DEADLINE } from '../../server/sentinelone_client/deadline';
import { ExactTargets } from '../../server/sentinelone_client/host_action';
import { contentOf } from '../../server/sentinelone_client/received_content';
import { readNetworkActivities } from '../../server/sentinelone_client/read_isolation_activities';
import { readExactAgents } from '../../server/sentinelone_client/read_agents';
import type { Send } from '../../server/sentinelone_client/transport';
import { ConnectorQueue } from '../../server/status_reconciliation/connector_queue';
import { savedObjectOpenRecordStore } from '../../server/status_reconciliation/open_record_store';
import type { ReadProblem, SentinelOneReader } from '../../server/status_reconciliation/ports';
import { reconcile } from '../../server/status_reconciliation/reconcile';
import { createSimulator, type SimulatorOptions } from '../simulator/simulator';
import { memoryStore } from '../workbench/saved_objects/memory_store';
import { httpCall } from './http_call';
import { spacesBeing, testSavedObjects } from './saved_objects_repository';

/**
 * Kibana nodes over one store, with a SentinelOne simulator and a clock that the test moves: the plugin's own code for
 * actions, automatic releases and status reconciliation, without HTTP to Kibana. A node can be stopped at any step.
 */

export const TOKEN = 'full-token-0123456789';
/** The call log names tokens: these tell automatic releases and the console from users. */
export const AUTOMATIC = { name: 'neverExpires', token: 'never-expires-token-0123456789' };
export const CONSOLE = { name: 'expiringSoon', token: 'expiring-soon-token-0123456789' };
export const TENANT = 'https://example.sentinelone.net';
export const BEGIN = Date.parse('2026-07-01T00:00:00.000Z');
const RETRY = { sleep: async () => {}, random: () => 0 };
/** The promise that a stopped node waits for. */
const NEVER = new Promise<never>(() => {});

/** Counts the steps of a node, and stops it at one. */
export class Steps {
  private left = Number.POSITIVE_INFINITY;
  isStopped = false;
  onStop: (() => void) | undefined;
  count = 0;

  /** The node stops at the n-th step from now: before it or just after it. */
  stopAt(n: number): void {
    this.left = n;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.isStopped) return NEVER;
    this.count += 1;
    this.left -= 0.5;
    if (this.left <= 0) return this.stop();
    const result = await work();
    this.left -= 0.5;
    if (this.left <= 0) return this.stop();
    return this.isStopped ? NEVER : result;
  }

  private stop(): Promise<never> {
    this.isStopped = true;
    this.onStop?.();
    return NEVER;
  }
}

/** The repository with each call as a step of the node. */
const stepped = (repository: ISavedObjectsRepository, steps: Steps): ISavedObjectsRepository =>
  new Proxy(repository, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) =>
        steps.run(async () => (member as (...all: unknown[]) => unknown).apply(target, args));
    },
  });

const sendTo =
  (url: () => string, token = TOKEN): Send =>
  async ({ method, path, query, body }) => {
    const search = new URLSearchParams(query).toString();
    try {
      const { status, text } = await httpCall(
        `${url()}/web/api/v2.1${path}${search === '' ? '' : `?${search}`}`,
        {
          method,
          headers: {
            authorization: `ApiToken ${token}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }
      );
      const data = JSON.parse(text) as unknown;
      if (status < 300) return { ok: true, body: data };
      const content = contentOf({ data, headers: {} }, token);
      return { ok: false, failure: { kind: 'status', status, content } };
    } catch (error) {
      return { ok: false, failure: { kind: 'lost', timedOut: false, detail: String(error) } };
    }
  };

export interface NodeOptions {
  /** How far (ms) the node's clock is ahead of the world's. */
  readonly clockAhead?: number;
  /** Called before each request to act on hosts, the look-up or the command, of users and of the task. */
  readonly onRequest?: (method: string) => void;
}

/** A world with one space, one connector and one tenant. */
export async function timedIsolations(options: SimulatorOptions = {}) {
  let now = BEGIN;
  const simulator = createSimulator({ settleMs: 1_000, ...options, now: () => now });
  await simulator.start();
  const repository = testSavedObjects(memoryStore(() => now));
  const world = {
    /** Names of the space's connectors. */
    connectors: ['SentinelOne'] as readonly string[],
    /** Whether the connector's token is valid, and its tenant. */
    connectorProblem: undefined as ReadProblem | undefined,
    /** Whether SentinelOne can be reached. */
    isDown: false,
  };
  const reachable =
    (send: Send): Send =>
    async (request) =>
      world.isDown
        ? { ok: false, failure: { kind: 'not_connected', detail: 'connect ECONNREFUSED' } }
        : send(request);
  const byUsers = reachable(sendTo(() => simulator.url));
  const byTask = reachable(sendTo(() => simulator.url, AUTOMATIC.token));
  const byConsole = sendTo(() => simulator.url, CONSOLE.token);

  function node({ clockAhead = 0, onRequest = () => {} }: NodeOptions = {}) {
    const steps = new Steps();
    const own = stepped(repository, steps);
    const ownSend: Send = (request) => steps.run(() => byUsers(request));
    const noticed =
      (send: Send): Send =>
      (request) => {
        onRequest(request.method);
        return steps.run(() => send(request));
      };
    const clock = () => now + clockAhead;
    const warnings: string[] = [];
    const log = { warn: (message: string) => void warnings.push(message), error: () => {} };
    const starts = new FirstSeen();
    const openRecords = savedObjectOpenRecordStore(own, spacesBeing());
    const store = savedObjectReleaseStore(own, spacesBeing());
    const hostLocksOf = (tenant: string) =>
      savedObjectHostLocks(own, tenant, clock, log, newLocksOfNode());
    const records = savedObjectRecordStore(own, undefined);
    const auditLog = { attempted: () => {}, ended: () => {} };
    const reader: SentinelOneReader = {
      agents: (ids) => readExactAgents(ownSend, RETRY, 'ids', ids),
      networkActivities: (ids, since) => readNetworkActivities(ownSend, RETRY, ids, since),
    };
    const common = {
      hostLocksOf,
      auditLogOf: () => auditLog,
      clock,
      log,
      nodeStoppedAfter: COMMAND_DEADLINE + 90_000,
    };
    const releasePorts: ReleasePorts = {
      ...common,
      store,
      laterActionsOn: openRecords.laterActionsOn,
      recordsOf: () => records,
      connectorsIn: async () => world.connectors.map((name, n) => ({ id: `c${n}`, name })),
      createReleaseClient: async () =>
        world.connectorProblem === undefined
          ? {
              ok: true,
              client: {
                reader,
                open: (due, began) =>
                  due.openHostAction({
                    send: noticed(byTask),
                    through: (checked) => checked,
                    ports: RETRY,
                    clock,
                    began,
                  }),
              },
            }
          : { ok: false, problem: world.connectorProblem },
      sent: () => {},
    };
    /** Acts as a user, through look-up, guards, locks, record and command. */
    const act = async (
      action: ActionName,
      agentIds: readonly string[],
      {
        username = 'analyst',
        releaseAfterMinutes,
        actionId = randomUUID(),
      }: {
        readonly username?: string;
        readonly releaseAfterMinutes?: number;
        readonly actionId?: string;
      } = {}
    ) =>
      performAction(
        {
          action,
          actionId,
          actor: { username, authentication: 'realm', realm: 'native' },
          isAutomation: false,
          connectorId: 'c0',
          tenant: TENANT,
          guards: { protectedHosts: [], maxHosts: LIMITS.hostsPerAction },
          hosts: agentIds.map((agentId) => ({ agentId })),
          comment: 'why',
          ...(releaseAfterMinutes === undefined
            ? {}
            : { releaseAt: new Date(clock() + releaseAfterMinutes * 60_000).toISOString() }),
        } as Parameters<typeof performAction>[0],
        {
          hostAction: ExactTargets.openHostAction(noticed(byUsers), RETRY),
          records,
          hostLocks: hostLocksOf(TENANT),
          auditLog,
          refusedRequests: { add: async () => 'none' },
          pendingReleasesOn: (ids) =>
            pendingReleasesOn(TENANT, ids, { store, laterActionsOn: openRecords.laterActionsOn }),
          leftOpen: () => {},
          clock,
          log,
        } as Parameters<typeof performAction>[1]
      );
    let lastCheck: number | undefined;
    return {
      steps,
      clock,
      warnings,
      store,
      releasePorts,
      act,
      /** Changes the automatic release of an action, or cancels it with `releaseAt` null. */
      change: (actionId: string, version: number, releaseAt: string | null) =>
        changeRelease(
          {
            ...{ actionId, namespace: undefined, version, releaseAt, comment: 'why' },
            by: { username: 'lead', authentication: 'realm', realm: 'native' },
          },
          { store, auditLog: { releaseTimeChanged: () => {} }, clock }
        ),
      /** Runs the task that releases. Resolves also when the node stops meanwhile. */
      release: () => releaseDue(releasePorts, { starts, connectorQueue: new ConnectorQueue() }),
      /** Runs the task that reads how actions ended. */
      async reconcile() {
        const result = await reconcile(lastCheck, {
          ...common,
          store: openRecords,
          expireRequests: async () => undefined,
          createReadOnlyClient: async () => ({ ok: true, reader }),
        });
        lastCheck = result.lastCheck;
      },
    };
  }

  const all = savedObjectRecordStore(repository, undefined);
  return {
    simulator,
    world,
    repository,
    node,
    now: () => now,
    advance(milliseconds: number) {
      now += milliseconds;
    },
    action: async (actionId: string): Promise<RecordedAction | undefined> =>
      wholeAction(await all.get(actionId)),
    /** A command of SentinelOne's console; returns whether it changed the host. */
    async inConsole(command: 'disconnect' | 'connect', id: string): Promise<boolean> {
      const body = { filter: { ids: [id] } };
      await byConsole({ method: 'POST', path: `/agents/actions/${command}`, body });
      return simulator.writes().at(-1)!.affectedIds.includes(id);
    },
    /** Commands that reached SentinelOne: the path's last word and the ids that they named. */
    writes: () =>
      simulator.writes().map(({ path, selectedIds }) => ({
        command: path.split('/').pop()!,
        ids: selectedIds,
      })),
    stop: () => simulator.stop(),
  };
}
export type TimedIsolations = Awaited<ReturnType<typeof timedIsolations>>;
