import * as fc from 'fast-check';
import { withHosts, type ActionRecord, type RecordedHost } from '../../common/actions/record';
import { hostOf, iso, recordOf, START } from '../../test/helpers/status_reconciliation';
import { auditLogOf, ADDED_LATER_TAG } from '../response_actions/audit_log';
import { recordedEvents } from '../response_actions/action_events';
import {
  completeEventLog,
  eventLogCheckIn,
  type ChangedRecord,
  type CompleteRecords,
} from './complete_event_log';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface LoggedEvent {
  readonly message: string;
  readonly event: { readonly id: string; readonly [field: string]: unknown };
  readonly tags?: readonly string[];
  readonly [field: string]: unknown;
}

/**
 * Records, and an event log that a node writes a second after the event, which a search finds a second later. A node
 * that is killed loses what it has not written.
 */
function environment() {
  const records = new Map<string, ChangedRecord>();
  const written: Array<{ readonly event: LoggedEvent; readonly foundAt: number }> = [];
  let buffer: Array<{ readonly event: LoggedEvent; readonly at: number }> = [];
  let complete: CompleteRecords = new Map();
  let stored: unknown;
  const warnings: string[] = [];
  const asked: Array<{ readonly from: number; readonly before: number }> = [];
  const searched: string[][] = [];
  const state = {
    now: START,
    isIndexing: true,
    /** Why the event log cannot be searched. */
    problem: undefined as string | undefined,
    /** Elasticsearch refuses events. */
    refusesEvents: false,
    deletedSpaces: new Set<string>(),
    /** Runs between a search and its answer, once. */
    meanwhile: undefined as (() => Promise<void>) | undefined,
  };
  const eventLogger = {
    logEvent: (event: unknown) =>
      void buffer.push({ event: event as LoggedEvent, at: state.now + SECOND }),
  };
  const log = { warn: (message: string) => void warnings.push(message), error: () => {} };
  const audited: unknown[] = [];
  const audit = { enabled: true, log: (event: unknown) => void audited.push(event) };
  const auditLog = (namespace?: string) =>
    auditLogOf({ eventLogger, audit, log }, namespace ?? 'default');
  const write = () => {
    const due = buffer.filter(({ at }) => at <= state.now);
    buffer = buffer.filter(({ at }) => at > state.now);
    if (state.refusesEvents) return;
    written.push(...due.map(({ event, at }) => ({ event, foundAt: at + SECOND })));
  };
  const found = () =>
    written.filter(({ foundAt }) => foundAt <= state.now).map(({ event }) => event);
  const ports = {
    isIndexing: () => state.isIndexing,
    async findEvents(ids: readonly string[]) {
      searched.push([...ids]);
      if (state.problem !== undefined) throw new Error(state.problem);
      const answer = new Set(
        found()
          .map(({ event }) => event.id)
          .filter((id) => ids.includes(id))
      );
      const { meanwhile } = state;
      state.meanwhile = undefined;
      await meanwhile?.();
      return answer;
    },
    async changedRecords({ from, before }: { from: number; before: number }, count: number) {
      asked.push({ from, before });
      const timeOf = ({ record }: ChangedRecord) => Date.parse(record.updatedAt);
      return [...records.values()]
        .filter((one) => timeOf(one) >= from && timeOf(one) < before)
        .sort((a, b) => timeOf(a) - timeOf(b))
        .slice(0, count);
    },
    spaceExists: async (namespace: string | undefined) =>
      !state.deletedSpaces.has(namespace ?? 'default'),
    auditLogOf: auditLog,
    clock: () => state.now,
    log,
  };
  return {
    state,
    asked,
    searched,
    warnings,
    auditLog,
    audited,
    put(record: ActionRecord, namespace?: string) {
      const key = `${record.actionId}:${record.group}`;
      const version = String(Number(records.get(key)?.version ?? 0) + 1);
      records.set(key, { key, version, record, namespace });
    },
    records: () => [...records.values()].map(({ record }) => record),
    written: () => written.map(({ event }) => event),
    /** Time passes; the node writes what it has logged. */
    pass(ms: number) {
      state.now += ms;
      write();
    },
    /** The node is killed, and another one goes on. */
    kill() {
      buffer = [];
      complete = new Map();
    },
    stored: () => eventLogCheckIn(stored),
    async check(isCancelled?: () => boolean) {
      // Task Manager stores the state as JSON.
      const after = await completeEventLog(stored, ports, complete, isCancelled);
      stored = after === undefined ? undefined : JSON.parse(JSON.stringify(after));
    },
    /** A check by another node, from this state. */
    checkElsewhere: (from: unknown) => completeEventLog(from, ports, new Map()),
    setStored: (state: unknown) => void (stored = state),
  };
}
type Environment = ReturnType<typeof environment>;

