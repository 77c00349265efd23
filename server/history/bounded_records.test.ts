import * as fc from 'fast-check';
import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE, LIMITS } from '../../common/lib/constants';
import {
  sortKeyOf,
  withHosts,
  type ActionRecord,
  type RecordedHost,
} from '../../common/actions/record';
import { summaryOf } from '../../common/actions/record_summary';
import { DEFAULT_PROTECTION_SETTINGS } from '../../common/hosts/protection_settings';
import { auditLogOf } from '../response_actions/audit_log';
import { refuseRequest, RefusedRequests } from '../response_actions/refused_requests';
import { attributesOf, documentIdOf } from '../response_actions/stored_record';
import { savedObjectRecordStore } from '../response_actions/record_store';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { csvOf } from './csv';
import { savedObjectHistory } from './history_store';
import { batchesOf } from './read_records';

/** What records cost: to store, to list, to export and to read. */

const START = Date.parse('2024-07-03T03:45:00Z');
const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

interface Seed {
  readonly hosts: number;
  readonly alerts: number;
  readonly alertLength: number;
  readonly cases: number;
  readonly comment: number;
}
const seed: fc.Arbitrary<Seed> = fc.record({
  hosts: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 1_000 })),
  alerts: fc.oneof(fc.integer({ max: 30, min: 0 }), fc.integer({ max: 1_000, min: 0 })),
  alertLength: fc.integer({ min: 10, max: 512 }),
  cases: fc.integer({ min: 0, max: LIMITS.casesPerAction }),
  comment: fc.integer({ min: 1, max: LIMITS.comment }),
});

const hostOf = (n: number): RecordedHost => ({
  uuid: String(n).padStart(32, 'f'),
  agentId: String(n).padStart(19, '1'),
  name: `web-${n}`,
  outcome: n % 3 === 0 ? 'failed' : 'done',
  ...(n % 3 === 0 ? { reason: 'undone', detail: 'x'.repeat(200) } : {}),
  confirmedAt: '2024-07-03T03:45:04.600Z',
  endedAt: '2024-07-03T03:45:04.600Z',
});

function recordOf(one: Seed, n: number): ActionRecord {
  const requestedAt = new Date(START + n * 1_000).toISOString();
  const actionId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const idsOf = (what: string, count: number) =>
    Array.from({ length: count }, (_, id) => `${what}-${n}-${id}-`.padEnd(one.alertLength, 'x'));
  return withHosts(
    {
      actionId,
      group: 0,
      groups: 1,
      sortKey: sortKeyOf(requestedAt, actionId, 0),
      action: 'isolate',
      state: 'sending',
      connectorId: 'connector',
      tenant: 'https://example.sentinelone.net',
      actor: { username: 'analyst', authentication: 'realm' },
      comment: 'c'.repeat(one.comment),
      alertIds: idsOf('alert', one.alerts),
      caseIds: idsOf('case', one.cases),
      requestedAt,
      updatedAt: requestedAt,
      hosts: [],
    },
    Array.from({ length: one.hosts }, (_, host) => hostOf(host)),
    requestedAt
  );
}

/** The repository, and how much it was read from. */
async function stored(seeds: readonly Seed[]) {
  const repository = testRepository();
  const records = seeds.map(recordOf);
  const { saved_objects: written } = await repository.bulkCreate(
    records.map((record) => ({
      type: ACTION_SAVED_OBJECT_TYPE,
      id: documentIdOf(record.actionId, 0),
      attributes: attributesOf(record),
    })),
    { refresh: true }
  );
  expect(written.every(({ error }) => error === undefined)).toBe(true);
  const read = { bytes: 0, mostAtOnce: 0 };
  const note = <Answer extends { readonly saved_objects: readonly unknown[] }>(answer: Answer) => {
    const size = sizeOf(answer.saved_objects);
    read.bytes += size;
    read.mostAtOnce = Math.max(read.mostAtOnce, size);
    return answer;
  };
  const counted = new Proxy(repository, {
    get(target, name: keyof ISavedObjectsRepository) {
      if (name === 'find') return async (...args: [never]) => note(await target.find(...args));
      if (name === 'bulkGet') {
        return async (...args: [never]) => note(await target.bulkGet(...args));
      }
      if (name === 'createPointInTimeFinder') {
        return (...args: [never]) => {
          const finder = target.createPointInTimeFinder(...args);
          return {
            close: () => finder.close(),
            async *find() {
              for await (const page of finder.find()) yield note(page);
            },
          };
        };
      }
      return target[name];
    },
  });
  return { records, read, history: savedObjectHistory(counted, undefined, () => START) };
}

/** A host and what stands around it, in JSON or CSV. */
const HOST_BYTES = 700;
const RECORD_BYTES = 2_000;
const longest = (seeds: readonly Seed[], field: keyof Seed) =>
  Math.max(0, ...seeds.map((one) => one[field]));

