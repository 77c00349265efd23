import { useEffect, useState, type FC } from 'react';
import { EuiCallOut, EuiScreenReaderOnly, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import {
  testConnectionResultCodec,
  type ConnectionCheck,
  type TestConnectionResult,
} from '../../common/api/connector';
import { SUB_ACTION } from '../../common/lib/constants';
import { isRecord } from '../../common/lib/is_record';
import { useServices } from '../lib/services';

/** Whether the body of a request starts a test of the connection. */
function startsTest(body: unknown): boolean {
  try {
    const { params } = JSON.parse(String(body)) as { params?: { subAction?: unknown } };
    return params?.subAction === SUB_ACTION.testConnection;
  } catch {
    return false;
  }
}

/**
 * The result of the last test of this connector by Kibana's button **Run**. Kibana does not pass it to the fields of the
 * Test tab, so the answer of Kibana's request is intercepted. Undefined before the first test, and after a test that
 * failed, because Kibana shows its error.
 */
function useTestRun(connectorId: string | undefined): TestConnectionResult | undefined {
  const { http } = useServices().core;
  const [result, setResult] = useState<TestConnectionResult>();
  useEffect(() => {
    if (connectorId === undefined) return undefined;
    const path = `/api/actions/connector/${encodeURIComponent(connectorId)}/_execute`;
    return http.intercept({
      response: ({ fetchOptions, body }) => {
        if (fetchOptions.path !== path || !startsTest(fetchOptions.body)) return;
        const data = isRecord(body) && body.status === 'ok' ? body.data : undefined;
        setResult(testConnectionResultCodec.is(data) ? data : undefined);
      },
    });
  }, [http, connectorId]);
  return result;
}

const COLOR = { ok: 'success', warning: 'warning', failed: 'danger' } as const;
const ICON = { ok: 'check', warning: 'warning', failed: 'error' } as const;
/** The status as a text for screen readers. */
const STATUS_TEXT: Readonly<Record<ConnectionCheck['status'], () => string>> = {
  ok: () => i18n.translate('sentineloneResponse.connectionTest.ok', { defaultMessage: 'Passed:' }),
  warning: () =>
    i18n.translate('sentineloneResponse.connectionTest.warning', { defaultMessage: 'Warning:' }),
  failed: () =>
    i18n.translate('sentineloneResponse.connectionTest.checkFailed', { defaultMessage: 'Failed:' }),
};

const CheckCallout: FC<{ readonly check: ConnectionCheck }> = ({ check }) => (
  <>
    <EuiCallOut
      size="s"
      color={COLOR[check.status]}
      iconType={ICON[check.status]}
      title={
        <>
          <EuiScreenReaderOnly>
            <span>{STATUS_TEXT[check.status]()}</span>
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

/** Explains the test that Kibana's button **Run** starts, and shows the result of the last run. It sends no command. */
export const ConnectionTest: FC<{ readonly connectorId: string | undefined }> = ({
  connectorId,
}) => {
  const result = useTestRun(connectorId);
  return (
    <>
      <EuiText size="s">
        <p>
          {i18n.translate('sentineloneResponse.connectionTest.what', {
            defaultMessage:
              'The test checks that SentinelOne answers and accepts the token, which permissions the token has, and when it expires. No command is sent to a host. If a check fails, the result names it.',
          })}
        </p>
      </EuiText>
      <EuiSpacer size="m" />
      <div role="status" aria-live="polite">
        {result?.checks.map((check) => (
          <CheckCallout key={check.id} check={check} />
        ))}
      </div>
    </>
  );
};
