import { type FC } from 'react';
import { EuiCallOut, EuiScreenReaderOnly, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ConnectionCheck } from '../../common/api/connector';
import { useTestRun } from './use_test_run';

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

/** What Kibana's button **Run** tests, and what its last run found. The test touches no host. */
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
              'Run asks SentinelOne whether it answers, accepts the token, what the token may do, and when it expires. No host is touched. If a check fails, the test fails and says which.',
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
