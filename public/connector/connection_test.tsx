import { useState, type FC } from 'react';
import { EuiButton, EuiCallOut, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ConnectionCheck, TestConnectionResult } from '../../common/connector';
import { SUB_ACTION } from '../../common/constants';
import { describeError, type Problem } from '../api/describe_error';
import { ProblemCallout } from '../api/problem_callout';
import { useServices } from '../services';

const COLOR = { ok: 'success', warning: 'warning', failed: 'danger' } as const;
const ICON = { ok: 'check', warning: 'warning', failed: 'error' } as const;

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
      title={check.message}
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

function problemOf({ message, service_message: said }: Executed): Problem {
  return {
    what: said ?? message ?? '',
    todo: i18n.translate('sentineloneResponse.connectionTest.todo', {
      defaultMessage: 'Check the tenant URL and the token, then test again.',
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
      setEnd(describeError(error));
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
