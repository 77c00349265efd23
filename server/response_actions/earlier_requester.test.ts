import * as fc from 'fast-check';
import type { ISavedObjectsRepository } from '@kbn/core/server';
import { DEFAULT_PROTECTION_SETTINGS } from '../../common/hosts/protection_settings';
import { ExactTargets } from '../sentinelone_client/host_action';
import type { ApiAnswer, ApiRequest } from '../sentinelone_client/transport';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { newLocksOfNode, savedObjectHostLocks } from './host_locks';
import { performAction } from './perform_action';
import { savedObjectRecordStore } from './record_store';

/** Who is put on record as having asked, when several people ask for the same on one host at once. */

const TENANT = 'https://example.sentinelone.net';
const USERS = ['alice', 'bob', 'carol', 'dave'] as const;
const NOW = Date.parse('2024-07-03T03:45:00Z');
const BEFORE = { isolate: 'connected', release: 'disconnected' } as const;
const AFTER = { isolate: 'disconnecting', release: 'connecting' } as const;

/** The store, whose calls are carried out in the request that the scheduler says. */
function inAnyOrder(
  repository: ISavedObjectsRepository,
  scheduler: fc.Scheduler
): ISavedObjectsRepository {
  const scheduled = <Call extends (...args: never[]) => Promise<unknown>>(call: Call): Call =>
    (async (...args: Parameters<Call>) => {
      await scheduler.schedule(Promise.resolve(), 'store');
      return call(...args);
    }) as unknown as Call;
  const { bulkCreate, bulkGet, bulkUpdate, update } = repository;
  return {
    ...repository,
    bulkCreate: scheduled(bulkCreate.bind(repository)) as ISavedObjectsRepository['bulkCreate'],
    bulkGet: scheduled(bulkGet.bind(repository)) as ISavedObjectsRepository['bulkGet'],
    bulkUpdate: scheduled(bulkUpdate.bind(repository)) as ISavedObjectsRepository['bulkUpdate'],
    update: scheduled(update.bind(repository)) as ISavedObjectsRepository['update'],
  };
}

it.each(['isolate', 'release'] as const)(
  '%s: in every order of events, one request writes, and all others name exactly its user',
  async (action) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const repository = inAnyOrder(testRepository(), scheduler);
        let networkStatus: string = BEFORE[action];
        const writers: string[] = [];
        const sendAs =
          (user: string) =>
          async (request: ApiRequest): Promise<ApiAnswer> => {
            await scheduler.schedule(Promise.resolve(), `request of ${user}`);
            if (request.method === 'POST') {
              writers.push(user);
              networkStatus = AFTER[action];
              await scheduler.schedule(Promise.resolve(), `answer for ${user}`);
              return { ok: true, body: { data: { affected: 1 } } };
            }
            const agent = { id: '1', uuid: 'u1', computerName: 'a', networkStatus, isActive: true };
            // Read now, known later.
            await scheduler.schedule(Promise.resolve(), `answer for ${user}`);
            return { ok: true, body: { data: [agent], pagination: { nextCursor: null } } };
          };
        const log = { warn: () => {}, error: () => {} };
        const acting = USERS.map((username, n) =>
          performAction(
            {
              action,
              actionId: `of-${username}`,
              actor: { username, authentication: 'realm' },
              isAutomation: false,
              connectorId: 'connector',
              tenant: TENANT,
              guards: DEFAULT_PROTECTION_SETTINGS,
              hosts: [{ agentId: '1' }],
              comment: 'why',
            },
            {
              hostAction: ExactTargets.openHostAction(sendAs(username), {
                sleep: async () => {},
                random: () => 0,
              }),
              records: savedObjectRecordStore(repository, undefined),
              hostLocks: savedObjectHostLocks(
                repository,
                TENANT,
                () => NOW + n,
                log,
                newLocksOfNode()
              ),
              auditLog: { attempted: () => {}, ended: () => {} },
              refusedRequests: { add: () => Promise.reject(new Error('nothing is refused')) },
              leftOpen: () => {},
              clock: () => NOW + n,
              log,
            }
          )
        );
        const all = Promise.all(acting);
        await scheduler.waitFor(all);
        const results = (await all).map(({ hosts }) => hosts[0]!);
        const [writer, ...others] = writers;
        expect(others).toEqual([]);
        const asked = `${writer} requested to ${action} it at `;
        for (const [n, { outcome, reason, detail }] of results.entries()) {
          if (USERS[n] === writer) expect(outcome).toBe('requested');
          else if (outcome === 'refused') {
            expect(reason).toBe('in_flight');
            expect(detail).not.toMatch(new RegExp(`^${USERS[n]} `));
          } else {
            expect(outcome).toBe('unchanged');
            expect(detail?.slice(0, asked.length)).toBe(asked);
          }
        }
      }),
      { numRuns: 400 }
    );
  }
);
