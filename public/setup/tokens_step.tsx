import { type FC } from 'react';
import { EuiCodeBlock, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ConnectionCheck } from '../../common/connector';
import type { SetupStatus } from '../../common/setup';
import { Answer, Note, Words } from './step_parts';
import type { Asked } from './steps';

/** Least privilege for each of the two tokens, in SentinelOne's own words. */
const INTEGRATION_PERMISSIONS = 'Endpoints.view\nThreats.view\nActivity Page.view';
const CONNECTOR_PERMISSIONS =
  'Endpoints.view\nEndpoints.disconnectFromNetwork\nEndpoints.reconnectToNetwork';

const COLOR = { ok: 'success', warning: 'warning', failed: 'danger' } as const;

const Checks: FC<{ readonly checks: readonly ConnectionCheck[] }> = ({ checks }) => (
  <>
    {checks.map(({ id, status, message, todo }) => (
      <Note key={id} color={COLOR[status]} title={message}>
        {status === 'ok' || todo === undefined ? null : <Words>{todo}</Words>}
      </Note>
    ))}
  </>
);

const Connection: FC<{ readonly status: SetupStatus }> = ({ status: { connection } }) =>
  connection === null ? (
    <Note
      color="primary"
      title={i18n.translate('sentineloneResponse.setup.tokens.noConnector', {
        defaultMessage: 'The token is tested once there is exactly one connector (step 3)',
      })}
    />
  ) : (
    <Answer asked={connection}>{({ checks }) => <Checks checks={checks} />}</Answer>
  );

/** What to create in SentinelOne, and what the connector's token turned out to be. */
export const TokensStep: FC<{ readonly status: Asked<SetupStatus> }> = ({ status }) => (
  <>
    <Words>
      {i18n.translate('sentineloneResponse.setup.tokens.integration', {
        defaultMessage:
          'In SentinelOne, create a role for the integration with these permissions, and generate an API token with it:',
      })}
    </Words>
    <EuiSpacer size="xs" />
    <EuiCodeBlock isCopyable paddingSize="s" fontSize="s">
      {INTEGRATION_PERMISSIONS}
    </EuiCodeBlock>
    <EuiSpacer size="s" />
    <Words>
      {i18n.translate('sentineloneResponse.setup.tokens.connector', {
        defaultMessage:
          'And one for the connector, which isolates and releases hosts. Give it no other permission:',
      })}
    </Words>
    <EuiSpacer size="xs" />
    <EuiCodeBlock isCopyable paddingSize="s" fontSize="s">
      {CONNECTOR_PERMISSIONS}
    </EuiCodeBlock>
    <Answer asked={status}>{(value) => <Connection status={value} />}</Answer>
  </>
);
