import { useEffect, useRef, useState, type FC } from 'react';
import { EuiButton, EuiCheckbox, EuiSpacer, EuiSteps, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../../common/actions/catalogue';
import type { Agent } from '../../../common/hosts/agent';
import { PLUGIN_ID } from '../../../common/lib/constants';
import type { ActionName } from '../../../common/actions/action_name';
import { reasonText } from '../../../common/actions/describe_reason';
import { actionQuery } from '../../action_history/use_history';
import { useLeavePrompt } from '../../lib/use_leave_prompt';
import { useServices } from '../../lib/services';
import { sendAction } from '../../actions/use_action_sender';
import { Note, StepText } from './step_parts';
import { HostChoice } from './host_test_choice';
import {
  isTestPassed,
  LAST_TEST_ACTION,
  mayBeLeftIsolated,
  runHostTest,
  TEST_ACTIONS,
  type TestAction,
  type TestSteps,
  type TestStepState,
} from './run_host_test';

const STEP_STATUS = {
  waiting: 'incomplete',
  running: 'loading',
  done: 'complete',
  skipped: 'disabled',
  failed: 'danger',
  problem: 'danger',
  timed_out: 'warning',
} as const satisfies Record<TestStepState['kind'], string>;

function stepText(action: ActionName, name: string, state: TestStepState): string {
  switch (state.kind) {
    case 'waiting':
      return '';
    case 'running':
      return i18n.translate('sentineloneResponse.hostTest.running', {
        defaultMessage: 'Waiting until SentinelOne reports it…',
      });
    case 'done':
      return i18n.translate('sentineloneResponse.hostTest.done', {
        defaultMessage: 'Confirmed by SentinelOne.',
      });
    case 'skipped':
      return i18n.translate('sentineloneResponse.hostTest.skipped', {
        defaultMessage: 'Not needed: the host was not changed.',
      });
    case 'failed': {
      const { what, todo } = reasonText(state.reason ?? 'unexpected_answer', action, {
        name,
        detail: state.detail,
      });
      return `${what} ${todo}`;
    }
    case 'problem':
      return `${state.problem.what} ${state.problem.todo}`;
    case 'timed_out':
      return i18n.translate('sentineloneResponse.hostTest.timedOut', {
        defaultMessage:
          'SentinelOne accepted the request but did not confirm it within 3 minutes. See the history for the result.',
      });
  }
}

const PermissionMissing: FC = () => (
  <Note
    color="primary"
    title={i18n.translate('sentineloneResponse.hostTest.mayNot', {
      defaultMessage: 'You need the privileges to isolate and to release hosts to run the test',
    })}
  />
);

const passedText = (name: string): string =>
  i18n.translate('sentineloneResponse.hostTest.passed', {
    defaultMessage: '{name} was isolated and released. The connector works.',
    values: { name },
  });
const leftIsolatedText = (name: string): string =>
  i18n.translate('sentineloneResponse.hostTest.leftIsolated', {
    defaultMessage: '{name} may still be isolated',
    values: { name },
  });
const leftIsolatedTodo = (): string =>
  i18n.translate('sentineloneResponse.hostTest.leftIsolatedTodo', {
    defaultMessage:
      'Its release is not confirmed. Try again, or release it in the SentinelOne console.',
  });

const Result: FC<{
  readonly name: string;
  readonly steps: TestSteps;
  readonly onRetryRelease: () => void;
}> = ({ name, steps, onRetryRelease }) => {
  if (isTestPassed(steps)) {
    return <Note color="success" title={passedText(name)} />;
  }
  if (mayBeLeftIsolated(steps)) {
    return (
      <Note color="danger" title={leftIsolatedText(name)}>
        <StepText>{leftIsolatedTodo()}</StepText>
        <EuiSpacer size="s" />
        <EuiButton size="s" color="danger" onClick={onRetryRelease}>
          {i18n.translate('sentineloneResponse.hostTest.retryRelease', {
            defaultMessage: 'Release again',
          })}
        </EuiButton>
      </Note>
    );
  }
  return null;
};

/**
 * Isolates a host that the user chooses, waits until that is confirmed, and releases it. This is the only way to prove
 * what the connector's token may do. Shows each step while it runs.
 */
export const HostTest: FC<{ readonly onEnded: () => void }> = ({ onEnded }) => {
  const services = useServices();
  const { core, queryClient } = services;
  const [chosen, setChosen] = useState<Agent>();
  const [isAgreed, setIsAgreed] = useState(false);
  const [run, setRun] = useState<{ readonly agent: Agent; readonly steps?: TestSteps }>();
  const [isRunning, setIsRunning] = useState(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const name = (agent: Agent) => agent.computerName ?? agent.id;
  useLeavePrompt(
    isRunning && run !== undefined
      ? {
          title: i18n.translate('sentineloneResponse.hostTest.leaveTitle', {
            defaultMessage: 'Leave during the test?',
          }),
          message: i18n.translate('sentineloneResponse.hostTest.leave', {
            defaultMessage:
              'If you close or reload this page before the test has ended, {name} may stay isolated until a user releases it.',
            values: { name: name(run.agent) },
          }),
          leaveLabel: i18n.translate('sentineloneResponse.hostTest.leaveButton', {
            defaultMessage: 'Leave',
          }),
          stayLabel: i18n.translate('sentineloneResponse.hostTest.stayButton', {
            defaultMessage: 'Stay',
          }),
        }
      : undefined
  );
  const capabilities = core.application.capabilities[PLUGIN_ID];
  if (
    !TEST_ACTIONS.every(
      (action) => capabilities?.[ACTION_DEFINITIONS[action].privilege.capability] === true
    )
  ) {
    return <PermissionMissing />;
  }
  const start = async (agent: Agent, first?: TestAction, before?: TestSteps) => {
    setIsRunning(true);
    setRun({ agent, steps: before });
    const end = await runHostTest(
      {
        api: {
          performAction: (action, params) => sendAction(services, action, params),
          action: (actionId) =>
            queryClient.fetchQuery({ ...actionQuery(services, actionId), retry: false }),
        },
        agent,
        comment: i18n.translate('sentineloneResponse.hostTest.comment', {
          defaultMessage: 'Set-up test of SentinelOne Response',
        }),
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        now: Date.now,
        onChange: (steps) => {
          if (isShown.current) setRun({ agent, steps });
        },
      },
      first,
      before
    );
    if (!isShown.current) {
      // The test continues when the user opens another page of Kibana. A toast then shows the result.
      const { toasts } = core.notifications;
      if (isTestPassed(end)) toasts.addSuccess(passedText(name(agent)));
      if (mayBeLeftIsolated(end)) {
        toasts.addDanger({ title: leftIsolatedText(name(agent)), text: leftIsolatedTodo() });
      }
      return;
    }
    setIsRunning(false);
    setIsAgreed(false);
    onEnded();
  };
  return (
    <section
      aria-label={i18n.translate('sentineloneResponse.hostTest.title', {
        defaultMessage: 'Test with a host of your choice',
      })}
    >
      <EuiText size="s">
        <p>
          <strong>
            {i18n.translate('sentineloneResponse.hostTest.title', {
              defaultMessage: 'Test with a host of your choice',
            })}
          </strong>
        </p>
        <p>
          {i18n.translate('sentineloneResponse.hostTest.what', {
            defaultMessage:
              'The test isolates the host, waits until SentinelOne reports it, and releases it. This proves that the token can do both. The host has no network connection meanwhile, usually for less than a minute.',
          })}
        </p>
      </EuiText>
      <EuiSpacer size="s" />
      <HostChoice isDisabled={isRunning} chosen={chosen} onChoose={setChosen} />
      {chosen === undefined ? null : (
        <>
          <EuiSpacer size="s" />
          <EuiCheckbox
            id="sentineloneResponseHostTestAgreed"
            checked={isAgreed}
            disabled={isRunning}
            label={i18n.translate('sentineloneResponse.hostTest.agree', {
              defaultMessage: '{name} can lose its network connection during the test',
              values: { name: name(chosen) },
            })}
            onChange={({ target }) => setIsAgreed(target.checked)}
          />
          <EuiSpacer size="s" />
          <EuiButton
            size="s"
            color="danger"
            isDisabled={!isAgreed}
            isLoading={isRunning}
            onClick={() => void start(chosen)}
          >
            {i18n.translate('sentineloneResponse.hostTest.start', {
              defaultMessage: 'Isolate and release {name}',
              values: { name: name(chosen) },
            })}
          </EuiButton>
        </>
      )}
      <div role="status" aria-live="polite">
        {run?.steps === undefined ? null : (
          <>
            <EuiSpacer size="m" />
            <EuiSteps
              titleSize="xs"
              headingElement="h3"
              steps={TEST_ACTIONS.map((action) => ({
                title:
                  ACTION_DEFINITIONS[action].texts.setup?.testStep({ name: name(run.agent) }) ??
                  ACTION_DEFINITIONS[action].texts.label(),
                status: STEP_STATUS[run.steps![action].kind],
                children: (
                  <StepText>{stepText(action, name(run.agent), run.steps![action])}</StepText>
                ),
              }))}
            />
            {isRunning ? null : (
              <Result
                name={name(run.agent)}
                steps={run.steps}
                onRetryRelease={() => void start(run.agent, LAST_TEST_ACTION, run.steps)}
              />
            )}
          </>
        )}
      </div>
    </section>
  );
};