const idsOf = (events: readonly LoggedEvent[]) => events.map(({ event }) => event.id);
const expectedIds = ({ records, state }: Environment) =>
  records().flatMap((record) => recordedEvents(record, state.now).map(({ id }) => id));
/** A record that was written now. */
const written = (env: Environment, seed: Partial<Parameters<typeof recordOf>[0]> = {}) => {
  const record = recordOf({ hosts: [hostOf('1')], at: env.state.now - START, ...seed });
  env.put(record);
  return record;
};
const withEnds = (record: ActionRecord, now: number): ActionRecord =>
  withHosts(
    record,
    record.hosts.map((host): RecordedHost => ({ ...host, outcome: 'done', endedAt: iso(now) })),
    iso(now)
  );

/** Checks once a minute until everything is found. */
async function untilComplete(env: Environment, minutes = 40) {
  for (let n = 0; n < minutes; n += 1) {
    env.pass(MINUTE);
    await env.check();
  }
}

it('adds what a killed node has not written, with the times and the user of the record', async () => {
  const env = environment();
  await env.check();
  const record = written(env, { username: 'bob' });
  env.auditLog().attempted(record);
  env.pass(5 * SECOND);
  const ended = withEnds(record, env.state.now);
  env.put(ended);
  env.auditLog().ended(ended, ended.hosts);
  const auditedBefore = env.audited.length;
  env.kill();
  env.pass(MINUTE);
  await env.check();
  env.pass(5 * SECOND);
  const [attempt, end, ...others] = env.written();
  expect(others).toEqual([]);
  expect(attempt).not.toHaveProperty('tags');
  expect(end).toEqual({
    '@timestamp': iso(START + 5 * SECOND),
    tags: [ADDED_LATER_TAG],
    message: 'To isolate "host-1" ended as done',
    event: {
      ...{ id: 'a1/end/1', action: 'isolate-end', kind: 'action', category: ['host'] },
      ...{ outcome: 'success', start: iso(START), end: iso(START + 5 * SECOND) },
      ...{ duration: 5e9, created: iso(START + 5 * SECOND + MINUTE) },
    },
    user: { name: 'bob' },
    kibana: {
      saved_objects: [{ rel: 'primary', type: 'sentinelone-response-action', id: 'a1' }],
      space_ids: ['default'],
    },
  });
  // The audit log is written at once.
  expect(env.audited).toHaveLength(auditedBefore);
  // It is found by now, and is not added again.
  await untilComplete(env);
  expect(env.written()).toHaveLength(2);
});

it('adds the same events with the same ids as the node would have written', async () => {
  const [here, there] = [environment(), environment()];
  for (const env of [here, there]) await env.check();
  const approval = {
    ...{ requestedAt: iso(START), expiresAt: iso(START + HOUR) },
    hosts: [{ agentId: '1', field: 'name', pattern: 'dc-*' } as const],
  };
  const awaiting = {
    ...recordOf({ hosts: [hostOf('1', { outcome: 'awaiting_approval' })] }),
    approval,
  };
  const by = { username: 'lead', authentication: 'realm' };
  const decision = { kind: 'approved' as const, at: iso(START + SECOND), by, comment: 'yes' };
  const begun: ActionRecord = {
    ...withHosts(awaiting, [hostOf('1', { outcome: 'pending' })], iso(START + SECOND)),
    requestedAt: iso(START + SECOND),
    approval: { ...approval, decision },
  };
  const done = withEnds(begun, START + 2 * SECOND);
  const change = {
    ...{ at: iso(START + 3 * SECOND), username: 'ann', apiKey: 'k', from: iso(START + HOUR) },
    ...{ to: null, comment: 'kept' },
  };
  const final: ActionRecord = { ...done, updatedAt: change.at, releaseTimeChanges: [change] };
  const refused: ActionRecord = {
    ...recordOf({
      actionId: 'a2',
      hosts: [hostOf('2', { outcome: 'refused', reason: 'no_privilege' })],
    }),
    refusedRequest: { hostCount: 3, alertCount: 0, caseCount: 0, furtherRequests: 7 },
  };
  const audit = here.auditLog();
  audit.attempted(awaiting);
  audit.attempted(begun);
  audit.ended(done, done.hosts);
  audit.releaseTimeChanged(done, change, { ...by, username: 'ann', apiKey: 'k' });
  audit.refused(refused);
  audit.furtherRefused(refused);
  for (const env of [here, there]) {
    env.put(final);
    env.put(refused);
    await untilComplete(env, 3);
  }
  const plain = (events: readonly LoggedEvent[]) =>
    events
      .map(
        ({ '@timestamp': _at, tags: _tags, event: { created: _created, ...event }, ...one }) => ({
          ...one,
          event,
        })
      )
      .sort((a, b) => (a.event.id < b.event.id ? -1 : 1));
  expect(there.written()).toHaveLength(6);
  expect(there.written().every(({ tags }) => tags?.includes(ADDED_LATER_TAG))).toBe(true);
  expect(here.written().every(({ tags }) => tags === undefined)).toBe(true);
  expect(plain(there.written())).toEqual(plain(here.written()));
});