it('stores and exports sizes proportional to hosts plus alerts, never to their product', () =>
  fc.assert(
    fc.asyncProperty(fc.array(seed, { minLength: 1, maxLength: 4 }), async (seeds) => {
      const { records, history } = await stored(seeds);
      for (const [n, one] of seeds.entries()) {
        const linear =
          RECORD_BYTES +
          one.comment +
          one.hosts * HOST_BYTES +
          (one.alerts + one.cases) * (one.alertLength + 3);
        // What lists show of it is stored a second time.
        expect(sizeOf(attributesOf(records[n]!))).toBeLessThan(2 * linear);
      }
      let exported = 0;
      let longestChunk = 0;
      for await (const chunk of await csvOf(history.all({}))) {
        const size = Buffer.byteLength(chunk as Buffer);
        exported += size;
        longestChunk = Math.max(longestChunk, size);
      }
      const mostExported = seeds.reduce(
        (sum, one) =>
          sum +
          one.hosts * (HOST_BYTES + one.comment) +
          (one.alerts + one.cases) * (one.alertLength + 1),
        RECORD_BYTES
      );
      expect(exported).toBeLessThan(mostExported);
      // A line has the ids of one action at most.
      const longestLine =
        HOST_BYTES +
        longest(seeds, 'comment') +
        (longest(seeds, 'alerts') + longest(seeds, 'cases')) * 513;
      expect(longestChunk).toBeLessThan(32_768 + longestLine);
    }),
    { numRuns: 15 }
  ));

it('lists records with a bounded number of bytes, and reads no more', () =>
  fc.assert(
    fc.asyncProperty(fc.array(seed, { minLength: 1, maxLength: 6 }), async (seeds) => {
      const { records, read, history } = await stored(seeds);
      const page = await history.page({ perPage: 100 });
      const most = seeds.reduce(
        (sum, { comment, alertLength }) =>
          sum + RECORD_BYTES + comment + LIMITS.itemsInList * (HOST_BYTES + 2 * (alertLength + 3)),
        0
      );
      expect(sizeOf(page)).toBeLessThan(most);
      expect(read.bytes).toBeLessThan(most + seeds.length * 1_000);
      // It counts all of what it has only the beginning of.
      const latestFirst = [...records].reverse();
      expect(page.actions.map(({ summary }) => summary)).toEqual(latestFirst.map(summaryOf));
      for (const [n, action] of page.actions.entries()) {
        const { hosts, alertIds, caseIds } = latestFirst[n]!;
        expect(action.hosts).toEqual(hosts.slice(0, LIMITS.itemsInList));
        expect(action.alertIds).toEqual(alertIds.slice(0, LIMITS.itemsInList));
        expect(action.caseIds).toEqual(caseIds.slice(0, LIMITS.itemsInList));
      }
    }),
    { numRuns: 15 }
  ));

it('lists the requested host first, regardless of its position in the action', async () => {
  const seeds = [{ hosts: 900, alerts: 2, alertLength: 20, cases: 0, comment: 5 }];
  const { history } = await stored(seeds);
  for (const n of [0, 24, 25, 899]) {
    for (const host of [hostOf(n).agentId!, hostOf(n).uuid!, `web-${n}`]) {
      const { actions } = await history.page({ host });
      expect(actions).toHaveLength(1);
      expect(actions[0]!.hosts.map(({ name }) => name)).toContain(`web-${n}`);
      expect(actions[0]!.hosts).toHaveLength(LIMITS.itemsInList);
      expect(actions[0]!.summary).toMatchObject({ hostCount: 900, alertCount: 2 });
    }
  }
});

it('exports every host of every action once, with few records in memory at a time', async () => {
  const large = { hosts: 1_000, alerts: 1_000, alertLength: 100, cases: 5, comment: 10 };
  const small = { hosts: 2, alerts: 1, alertLength: 20, cases: 0, comment: 10 };
  const seeds = [...Array<Seed>(6).fill(large), ...Array<Seed>(250).fill(small)];
  const { records, read, history } = await stored(seeds);
  const exported: string[] = [];
  for await (const page of history.all({})) exported.push(...page.map(({ actionId }) => actionId));
  expect(exported).toEqual([...records].reverse().map(({ actionId }) => actionId));
  const largest = Math.max(...records.map((record) => sizeOf(attributesOf(record))));
  expect(read.mostAtOnce).toBeLessThan(2 * largest);
});

it('reads all records, in groups that fit in memory', () =>
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.integer({ min: 1, max: 2_100 }), { nil: undefined }), {
        maxLength: 300,
      }),
      (counts) => {
        const records = counts.map((hostCount, n) => ({
          actionId: String(n),
          group: 0,
          ...(hostCount === undefined
            ? {}
            : {
                summary: {
                  ...summaryOf({ hosts: [], alertIds: [], caseIds: [] }),
                  hostCount,
                },
              }),
        }));
        const batches = batchesOf(records);
        expect(batches.flat()).toEqual(records);
        for (const batch of batches) {
          const items = batch.reduce((sum, { summary }) => sum + (summary?.hostCount ?? 2_500), 0);
          expect(batch.length === 1 || items <= 2_500).toBe(true);
          expect(batch.length).toBeLessThanOrEqual(100);
        }
      }
    )
  ));

