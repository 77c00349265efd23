import * as fc from 'fast-check';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import type { ActionName } from '../../common/actions/action_name';
import type { Actor } from '../../common/actions/actor';
import { sortKeyOf, withHosts, type ActionRecord } from '../../common/actions/record';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { savedObjectEarlierActions, requestFingerprint } from './once_per_alert';
import { documentIdOf } from './stored_record';

const RULE: Actor = {
  username: 'analyst',
  authentication: 'api_key',
  apiKey: 'Alerting: siem.queryRule/Isolate',
  apiKeyId: 'key-1',
};
const ALERTS = ['alert-1', 'alert-2'];
const START = Date.parse('2024-07-03T03:45:00Z');

const TENANT = 'https://example.sentinelone.net';

interface Request {
  readonly tenant: string;
  readonly action: ActionName;
  readonly actor: Actor;
  readonly alertIds: readonly string[];
  /** Seconds after the start. */
  readonly at: number;
}

const recordOf = ({ at, ...request }: Request, n: number): ActionRecord => {
  const requestedAt = new Date(START + at * 1_000).toISOString();
  const actionId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  return withHosts(
    {
      ...request,
      actionId,
      group: 0,
      groups: 1,
      sortKey: sortKeyOf(requestedAt, actionId, 0),
      state: 'sending',
      connectorId: 'connector',
      comment: 'why',
      caseIds: [],
      requestedAt,
      updatedAt: requestedAt,
      requestFingerprint: requestFingerprint(request),
      hosts: [],
    },
    [{ uuid: null, agentId: String(n), name: `host-${n}`, outcome: 'done' }],
    requestedAt
  );
};

const OWN: Omit<Request, 'at'> = {
  tenant: TENANT,
  action: 'isolate',
  actor: RULE,
  alertIds: ALERTS,
};
const moment = fc.integer({ min: 0, max: 3_600 });
const own: fc.Arbitrary<Request> = moment.map((at) => ({ ...OWN, at }));
/** Everybody else's that names one of the alerts, or all of them. */
const foreign: fc.Arbitrary<Request> = fc
  .record({
    at: moment,
    difference: fc.constantFrom<Partial<Request>>(
      { actor: { ...RULE, username: 'lead' } },
      { actor: { ...RULE, apiKeyId: 'key-2' } },
      { actor: { username: 'analyst', authentication: 'realm' } },
      { action: 'release' },
      { tenant: 'https://other.sentinelone.net' },
      { alertIds: ['alert-1'] },
      { alertIds: ['alert-2', 'alert-1', 'alert-3'] }
    ),
  })
  .map(({ at, difference }) => ({ ...OWN, ...difference, at }));

it('finds every record of a request, and no other one for the same alerts', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(own, { maxLength: 60 }),
      fc.array(foreign, { maxLength: 300, size: 'max' }),
      async (requests, others) => {
        const repository = testRepository();
        const records = [...requests, ...others].map(recordOf);
        await repository.bulkCreate(
          records.map((attributes) => ({
            type: ACTION_SAVED_OBJECT_TYPE,
            id: documentIdOf(attributes.actionId, 0),
            attributes,
          })),
          { refresh: true }
        );
        const earlier = savedObjectEarlierActions(repository, undefined);
        const found = await earlier.ofRequest(requestFingerprint(OWN));
        const expected = records.slice(0, requests.length).sort((a, b) => b.sortKey - a.sortKey);
        expect(found.map(({ actionId }) => actionId)).toEqual(
          expected.map(({ actionId }) => actionId)
        );
        expect(found.map(({ hosts }) => hosts)).toEqual(expected.map(({ hosts }) => hosts));
      }
    ),
    { numRuns: 25 }
  ));

it('does not read alert ids, or records of another space', async () => {
  const repository = testRepository();
  const record = recordOf({ ...OWN, at: 0 }, 1);
  const object = { type: ACTION_SAVED_OBJECT_TYPE, id: record.actionId, attributes: record };
  await repository.bulkCreate([object], { refresh: true, namespace: 'ops' });
  const fingerprint = requestFingerprint(OWN);
  expect(await savedObjectEarlierActions(repository, undefined).ofRequest(fingerprint)).toEqual([]);
  const [found] = await savedObjectEarlierActions(repository, 'ops').ofRequest(fingerprint);
  const { actionId, sortKey, requestedAt, hosts } = record;
  expect(found).toEqual({ actionId, sortKey, requestedAt, hosts });
});

describe('requestFingerprint', () => {
  it('is the same for the same alerts in any order, and has a fixed length', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (alertIds) => {
        const one = requestFingerprint({ ...OWN, alertIds });
        const twice = [...alertIds, ...alertIds].reverse();
        expect(requestFingerprint({ ...OWN, alertIds: twice })).toBe(one);
        expect(one).toMatch(/^[0-9a-f]{64}$/);
      })
    ));

  it('differs if anything in the request differs', () =>
    fc.assert(
      fc.property(foreign, (other) => {
        expect(requestFingerprint(other)).not.toBe(requestFingerprint(OWN));
      })
    ));

  it('does not depend on boundaries between names', () => {
    const texts = ['a', 'b', '","', '"],["', 'a","b'];
    const all = texts.flatMap((username) =>
      texts.flatMap((apiKeyId) =>
        texts.map((alertId) =>
          requestFingerprint({
            tenant: TENANT,
            action: 'isolate',
            actor: { username, authentication: 'api_key', apiKeyId },
            alertIds: [alertId],
          })
        )
      )
    );
    expect(new Set(all).size).toBe(all.length);
  });
});
