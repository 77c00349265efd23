import { useState, type FC } from 'react';
import { EuiButton, EuiCallOut, EuiScreenReaderOnly, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ConnectionCheck, TestConnectionResult } from '../../common/connector';
import { SUB_ACTION } from '../../common/constants';
import { REASONS } from '../../common/outcome';
import { reasonText } from '../../common/reason_text';
import { describeError, type Problem } from '../api/describe_error';
import { ProblemCallout } from '../api/problem_callout';
import { useServices } from '../services';

const COLOR = { ok: 'success', warning: 'warning', failed: 'danger' } as const;
const ICON = { ok: 'check', warning: 'warning', failed: 'error' } as const;
/** What colour and icon say, for those who see neither. */
const WORD: Readonly<Record<ConnectionCheck['status'], () => string>> = {
  ok: () => i18n.translate('sentineloneResponse.connectionTest.ok', { defaultMessage: 'Passed:' }),
  warning: () =>
    i18n.translate('sentineloneResponse.connectionTest.warning', { defaultMessage: 'Warning:' }),
  failed: () =>
    i18n.translate('sentineloneResponse.connectionTest.checkFailed', { defaultMessage: 'Failed:' }),
};

interface Executed {
  readonly status: 'ok' | 'error';
  readonly data?: TestConnectionResult;
  readonly message?: string;
  readonly service_message?: string;
}

const CheckCallout: FC<{ readonly check: ConnectionCheck }> = ({ check }) => (
  <>
    <EuiCallOut
      size="s"
      color={COLOR[check.status]}
      iconType={ICON[check.status]}
      title={
        <>
          <EuiScreenReaderOnly>
            <span>{WORD[check.status]()}</span>
          </EuiScreenReaderOnly>{' '}
          <span>{check.message}</span>
        </>
      }
      data-test-subj={`sentineloneResponseCheck-${check.id}`}
    >
      {check.todo === undefined ? null : (
        <EuiText size="s">
          <p>{check.todo}</p>
        </EuiText>
      )}
    </EuiCallOut>
    <EuiSpacer size="s" />
  </>
);

/** The connector begins a message with the code of its reason: `[no_privilege] …`. */
const CODE = /^\[([a-z_]+)\] /;

function problemOf({ message, service_message: said }: Executed): Problem {
  const what = said ?? message ?? '';
  const code = CODE.exec(what)?.[1];
  const reason = REASONS.find((one) => one === code);
  if (reason !== undefined) return { ...reasonText(reason, 'read'), reason };
  return {
    what:
      what.trim() === ''
        ? i18n.translate('sentineloneResponse.connectionTest.noAnswer', {
            defaultMessage: 'The connector gave no answer.',
          })
        : what,
    todo: i18n.translate('sentineloneResponse.connectionTest.todo', {
      defaultMessage: 'Check the tenant URL and the token, then test again.',
    }),
  };
}

/** Kibana refuses whoever may not execute connectors; that is not a privilege of ours. */
function problemOfRequest(error: unknown): Problem {
  const problem = describeError(error);
  if (problem.status !== 403) return problem;
  return {
    ...problem,
    what: i18n.translate('sentineloneResponse.connectionTest.forbidden.what', {
      defaultMessage: 'You may not use connectors in this space.',
    }),
    todo: i18n.translate('sentineloneResponse.connectionTest.forbidden.todo', {
      defaultMessage:
        'Ask an administrator for the Kibana privilege "Actions and Connectors: Read".',
    }),
  };
}

/** Tests the connection and shows each check with what to do. It touches no host. */
export const ConnectionTest: FC<{ readonly connectorId: string | undefined }> = ({
  connectorId,
}) => {
  const { core } = useServices();
  const [isTesting, setIsTesting] = useState(false);
  const [end, setEnd] = useState<TestConnectionResult | Problem>();
  const test = async () => {
    setIsTesting(true);
    try {
      const answer = await core.http.post<Executed>(
        `/api/actions/connector/${encodeURIComponent(connectorId ?? '')}/_execute`,
        {
          body: JSON.stringify({
            params: { subAction: SUB_ACTION.testConnection, subActionParams: {} },
          }),
        }
      );
      setEnd(answer.status === 'ok' && answer.data !== undefined ? answer.data : problemOf(answer));
    } catch (error) {
      setEnd(problemOfRequest(error));
    } finally {
      setIsTesting(false);
    }
  };
  return (
    <>
      <EuiText size="s">
        <p>
          {i18n.translate('sentineloneResponse.connectionTest.what', {
            defaultMessage:
              'Asks SentinelOne whether it answers, accepts the token, what the token may do, and when it expires. No host is touched.',
          })}
        </p>
      </EuiText>
      <EuiSpacer size="m" />
      <EuiButton
        iconType="play"
        isLoading={isTesting}
        isDisabled={connectorId === undefined}
        onClick={() => void test()}
        data-test-subj="sentineloneResponseTestConnection"
      >
        {i18n.translate('sentineloneResponse.connectionTest.button', {
          defaultMessage: 'Test connection',
        })}
      </EuiButton>
      <EuiSpacer size="m" />
      <div role="status" aria-live="polite">
        {end === undefined ? null : 'checks' in end ? (
          end.checks.map((check) => <CheckCallout key={check.id} check={check} />)
        ) : (
          <ProblemCallout
            problem={end}
            title={i18n.translate('sentineloneResponse.connectionTest.failed', {
              defaultMessage: 'The connection could not be tested',
            })}
          />
        )}
      </div>
    </>
  );
};
