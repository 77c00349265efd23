import { type FC } from 'react';
import { EuiBasicTable, EuiCode, EuiSpacer, type EuiBasicTableColumn } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ConnectionCheck } from '../../../common/api/connector';
import type { SetupStatus } from '../../../common/api/setup';
import {
  CONNECTOR_PERMISSIONS,
  INTEGRATION_PERMISSIONS,
  integrationText,
  needText,
  type StreamPermission,
  type TokenPermission,
} from '../../../common/actions/token_permissions';
import { Answer, Note, Words } from './step_parts';
import { unreachableCheck, type Asked } from './steps';

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
        defaultMessage: 'The token can be tested when there is exactly one connector (step 3)',
      })}
    />
  ) : (
    <Answer asked={connection}>{({ checks }) => <Checks checks={checks} />}</Answer>
  );

const permissionColumn = <Row extends { readonly name: string }>(): EuiBasicTableColumn<Row> => ({
  name: i18n.translate('sentineloneResponse.setup.tokens.permission', {
    defaultMessage: 'Permission',
  }),
  render: ({ name }: Row) => <EuiCode>{name}</EuiCode>,
});

const purposeColumn = <
  Row extends { readonly purpose?: () => string },
>(): EuiBasicTableColumn<Row> => ({
  name: i18n.translate('sentineloneResponse.setup.tokens.purpose', { defaultMessage: 'Purpose' }),
  render: ({ purpose }: Row) =>
    purpose?.() ??
    i18n.translate('sentineloneResponse.setup.tokens.noPurpose', {
      defaultMessage: 'Not required',
    }),
});

const streamColumns = (): Array<EuiBasicTableColumn<StreamPermission>> => [
  {
    name: i18n.translate('sentineloneResponse.setup.tokens.stream', {
      defaultMessage: 'Data stream',
    }),
    render: ({ streams }: StreamPermission) => streams.join(', '),
  },
  permissionColumn(),
  purposeColumn(),
];

const tokenColumns = (): Array<EuiBasicTableColumn<TokenPermission>> => [
  permissionColumn(),
  {
    name: i18n.translate('sentineloneResponse.setup.tokens.need', { defaultMessage: 'Needed' }),
    width: '96px',
    render: (permission: TokenPermission) => needText(permission),
  },
  purposeColumn(),
];

/** Nothing is known of the token while SentinelOne cannot be reached through the connector. */
const Unreachable: FC = () => (
  <Note
    title={i18n.translate('sentineloneResponse.setup.tokens.unreachable', {
      defaultMessage: 'The token could not be checked: SentinelOne did not answer (see step 3)',
    })}
  />
);

/** What to create in SentinelOne, and what the connector's token turned out to be. */
export const TokensStep: FC<{ readonly status: Asked<SetupStatus> }> = ({ status }) => (
  <>
    <Words>
      {i18n.translate('sentineloneResponse.setup.tokens.integration', {
        defaultMessage:
          'In SentinelOne, create a role for the integration with the permission of each data stream that you collect, and generate an API token with it.',
      })}{' '}
      {integrationText()}
    </Words>
    <EuiBasicTable
      compressed
      tableCaption={i18n.translate('sentineloneResponse.setup.tokens.integrationTable', {
        defaultMessage: "Permissions of the integration's token",
      })}
      items={[...INTEGRATION_PERMISSIONS]}
      columns={streamColumns()}
    />
    <EuiSpacer size="m" />
    <Words>
      {i18n.translate('sentineloneResponse.setup.tokens.connector', {
        defaultMessage:
          'Create a second role for the connector, which isolates and releases hosts, and generate another API token with it. Give it no other permission than these:',
      })}
    </Words>
    <EuiBasicTable
      compressed
      tableCaption={i18n.translate('sentineloneResponse.setup.tokens.connectorTable', {
        defaultMessage: "Permissions of the connector's token",
      })}
      items={[...CONNECTOR_PERMISSIONS]}
      columns={tokenColumns()}
    />
    {unreachableCheck(status) === undefined ? (
      <Answer asked={status}>{(value) => <Connection status={value} />}</Answer>
    ) : (
      <Unreachable />
    )}
  </>
);
