import { type FC, useMemo, useState } from 'react';
import {
  EuiBasicTable,
  EuiCode,
  EuiSpacer,
  type EuiBasicTableColumn,
  EuiCallOut,
} from '@elastic/eui';
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
import { Answer, Note, StepText, ConnectorLink } from './step_parts';
import { unreachableCheck, type CheckState } from './steps';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../lib/services';
import { setupApi, type SetupApi } from './setup_api';

/** The interval (ms) of the check: as long as Kibana shares the result, because reading more often returns the same. */
const FRESH_FOR = 60_000;
const KEY = ['sentineloneResponse.tokenState'];
/** The storage key of warnings that were dismissed in this session of the browser's tab. */
const DISMISSED = 'sentineloneResponse.tokenCalloutDismissed';

/**
 * A problem with the connector's token: it expires within 14 days, has expired, or SentinelOne does not accept it.
 * Undefined if there is none, or if it could not be checked.
 */
function tokenProblem({ connection }: SetupStatus): ConnectionCheck | undefined {
  if (connection?.state !== 'answered') return undefined;
  return connection.value.checks.find(
    ({ id, status, expiresAt }) =>
      (id === 'token' && status === 'failed') ||
      (id === 'expiry' && status !== 'ok' && expiresAt !== undefined)
  );
}

const remembered = (): string | null => {
  try {
    return sessionStorage.getItem(DISMISSED);
  } catch {
    return null;
  }
};
const remember = (what: string): void => {
  try {
    sessionStorage.setItem(DISMISSED, what);
  } catch {
    // The callout is then shown again on the next page.
  }
};

const Found: FC<{ readonly status: SetupStatus; readonly api: Api }> = ({ status, api }) => {
  const queryClient = useQueryClient();
  const [dismissed, setDismissed] = useState(remembered);
  const problem = tokenProblem(status);
  const [connector] = status.connectors.state === 'answered' ? status.connectors.value.own : [];
  if (problem === undefined || connector === undefined) return null;
  const { id, status: state, expiresAt = '', message, todo } = problem;
  // A user who dismissed the warning before the expiry still sees the one after it.
  const what = [connector.id, id, state, expiresAt].join(' ');
  if (dismissed === what) return null;
  const isBroken = state === 'failed';
  const again = async () => queryClient.setQueryData(KEY, await api.status(true));
  return (
    <>
      <EuiCallOut
        size="s"
        color={isBroken ? 'danger' : 'warning'}
        iconType="warning"
        title={
          isBroken
            ? i18n.translate('sentineloneResponse.token.broken', {
                defaultMessage: 'Hosts cannot be isolated or released: {message}',
                values: { message },
              })
            : i18n.translate('sentineloneResponse.token.soon', {
                defaultMessage: 'SentinelOne connector {name}: {message}',
                values: { name: connector.name, message },
              })
        }
        onDismiss={() => {
          remember(what);
          setDismissed(what);
        }}
        data-test-subj="sentineloneResponseTokenCallout"
      >
        <p>
          {todo}{' '}
          <ConnectorLink connector={connector} api={api} onUpdated={() => void again()}>
            {i18n.translate('sentineloneResponse.token.open', {
              defaultMessage: 'Open the connector {name}',
              values: { name: connector.name },
            })}
          </ConnectorLink>
        </p>
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};

type Api = Pick<SetupApi, 'status' | 'connector'>;

/** The same with its own routes, for tests. */
export const TokenCalloutOver: FC<{ readonly api: Api }> = ({ api }) => {
  const { data } = useQuery<SetupStatus>({
    queryKey: KEY,
    queryFn: () => api.status(false),
    staleTime: FRESH_FOR,
    retry: false,
    refetchOnWindowFocus: false,
  });
  return data === undefined ? null : <Found status={data} api={api} />;
};

/**
 * Warns users who may change connectors that the token is about to expire or has expired. For other users no request is
 * sent. Uses the check of the Set up page, which is shared for a minute.
 */
export const TokenCallout: FC = () => {
  const { core } = useServices();
  const api = useMemo(() => setupApi(core.http), [core.http]);
  return core.application.capabilities.actions?.save === true ? (
    <TokenCalloutOver api={api} />
  ) : null;
};

const COLOR = { ok: 'success', warning: 'warning', failed: 'danger' } as const;

const Checks: FC<{ readonly checks: readonly ConnectionCheck[] }> = ({ checks }) => (
  <>
    {checks.map(({ id, status, message, todo }) => (
      <Note key={id} color={COLOR[status]} title={message}>
        {status === 'ok' || todo === undefined ? null : <StepText>{todo}</StepText>}
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

/** The token cannot be checked while SentinelOne cannot be reached through the connector. */
const Unreachable: FC = () => (
  <Note
    title={i18n.translate('sentineloneResponse.setup.tokens.unreachable', {
      defaultMessage: 'The token could not be checked: SentinelOne did not answer (see step 3)',
    })}
  />
);

/** The step for the tokens: what to create in SentinelOne, and the check of the connector's token. */
export const TokensStep: FC<{ readonly status: CheckState<SetupStatus> }> = ({ status }) => (
  <>
    <StepText>
      {i18n.translate('sentineloneResponse.setup.tokens.integration', {
        defaultMessage:
          'In SentinelOne, create a role for the integration with the permission of each data stream that you collect, and generate an API token with it.',
      })}{' '}
      {integrationText()}
    </StepText>
    <EuiBasicTable
      compressed
      tableCaption={i18n.translate('sentineloneResponse.setup.tokens.integrationTable', {
        defaultMessage: "Permissions of the integration's token",
      })}
      items={[...INTEGRATION_PERMISSIONS]}
      columns={streamColumns()}
    />
    <EuiSpacer size="m" />
    <StepText>
      {i18n.translate('sentineloneResponse.setup.tokens.connector', {
        defaultMessage:
          'Create a second role for the connector, which isolates and releases hosts, and generate another API token with it. Give it no other permission than these:',
      })}
    </StepText>
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
