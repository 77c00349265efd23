import fc from 'fast-check';
import type { Agent } from '../../../common/hosts/agent';
import type { HostActionParams } from '../../../common/api/connector';
import type { ActionName } from '../../../common/actions/action_name';
import type { HostResult } from '../../../common/actions/outcome';
import type { RecordedAction, RecordedHost } from '../../../common/actions/record';
import { agentWith } from '../../../test/helpers/sample_hosts';
import { actionAnswer } from '../../../test/helpers/ui/answers';
import { isTestPassed, mayBeLeftIsolated, runHostTest, type TestSteps } from './run_host_test';

const AGENT: Agent = agentWith({ id: '1', uuid: 'u1', computerName: 'web-1' });
const NAMED = { uuid: 'u1', agentId: '1', name: 'web-1' };

/** How SentinelOne and Kibana behave for one action. */
interface Behaviour {
  readonly answer: HostResult['outcome'] | 'rejects';
  /** What the record says once it ends; never, when undefined. */
  readonly end?: 'done' | 'failed';
  /** Reads of the record that fail before that. */
  readonly failingReads?: number;
}

async function run(behaviours: Readonly<Partial<Record<ActionName, Behaviour>>>) {
  const sent: Array<readonly [ActionName, HostActionParams]> = [];
  const seen: TestSteps[] = [];
  let time = 0;
  let reads = 0;
  const steps = await runHostTest({
    agent: AGENT,
    comment: 'Test',
    now: () => time,
    sleep: async (ms) => {
      time += ms;
    },
    onChange: (change) => seen.push(change),
    api: {
      async performAction(action, params) {
        sent.push([action, params]);
        reads = 0;
        const { answer } = behaviours[action]!;
        if (answer === 'rejects') throw new Error('no network');
        return actionAnswer({ actionId: action, hosts: [{ ...NAMED, outcome: answer }] });
      },
      async action(actionId) {
        const { end, failingReads = 0 } = behaviours[actionId as ActionName]!;
        reads += 1;
        if (reads <= failingReads) throw new Error('not now');
        const host: RecordedHost = { ...NAMED, outcome: end ?? 'requested' };
        return { hosts: [host] } as unknown as RecordedAction;
      },
    },
  });
  return { steps, sent, seen, time };
}

const works: Behaviour = { answer: 'requested', end: 'done' };
const namesOf = (sent: ReadonlyArray<readonly [ActionName, HostActionParams]>) =>
  sent.map(([action]) => action);

it('isolates and releases the chosen agent by its exact id, and waits for both to be confirmed', async () => {
  const { steps, sent, seen } = await run({ isolate: works, release: works });
  expect(isTestPassed(steps)).toBe(true);
  expect(mayBeLeftIsolated(steps)).toBe(false);
  expect(namesOf(sent)).toEqual(['isolate', 'release']);
  for (const [, params] of sent) expect(params).toEqual({ hosts: [NAMED], comment: 'Test' });
  expect(seen.map(({ isolate, release }) => `${isolate.kind} ${release.kind}`)).toEqual([
    'running waiting',
    'done waiting',
    'done running',
    'done done',
  ]);
});

it('releases nothing if the isolation was refused', async () => {
  const { steps, sent } = await run({ isolate: { answer: 'refused' }, release: works });
  expect(namesOf(sent)).toEqual(['isolate']);
  expect(steps).toMatchObject({ isolate: { kind: 'failed' }, release: { kind: 'skipped' } });
  expect(mayBeLeftIsolated(steps)).toBe(false);
});

it.each<[string, Behaviour]>([
  ['has no end in time', { answer: 'requested' }],
  ['was accepted and then failed', { answer: 'requested', end: 'failed' }],
  ['was requested by a request that failed', { answer: 'rejects' }],
])('releases the host when its isolation %s', async (_name, isolate) => {
  const { steps, sent } = await run({ isolate, release: works });
  expect(namesOf(sent)).toEqual(['isolate', 'release']);
  expect(isTestPassed(steps)).toBe(false);
  expect(mayBeLeftIsolated(steps)).toBe(false);
});

it('continues to read the record after a failed read', async () => {
  const isolate: Behaviour = { ...works, failingReads: 3 };
  expect(isTestPassed((await run({ isolate, release: works })).steps)).toBe(true);
});

it('reports that the host may stay isolated if the release is not confirmed', async () => {
  for (const release of [
    { answer: 'rejects' },
    { answer: 'refused' },
    { answer: 'failed' },
    { answer: 'requested' },
    { answer: 'requested', end: 'failed' },
  ] satisfies Behaviour[]) {
    expect(mayBeLeftIsolated((await run({ isolate: works, release })).steps)).toBe(true);
  }
});

it('succeeds only if both are confirmed, and always ends', async () => {
  const behaviour = fc.record({
    answer: fc.constantFrom('done', 'requested', 'unchanged', 'refused', 'failed', 'rejects'),
    end: fc.constantFrom('done', 'failed', undefined),
    failingReads: fc.nat(5),
  }) as fc.Arbitrary<Behaviour>;
  const confirmed = ({ answer, end }: Behaviour) =>
    answer === 'done' || answer === 'unchanged' || (answer === 'requested' && end === 'done');
  await fc.assert(
    fc.asyncProperty(behaviour, behaviour, async (isolate, release) => {
      const { steps, sent, time } = await run({ isolate, release });
      expect(isTestPassed(steps)).toBe(confirmed(isolate) && confirmed(release));
      expect(time).toBeLessThanOrEqual(2 * 182_000);
      // A host that may be isolated was released, or the user is told.
      const mayBeIsolated = confirmed(isolate) || namesOf(sent).includes('release');
      if (mayBeIsolated && !confirmed(release)) expect(mayBeLeftIsolated(steps)).toBe(true);
    })
  );
});
