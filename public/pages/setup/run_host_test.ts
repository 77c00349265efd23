import type { Agent } from '../../../common/hosts/agent';
import { type Reason } from '../../../common/actions/reasons';
import type { ActionName } from '../../../common/actions/action_name';
import type { RecordedHost } from '../../../common/actions/record';
import type { ResponseApi } from '../../lib/response_api';
import { describeError, type Problem } from '../../lib/describe_error';

/**
 * The test of a connector with a host: isolates it, waits until that is confirmed, releases it, and waits
 * again. Only confirmed actions prove what the connector's token may do.
 */

/** The actions of the test, in order: the last one reverts the first. */
export const TEST_ACTIONS = ['isolate', 'release'] as const satisfies readonly ActionName[];
export type TestAction = (typeof TEST_ACTIONS)[number];

export type TestStepState =
  | { readonly kind: 'waiting' }
  /** The request is being sent, or SentinelOne accepted it and the agent has not reported yet. */
  | { readonly kind: 'running' }
  | { readonly kind: 'done' }
  | { readonly kind: 'skipped' }
  | {
      readonly kind: 'failed';
      /** False if the command was refused or not accepted, so that the host is unchanged. */
      readonly wasAccepted: boolean;
      readonly reason: Reason | undefined;
      readonly detail?: string;
    }
  /** The request itself failed. */
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** The action did not end within the time that the test waits. */
  | { readonly kind: 'timed_out' };

export type TestSteps = Readonly<Record<TestAction, TestStepState>>;

export interface HostTestOptions {
  readonly api: Pick<ResponseApi, 'performAction' | 'action'>;
  readonly agent: Agent;
  readonly comment: string;
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onChange: (steps: TestSteps) => void;
}

/** The interval (ms) in which the record of an action is read, and how long (ms) the test waits for its end. */
const POLL_EVERY = 2_000;
const WAIT_FOR = 180_000;

const WAITING: TestStepState = { kind: 'waiting' };
const NOT_STARTED = Object.fromEntries(
  TEST_ACTIONS.map((action) => [action, WAITING])
) as unknown as TestSteps;

/** The final result of a host; undefined until it has one. */
function endOf(host: RecordedHost | undefined, wasAccepted: boolean): TestStepState | undefined {
  switch (host?.outcome) {
    case 'done':
    case 'unchanged':
      return { kind: 'done' };
    case 'failed':
    case 'refused': {
      const { reason, detail } = host;
      return {
        kind: 'failed',
        wasAccepted,
        reason,
        ...(detail === undefined ? {} : { detail }),
      };
    }
    default:
      return undefined;
  }
}

async function runStep(action: ActionName, options: HostTestOptions): Promise<TestStepState> {
  const { api, agent, comment, sleep, now } = options;
  try {
    const { actionId, hosts } = await api.performAction(action, {
      hosts: [
        {
          agentId: agent.id,
          ...(agent.uuid === null ? {} : { uuid: agent.uuid }),
          ...(agent.computerName === null ? {} : { name: agent.computerName }),
        },
      ],
      comment,
    });
    const atOnce = endOf(hosts[0], false);
    if (atOnce !== undefined) return atOnce;
    const until = now() + WAIT_FOR;
    while (now() < until) {
      await sleep(POLL_EVERY);
      // A failed read says nothing about the host. The next one may succeed.
      const record = await api.action(actionId).catch(() => undefined);
      const end = endOf(record?.hosts[0], true);
      if (end !== undefined) return end;
    }
    return { kind: 'timed_out' };
  } catch (error) {
    return { kind: 'problem', problem: describeError(error, action) };
  }
}

/** Whether a step with this result may have changed the host. */
const mayHaveActed = (end: TestStepState): boolean => end.kind !== 'failed' || end.wasAccepted;

/**
 * Runs the test from `first` on; never rejects. If an isolation may have taken effect, the release always follows, so
 * that the test leaves no host isolated if possible.
 */
export async function runHostTest(
  options: HostTestOptions,
  first: TestAction = TEST_ACTIONS[0],
  before: TestSteps = NOT_STARTED
): Promise<TestSteps> {
  let steps = before;
  const set = (action: TestAction, state: TestStepState) => {
    steps = { ...steps, [action]: state };
    options.onChange(steps);
  };
  let mustGoOn = true;
  for (const action of TEST_ACTIONS.slice(TEST_ACTIONS.indexOf(first))) {
    if (!mustGoOn) {
      set(action, { kind: 'skipped' });
      continue;
    }
    set(action, { kind: 'running' });
    const end = await runStep(action, options);
    set(action, end);
    mustGoOn = mayHaveActed(end);
  }
  return steps;
}

/** Whether every step of the test is confirmed. */
export const isTestPassed = (steps: TestSteps): boolean =>
  TEST_ACTIONS.every((action) => steps[action].kind === 'done');

const LAST = TEST_ACTIONS[TEST_ACTIONS.length - 1]!;

/** Whether the test may have left the host isolated. */
export const mayBeLeftIsolated = (steps: TestSteps): boolean =>
  !['waiting', 'running', 'done', 'skipped'].includes(steps[LAST].kind);

/** The step that releases the host, to be tried again if it failed. */
export const LAST_TEST_ACTION: TestAction = LAST;
