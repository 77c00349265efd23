import * as fc from 'fast-check';
import { LIMITS, MINUTE } from '../../common/lib/constants';
import { DEFAULT_PROTECTION_SETTINGS } from '../../common/hosts/protection_settings';
import { ACTIONS } from '../../common/actions/action_name';
import type { ActionRecord, RecordProgress } from '../../common/actions/record';
import { allRefused, type ActionRequest, type RequestRefusal } from './plan_action';
import { recordOfRefusedRequest, refuseRequest, RefusedRequests } from './refused_requests';

/** Hundreds of requests in each run: more than Jest's five seconds on a busy machine. */
jest.setTimeout(60_000);

const START = Date.parse('2024-07-03T03:45:00Z');

/** Timers and a clock that the test moves on. */
function fakeTime() {
  let now = START;
  let timers: Array<{ readonly at: number; readonly work: () => void }> = [];
  const reconciled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    clock: () => now,
    schedule: (ms: number, work: () => void) => {
      const timer = { at: now + ms, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    async pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((one) => one !== next);
        now = next.at;
        next.work();
        await reconciled();
      }
      now = end;
    },
    pending: () => timers.length,
  };
}

/** Documents as they are in the end, by space and action, and the events that auditors are told. */
function environment() {
  const time = fakeTime();
  const documents = new Map<string, { record: ActionRecord; version: number }>();
  const events: Array<{ readonly kind: 'refused' | 'further'; readonly record: ActionRecord }> = [];
  const warnings: string[] = [];
  let isBroken = false;
  const portsOf = (spaceId: string) => ({
    records: {
      create: async (records: readonly ActionRecord[]) => {
        if (isBroken) throw new Error('no shards');
        return records.map((record) => {
          documents.set(`${spaceId}/${record.actionId}`, { record, version: 1 });
          return { record, version: '1' };
        });
      },
      update: async ({ version }: { version: string | undefined }, changed: RecordProgress) => {
        if (isBroken) throw new Error('no shards');
        const key = `${spaceId}/${changed.actionId}`;
        const known = documents.get(key)!;
        if (String(known.version) !== version) throw new Error('version conflict');
        documents.set(key, { record: { ...known.record, ...changed }, version: known.version + 1 });
        return { version: String(known.version + 1) };
      },
    },
    auditLog: {
      refused: (record: ActionRecord) => void events.push({ kind: 'refused', record }),
      furtherRefused: (record: ActionRecord) => void events.push({ kind: 'further', record }),
    },
  });
  const log = { warn: (message: string) => void warnings.push(message), error: () => {} };
  const { clock, schedule } = time;
  const refused = new RefusedRequests({ clock, log, schedule });
  const recordsOf = () => [...documents.values()].map(({ record }) => record);
  return {
    ...{ time, events, warnings, refused, portsOf, recordsOf },
    breakDown: (broken: boolean) => void (isBroken = broken),
  };
}

const requestOf = (changes: Partial<ActionRequest> = {}): ActionRequest => ({
  action: 'isolate',
  actionId: '00000000-0000-4000-8000-000000000000',
  actor: { username: 'reader', authentication: 'realm', realm: 'native' },
  connectorId: 'connector',
  tenant: 'https://example.sentinelone.net',
  isAutomation: false,
  guards: DEFAULT_PROTECTION_SETTINGS,
  hosts: [{ agentId: '1' }],
  comment: 'why',
  ...changes,
});
const NO_PRIVILEGE: RequestRefusal = { reason: 'no_privilege', detail: 'reader may not' };
const refusedRecord = (
  changes: Partial<ActionRequest>,
  refusal = NO_PRIVILEGE,
  now = '2024-07-03T03:45:00.000Z'
): ActionRecord => {
  const refused = requestOf(changes);
  return recordOfRefusedRequest(refused, allRefused(refused, refusal), now);
};

interface Sent {
  readonly user: string;
  readonly spaceId: string;
  readonly action: (typeof ACTIONS)[number];
  readonly reason: RequestRefusal['reason'];
  /** Milliseconds after the one before. */
  readonly after: number;
}
const sent: fc.Arbitrary<Sent> = fc.record({
  user: fc.constantFrom('reader', 'other'),
  spaceId: fc.constantFrom('default', 'ops'),
  action: fc.constantFrom(...ACTIONS),
  reason: fc.constantFrom('no_privilege' as const, 'automation_off' as const),
  after: fc.constantFrom(0, 0, 0, 1, 20, 5_000, 61_000),
});