it('updates the fields for lists together with the record', async () => {
  const repository = testRepository();
  const store = savedObjectRecordStore(repository, undefined);
  const seeded = { hosts: 30, alerts: 40, alertLength: 20, cases: 3, comment: 5 };
  const record = recordOf(seeded, 1);
  const pending = record.hosts.map((host): RecordedHost => ({ ...host, outcome: 'pending' }));
  const open = withHosts({ ...record, state: 'sending' }, pending, record.requestedAt);
  const [written] = await store.create([open]);
  await store.update(written!, record);
  const { attributes } = await repository.get(ACTION_SAVED_OBJECT_TYPE, record.actionId);
  expect(attributes).toMatchObject({
    summary: summaryOf(record),
    listed: { hosts: record.hosts.slice(0, 25), alertIds: record.alertIds.slice(0, 25) },
  });
  expect(await store.get(record.actionId)).toEqual([expect.objectContaining(record)]);
});

/** Anything that somebody may send who may do nothing; a third of it are characters that logs escape. */
const text = (maxLength: number) =>
  fc.stringOf(fc.constantFrom('a', 'ä', '\u202e', '"', '\n', '👍'), {
    minLength: 1,
    maxLength,
    size: 'max',
  });
const refusedRequests = fc
  .record({
    hosts: fc.array(fc.record({ agentId: fc.stringMatching(/^[0-9]{1,20}$/), name: text(128) }), {
      minLength: 1,
      maxLength: LIMITS.hostsPerAction,
      size: 'max',
    }),
    comment: text(LIMITS.comment / 2),
    alertIds: fc.array(text(256), { maxLength: 400 }),
    caseIds: fc.array(text(256), { maxLength: LIMITS.casesPerAction }),
    requests: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ requests, ...named }) => ({
    requests,
    request: {
      ...named,
      action: 'isolate' as const,
      actionId: '',
      actor: { username: 'reader', authentication: 'realm', realm: 'native' },
      connectorId: 'connector',
      tenant: 'https://example.sentinelone.net',
      isAutomation: false,
      guards: DEFAULT_PROTECTION_SETTINGS,
    },
  }));
/** Ten names of 256 characters, of which each is six as an escape, twice: in the record and what lists show of it. */
const REFUSED_BYTES = 64_000;

it('limits the size of stored, audited, exported and listed refused requests', () =>
  fc.assert(
    fc.asyncProperty(refusedRequests, async ({ requests, request }) => {
      const repository = testRepository();
      const events: unknown[] = [];
      const auditLog = auditLogOf(
        {
          eventLogger: { logEvent: (event) => void events.push(event) },
          audit: { enabled: true, log: (event) => void events.push(event) },
          log: { warn: () => {}, error: () => {} },
        },
        'default'
      );
      const refused = new RefusedRequests({
        clock: () => START,
        log: { warn: () => {}, error: () => {} },
        schedule: () => () => {},
      });
      const records = savedObjectRecordStore(repository, undefined);
      const ports = {
        refusedRequests: {
          add: (record: ActionRecord) => refused.add(record, 'default', { records, auditLog }),
        },
        clock: () => START,
      };
      for (let n = 0; n < requests; n++) {
        const actionId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
        const detail = 'reader lacks the privilege to isolate';
        await refuseRequest({ ...request, actionId }, { reason: 'no_privilege', detail }, ports);
      }
      await refused.stop();

      const kept = Math.min(requests, LIMITS.refusedRequestsPerMinute);
      const stored: ActionRecord[] = [];
      for (let n = 0; n < requests; n++) {
        const actionId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
        stored.push(...(await records.get(actionId)));
      }
      expect(stored).toHaveLength(kept);
      const counted = stored.map(({ refusedRequest }) => 1 + refusedRequest!.furtherRequests);
      expect(counted.reduce((sum, count) => sum + count, 0)).toBe(requests);
      expect(sizeOf(stored.map(attributesOf))).toBeLessThan(kept * REFUSED_BYTES);
      // Both logs have an event for each record, and one for the count.
      expect(events.length).toBeLessThanOrEqual(2 * (kept + 1));
      expect(sizeOf(events)).toBeLessThan((kept + 1) * REFUSED_BYTES);
      let exported = 0;
      async function* pages() {
        yield stored;
      }
      for await (const chunk of await csvOf(pages())) {
        exported += Buffer.byteLength(chunk as Buffer);
      }
      expect(exported).toBeLessThan(kept * REFUSED_BYTES + RECORD_BYTES);
    }),
    { numRuns: 6 }
  ));
