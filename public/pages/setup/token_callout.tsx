import { useMemo, useState, type FC } from 'react';
import { EuiCallOut, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConnectionCheck } from '../../../common/api/connector';
import type { SetupStatus } from '../../../common/api/setup';
import { useServices } from '../../lib/services';
import { ConnectorLink } from './connector_link';
import { setupApi, type SetupApi } from './setup_api';

/** As long (ms) as Kibana's own answer is shared: asking sooner would bring the same. */
const FRESH_FOR = 60_000;
const KEY = ['sentineloneResponse.tokenState'];
/** Holds what was dismissed in this session of the browser's tab. */
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
    // The callout then comes back on the next page.
  }
};

const Found: FC<{ readonly status: SetupStatus; readonly api: Api }> = ({ status, api }) => {
  const queryClient = useQueryClient();
  const [dismissed, setDismissed] = useState(remembered);
  const problem = tokenProblem(status);
  const [connector] = status.connectors.state === 'answered' ? status.connectors.value.ours : [];
  if (problem === undefined || connector === undefined) return null;
  const { id, status: state, expiresAt = '', message, todo } = problem;
  // A user who dismissed the warning before the expiry sees the one after it.
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

/** The same with routes of its own, for tests. */
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
 * Tells users who may change connectors that the token is about to expire or has expired. For other users nothing is
 * requested. Uses the check of the Set up page, which is shared for a minute.
 */
export const TokenCallout: FC = () => {
  const { core } = useServices();
  const api = useMemo(() => setupApi(core.http), [core.http]);
  return core.application.capabilities.actions?.save === true ? (
    <TokenCalloutOver api={api} />
  ) : null;
};