it('records or counts every request, with a limited number of records', () =>
  fc.assert(
    fc.asyncProperty(fc.array(sent, { maxLength: 300, size: 'max' }), async (requests) => {
      const { time, refused, portsOf, recordsOf, events, warnings } = environment();
      const asked: Array<Promise<{ readonly request: Sent; readonly actionId: string }>> = [];
      for (const [n, request] of requests.entries()) {
        await time.pass(request.after);
        const { user, spaceId, action, reason } = request;
        const actionId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
        const actor = { username: user, authentication: 'realm' };
        const record = refusedRecord(
          { actionId, actor, action },
          { reason },
          new Date(time.clock()).toISOString()
        );
        asked.push(
          refused
            .add(record, spaceId, portsOf(spaceId))
            .then((answered) => ({ request, actionId: answered }))
        );
      }
      const answers = await Promise.all(asked);
      await time.pass(2 * MINUTE);
      expect(time.pending()).toBe(0);
      expect(warnings).toEqual([]);

      // Nothing is lost: what has no record of its own is counted in one.
      const records = recordsOf();
      const countOf = ({ refusedRequest }: ActionRecord) => 1 + refusedRequest!.furtherRequests;
      expect(records.reduce((sum, record) => sum + countOf(record), 0)).toBe(requests.length);
      for (const { request, actionId } of answers) {
        const record = records.find((one) => one.actionId === actionId)!;
        expect(record).toMatchObject({
          action: request.action,
          actor: { username: request.user },
          hosts: [{ reason: request.reason }],
        });
      }
      // One event for each record, and one for each count.
      const counted = records.filter((record) => countOf(record) > 1);
      const kinds = events.map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(records.length);
      const further = events.flatMap(({ kind, record }) => (kind === 'further' ? [record] : []));
      expect(further.map(({ actionId }) => actionId).sort()).toEqual(
        counted.map(({ actionId }) => actionId).sort()
      );
      for (const record of further) expect(records).toContainEqual(record);

      // No minute of a user that begins with a request has more records than the limit and one of each kind.
      const KINDS = 2 * ACTIONS.length * 2;
      for (const user of ['reader', 'other']) {
        const times = records
          .filter(({ actor }) => actor.username === user)
          .map(({ requestedAt }) => Date.parse(requestedAt))
          .sort((a, b) => a - b);
        let from = 0;
        while (from < times.length) {
          const next = times.findIndex((at) => at >= times[from]! + MINUTE);
          const end = next === -1 ? times.length : next;
          expect(end - from).toBeLessThanOrEqual(LIMITS.refusedRequestsPerMinute + KINDS);
          from = end;
        }
      }
    }),
    { numRuns: 25 }
  ));

it('writes the count during the minute, and when Kibana stops', async () => {
  const { time, refused, portsOf, recordsOf, events } = environment();
  const ask = (n: number) =>
    refused.add(refusedRecord({ actionId: `a${n}` }), 'default', portsOf('default'));
  for (let n = 0; n < 15; n++) await ask(n);
  const furtherOf = () => recordsOf().map(({ refusedRequest }) => refusedRequest!.furtherRequests);
  expect(furtherOf()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  await time.pass(10_000);
  expect(furtherOf()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
  expect(await ask(15)).toBe('a9');
  await refused.stop();
  expect(furtherOf()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 6]);
  expect(events.at(-1)).toMatchObject({
    kind: 'further',
    record: { actionId: 'a9', updatedAt: '2024-07-03T03:45:10.000Z' },
  });
  expect(time.pending()).toBe(0);
});

it('throws if nothing can be recorded, and records the next request', async () => {
  const { refused, portsOf, recordsOf, breakDown } = environment();
  const ask = () => refused.add(refusedRecord({}), 'default', portsOf('default'));
  breakDown(true);
  for (let n = 0; n < 20; n++) await expect(ask()).rejects.toThrow('no shards');
  breakDown(false);
  expect(await ask()).toBe(requestOf().actionId);
  expect(recordsOf()).toHaveLength(1);
});

it('keeps a count that could not be written, and warns', async () => {
  const { time, refused, portsOf, recordsOf, breakDown, warnings } = environment();
  for (let n = 0; n < 12; n++) {
    const record = refusedRecord({ actionId: `a${n}` });
    await refused.add(record, 'default', portsOf('default'));
  }
  breakDown(true);
  await time.pass(10_000);
  expect(warnings).toEqual(['2 refused requests could not be counted: Error: no shards']);
  breakDown(false);
  await time.pass(MINUTE);
  expect(recordsOf().at(-1)!.refusedRequest).toMatchObject({ furtherRequests: 2 });
});

const text = (maxLength: number) => fc.fullUnicodeString({ maxLength, size: 'max' });
const request = fc.record({
  hosts: fc.array(fc.record({ agentId: fc.stringMatching(/^\d{1,20}$/), name: text(256) }), {
    minLength: 1,
    maxLength: LIMITS.hostsPerAction,
  }),
  comment: text(LIMITS.comment),
  alertIds: fc.array(text(512), { maxLength: 200 }),
  caseIds: fc.array(text(512), { maxLength: LIMITS.casesPerAction }),
  detail: text(5_000),
});
/** Ten names of 256 characters, of up to four bytes each as an escape has six, and what stands around them. */
const MOST_BYTES = 40_000;

it('creates a record of limited size for every request', () =>
  fc.assert(
    fc.asyncProperty(request, async ({ detail, ...named }) => {
      let stored: ActionRecord | undefined;
      const refusal: RequestRefusal = { reason: 'no_privilege', detail };
      const result = await refuseRequest(requestOf(named), refusal, {
        refusedRequests: {
          add: async (record) => {
            stored = record;
            return record.actionId;
          },
        },
        clock: () => START,
      });
      expect(Buffer.byteLength(JSON.stringify(stored))).toBeLessThan(MOST_BYTES);
      expect(stored!.hosts.length).toBeLessThanOrEqual(LIMITS.hostsOfRefusedRequest);
      expect([stored!.alertIds, stored!.caseIds]).toEqual([[], []]);
      expect(stored!.refusedRequest).toEqual({
        hostCount: result.hosts.length,
        alertCount: named.alertIds.length,
        caseCount: named.caseIds.length,
        furtherRequests: 0,
      });
      // The caller still gets a result for every host.
      const ids = new Set(named.hosts.map(({ agentId }) => agentId));
      expect(new Set(result.hosts.map(({ agentId }) => agentId))).toEqual(ids);
      for (const host of result.hosts) expect(host).toMatchObject({ outcome: 'refused', detail });
    }),
    { numRuns: 60 }
  ));