it('counts further refused requests only when their minute is over', async () => {
  const env = environment();
  await env.check();
  env.put({
    ...recordOf({ hosts: [hostOf('1', { outcome: 'refused', reason: 'no_privilege' })] }),
    refusedRequest: { hostCount: 1, alertCount: 0, caseCount: 0, furtherRequests: 7 },
  });
  env.pass(40 * SECOND);
  await env.check();
  env.pass(2 * SECOND);
  expect(idsOf(env.written())).toEqual([`a1/attempt/${iso(START)}`]);
  await untilComplete(env, 3);
  expect(idsOf(env.written())).toEqual([`a1/attempt/${iso(START)}`, 'a1/further']);
});

it('goes back ten minutes in its first check, and searches nothing for older records', async () => {
  const env = environment();
  for (let n = 0; n < 100; n += 1) {
    env.put(recordOf({ actionId: `old-${n}`, at: -11 * MINUTE - n, hosts: [hostOf(String(n))] }));
  }
  env.put(recordOf({ actionId: 'recent', at: -9 * MINUTE, hosts: [hostOf('x')] }));
  await untilComplete(env, 5);
  expect(idsOf(env.written())).toEqual([`recent/attempt/${iso(START - 9 * MINUTE)}`]);
  expect(env.searched.flat().filter((id) => id.startsWith('old'))).toEqual([]);
  expect(Math.min(...env.asked.map(({ from }) => from))).toBeGreaterThanOrEqual(START - 9 * MINUTE);
});

it('searches the event log once for a record that does not change', async () => {
  const env = environment();
  await env.check();
  const record = written(env);
  env.auditLog().attempted(record);
  await untilComplete(env, 4);
  expect(env.searched.flat()).toEqual([`a1/attempt/${iso(START)}`]);
  const ended = withEnds(record, env.state.now);
  env.put(ended);
  env.auditLog().ended(ended, ended.hosts);
  await untilComplete(env, 4);
  expect(env.searched.flat()).toHaveLength(3);
  expect(env.written()).toHaveLength(2);
});

it('repeats a check whose search failed', async () => {
  const env = environment();
  await env.check();
  written(env);
  env.state.problem = 'shard failed';
  env.pass(MINUTE);
  await env.check();
  env.pass(HOUR);
  await env.check();
  expect(env.written()).toEqual([]);
  expect(env.warnings).toEqual([
    expect.stringMatching(/The next check repeats this one: Error: shard failed$/),
    expect.any(String),
  ]);
  env.state.problem = undefined;
  await untilComplete(env, 3);
  expect(idsOf(env.written())).toEqual([`a1/attempt/${iso(START)}`]);
});

it('does nothing in a Kibana that writes no events to an index, nor in a deleted space', async () => {
  const env = environment();
  env.state.isIndexing = false;
  written(env);
  await untilComplete(env, 3);
  expect([env.stored(), env.asked, env.searched]).toEqual([undefined, [], []]);
  env.state.isIndexing = true;
  env.state.deletedSpaces.add('gone');
  env.put(recordOf({ actionId: 'a2', hosts: [hostOf('2')] }), 'gone');
  await untilComplete(env, 3);
  expect(idsOf(env.written())).toEqual([`a1/attempt/${iso(START)}`]);
});

it('does not add what another node has added while this one stood still', async () => {
  const env = environment();
  await env.check();
  written(env);
  env.pass(MINUTE);
  const before = env.stored();
  env.state.meanwhile = async () => {
    // Task Manager gives the task to another node after three minutes.
    env.pass(4 * MINUTE);
    await env.checkElsewhere(before);
  };
  await env.check();
  await untilComplete(env);
  expect(env.written()).toHaveLength(1);
});

