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

/** The actions of the test, in their order: the last one undoes the first. */
export const TEST_ACTIONS = ['isolate', 'release'] as const satisfies readonly ActionName[];
export type TestAction = (typeof TEST_ACTIONS)[number];

export type TestStepState =
  | { readonly kind: 'waiting' }
  /** The request is on its way, or SentinelOne accepted it and the agent has not reported yet. */
  | { readonly kind: 'running' }
  | { readonly kind: 'done' }
  | { readonly kind: 'skipped' }
  | {
      readonly kind: 'failed';
      /** False when the command was refused or not accepted: then the host is as it was. */
      readonly wasAccepted: boolean;
      readonly reason: Reason | undefined;
      readonly detail?: string;
    }
  /** The request itself failed. */
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** No end within the time that the test waits. */
  | { readonly kind: 'timed_out' };

export type TestSteps = Readonly<Record<TestAction, TestStepState>>;

export interface HostTestOptions {
  readonly api: Pick<ResponseApi, 'act' | 'action'>;
  readonly agent: Agent;
  readonly comment: string;
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onChange: (steps: TestSteps) => void;
}

/** How often (ms) the record of an action is read, and how long (ms) its end is waited for. */
const POLL_EVERY = 2_000;
const WAIT_FOR = 180_000;

const WAITING: TestStepState = { kind: 'waiting' };
const NOT_STARTED = Object.fromEntries(
  TEST_ACTIONS.map((action) => [action, WAITING])
) as unknown as TestSteps;

/** The end of a host; undefined while it has none. */
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
    const { actionId, hosts } = await api.act(action, {
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
      // A read that fails says nothing about the host: the next one may succeed.
      const record = await api.action(actionId).catch(() => undefined);
      const end = endOf(record?.hosts[0], true);
      if (end !== undefined) return end;
    }
    return { kind: 'timed_out' };
  } catch (error) {
    return { kind: 'problem', problem: describeError(error, action) };
  }
}

/** True when the host may have been changed by a step that ended so. */
const mayHaveActed = (end: TestStepState): boolean => end.kind !== 'failed' || end.wasAccepted;

/**
 * Runs the test from `first` on; never rejects. Where an isolation may have taken effect the release follows,
 * whatever else happened, so that the test leaves no host isolated if it can.
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

/** True when every step of the test is confirmed. */
export const isTestPassed = (steps: TestSteps): boolean =>
  TEST_ACTIONS.every((action) => steps[action].kind === 'done');

const LAST = TEST_ACTIONS[TEST_ACTIONS.length - 1]!;

/** True when the test may have left the host isolated. */
export const mayBeLeftIsolated = (steps: TestSteps): boolean =>
  !['waiting', 'running', 'done', 'skipped'].includes(steps[LAST].kind);

/** The step that puts the host back, to be tried again when it failed. */
export const LAST_TEST_ACTION: TestAction = LAST;
