import * as fc from 'fast-check';
import type { NetworkStatus } from '../../common/hosts/agent';
import { ACTIONS, type ActionName } from '../../common/actions/action_name';
import type { ActionRecord, RecordedOutcome } from '../../common/actions/record';
import {
  agentOf,
  hostOf,
  iso,
  recordOf,
  START,
  TENANT,
  testEnvironment,
} from '../../test/helpers/status_reconciliation';

jest.setTimeout(60_000);

/** Whatever somebody does through a connector to another tenant says nothing about hosts of this one. */

const OTHER = 'https://evil.example';
const IDS = ['1', '2'] as const;

interface Acted {
  readonly action: ActionName;
  readonly agentId: (typeof IDS)[number];
  readonly outcome: RecordedOutcome;
  /** ms after the start. */
  readonly at: number;
}
const acted: fc.Arbitrary<Acted> = fc.record({
  action: fc.constantFrom(...ACTIONS),
  agentId: fc.constantFrom(...IDS),
  outcome: fc.constantFrom<RecordedOutcome>('requested', 'pending', 'done', 'failed', 'refused'),
  at: fc.integer({ min: 0, max: 300_000 }),
});
const recordOfActed =
  (kind: string, tenant: string) =>
  ({ action, agentId, outcome, at }: Acted, n: number): ActionRecord =>
    recordOf({
      actionId: `${kind}${n}`,
      connectorId: tenant === TENANT ? 'connector' : 'of somebody else',
      ...{ action, at, tenant, hosts: [hostOf(agentId, { outcome })] },
    });
const status = fc.constantFrom<NetworkStatus>(
  'connected',
  'disconnected',
  'connecting',
  'disconnecting'
);

it('records of another tenant change no outcome of a record of this one', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(acted, { minLength: 1, maxLength: 4 }),
      fc.array(acted, { maxLength: 6 }),
      fc.tuple(status, status),
      fc.integer({ min: 1_000, max: 900_000 }),
      async (own, foreign, statuses, later) => {
        const ownRecords = own.map(recordOfActed('own', TENANT));
        const ends = [];
        for (const others of [[], foreign.map(recordOfActed('foreign', OTHER))]) {
          const environment = testEnvironment([...ownRecords, ...others]);
          IDS.forEach((id, n) =>
            environment.agents.set(id, agentOf(id, { networkStatus: statuses[n]! }))
          );
          environment.state.now = START + 300_000 + later;
          await environment.look();
          ends.push(own.map((_, n) => environment.record(`own${n}`)));
        }
        expect(ends[1]).toEqual(ends[0]);
      }
    ),
    { numRuns: 300 }
  ));

it('a release of the same agent id in another tenant supersedes nothing', async () => {
  const release = recordOfActed('foreign', OTHER);
  const environment = testEnvironment([
    recordOf({ hosts: [hostOf('1')] }),
    release({ action: 'release', agentId: '1', outcome: 'done', at: 60_000 }, 0),
  ]);
  environment.agents.set('1', agentOf('1', { networkStatus: 'connected' }));
  environment.state.now = START + 61_000;
  await environment.look();
  expect(environment.record('a1').hosts).toMatchObject([
    { outcome: 'failed', reason: 'not_affected' },
  ]);
  expect(environment.record('a1').hosts[0]).not.toHaveProperty('supersededBy');
});

it('records of one connector with two tenants are checked in each', async () => {
  const asked: string[] = [];
  const environment = testEnvironment([
    recordOf({ hosts: [hostOf('1')] }),
    recordOf({ actionId: 'a2', at: 1, tenant: OTHER, hosts: [hostOf('1')] }),
  ]);
  const { createReadOnlyClient } = environment.ports;
  environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
  Object.assign(environment.ports, {
    createReadOnlyClient: (...args: Parameters<typeof createReadOnlyClient>) => {
      asked.push(args[2]);
      return createReadOnlyClient(...args);
    },
  });
  await environment.look();
  expect(asked.sort()).toEqual([OTHER, TENANT].sort());
  expect(environment.record('a1').hosts).toMatchObject([
    { outcome: 'done', confirmedAt: iso(START) },
  ]);
  expect(environment.record('a2').hosts).toMatchObject([
    { outcome: 'requested', reason: 'no_connector' },
  ]);
});