it('adds an event that Elasticsearch refuses after growing pauses, and gives up after a day', async () => {
  const env = environment();
  await env.check();
  written(env);
  env.state.refusesEvents = true;
  const before = env.searched.length;
  await untilComplete(env, 23 * 60);
  const searches = env.searched.length - before;
  expect(searches).toBeGreaterThan(80);
  expect(searches).toBeLessThan(120);
  expect(env.warnings).toEqual([]);
  // It is written as soon as Elasticsearch accepts it, and others are not delayed for long.
  env.state.refusesEvents = false;
  written(env, { actionId: 'a2' });
  await untilComplete(env);
  expect(idsOf(env.written()).map((id) => id.slice(0, 2))).toEqual(['a1', 'a2']);

  env.state.refusesEvents = true;
  written(env, { actionId: 'a3' });
  await untilComplete(env, 25 * 60);
  expect(env.warnings).toEqual([expect.stringContaining('lacks events of actions since')]);
  const afterwards = env.searched.length;
  await untilComplete(env, 60);
  expect(env.searched).toHaveLength(afterwards);
});

it('goes on after a node whose clock is days ahead or behind has checked', async () => {
  for (const hours of [-48, 48]) {
    const env = environment();
    await env.check();
    await untilComplete(env, 2);
    env.state.now += hours * HOUR;
    await env.check();
    env.state.now -= hours * HOUR;
    written(env);
    await untilComplete(env, 8);
    expect(idsOf(env.written())).toHaveLength(1);
  }
});

it('ignores a stored state that it does not know', async () => {
  for (const stored of [null, 1, 'x', {}, { first: 'x', until: 1, nextAt: 1 }, { until: null }]) {
    expect(eventLogCheckIn(stored)).toBeUndefined();
    const env = environment();
    env.setStored(stored);
    written(env);
    await untilComplete(env, 3);
    expect(env.written()).toHaveLength(1);
  }
});

it('reads records page by page, however many changed at the same time', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 70 })), {
        maxLength: 8,
      }),
      async (groups) => {
        const env = environment();
        await env.check();
        for (const [n, [at, count]] of groups.entries()) {
          for (let one = 0; one < count; one += 1) {
            env.put(recordOf({ actionId: `${n}-${one}`, at, hosts: [hostOf('1')] }));
          }
        }
        await untilComplete(env, 5);
        const ids = idsOf(env.written());
        expect(new Set(ids).size).toBe(ids.length);
        expect([...ids].sort()).toEqual([...expectedIds(env)].sort());
      }
    ),
    { numRuns: 15 }
  ));

/** A node writes a record or its change, and logs it; it may be killed before it logs it or before that is written. */
type Step =
  | { readonly kind: 'act'; readonly hosts: number; readonly killed: Killed }
  | { readonly kind: 'end'; readonly record: number; readonly killed: Killed }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'check'; readonly killed: Killed }
  | { readonly kind: 'search'; readonly fails: boolean };
type Killed = 'not' | 'before' | 'after';
const killed = fc.constantFrom<Killed>('not', 'not', 'before', 'after');
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('act' as const), hosts: fc.integer({ min: 1, max: 3 }), killed }),
    fc.record({ kind: fc.constant('end' as const), record: fc.nat(20), killed }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 2 * MINUTE }) }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 2 * SECOND }) }),
    fc.record({ kind: fc.constant('check' as const), killed }),
    fc.record({ kind: fc.constant('search' as const), fails: fc.boolean() })
  ) as fc.Arbitrary<Step>,
  { maxLength: 40 }
);

async function run(env: Environment, step: Step, n: number): Promise<void> {
  const log = (killedAt: Killed, write: () => void) => {
    if (killedAt !== 'before') write();
    if (killedAt !== 'not') env.kill();
  };
  switch (step.kind) {
    case 'act': {
      const hosts = Array.from({ length: step.hosts }, (_, host) => hostOf(`${n}-${host}`));
      const record = written(env, { actionId: `a${n}`, hosts });
      return log(step.killed, () => env.auditLog().attempted(record));
    }
    case 'end': {
      const record = env.records()[step.record];
      if (record === undefined || record.state === 'ended') return;
      const ended = withEnds(record, env.state.now);
      env.put(ended);
      return log(step.killed, () => env.auditLog().ended(ended, ended.hosts));
    }
    case 'pass':
      return env.pass(step.ms);
    case 'search':
      env.state.problem = step.fails ? 'shard failed' : undefined;
      return;
    case 'check': {
      const before = env.stored();
      await env.check();
      // A node that is killed before it stores the state leaves the state as it was.
      if (step.killed === 'before') env.setStored(before);
      if (step.killed !== 'not') env.kill();
    }
  }
}

it('loses no event and doubles none, at whatever point nodes are killed', () =>
  fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const env = environment();
      await env.check();
      for (const [n, step] of all.entries()) await run(env, step, n);
      env.state.problem = undefined;
      await untilComplete(env);
      const ids = idsOf(env.written());
      expect([...ids].sort()).toEqual([...expectedIds(env)].sort());
    }),
    { numRuns: 300 }
  ));
