import { type FC } from 'react';
import { EuiFlexGroup, EuiFlexItem, EuiSkeletonText, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery } from '@tanstack/react-query';
import type { AgentReference } from '../../../common/hosts/agent';
import type { AlertsPage } from '../../../common/api/routes';
import { AppLink } from '../../action_history/alert_links';
import { DateText } from '../../components/date_text';
import { DetailsList } from '../../components/details_list';
import { noRuleName } from '../../components/shown_name';
import { ProblemCallout } from '../../components/problem_callout';
import { SeverityBadge } from '../../components/alert_badges';
import { describeError } from '../../lib/describe_error';
import { useServices } from '../../lib/services';
import { limitsOf } from '../../lib/time_range';
import { useLastError } from '../../lib/use_last_error';

const SHOWN = 10;
const RANGE = { from: 'now-30d', to: 'now' };

/** The latest alerts of the last 30 days that identify an agent. */
export const HostAlerts: FC<{ readonly agent: AgentReference }> = ({
  agent: { uuid, agentId },
}) => {
  const { api } = useServices();
  const queryKey = ['sentineloneResponse.hostAlerts', uuid, agentId];
  const query = useQuery<AlertsPage>({
    queryKey,
    queryFn: ({ signal }) =>
      api.alerts(
        {
          ...limitsOf(RANGE, Date.now()),
          ...(uuid === undefined ? {} : { agentUuid: uuid }),
          ...(agentId === undefined ? {} : { agentId }),
          perPage: SHOWN,
        },
        signal
      ),
    staleTime: 30_000,
  });
  const error = useLastError(queryKey, query);
  const { alerts = [], total = 0 } = query.data ?? {};
  return (
    <DetailsList
      title={i18n.translate('sentineloneResponse.hostAlerts.title', {
        defaultMessage: 'Alerts of the last 30 days',
      })}
      facts={[]}
    >
      {error !== null ? (
        <ProblemCallout
          problem={describeError(error)}
          title={i18n.translate('sentineloneResponse.hostAlerts.unavailable', {
            defaultMessage: 'The alerts of this host could not be loaded',
          })}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      ) : query.data === undefined ? (
        <EuiSkeletonText lines={2} />
      ) : total === 0 ? (
        <EuiText size="s" color="subdued">
          <p>
            {i18n.translate('sentineloneResponse.hostAlerts.none', {
              defaultMessage: 'No alerts in this space identify this host.',
            })}
          </p>
        </EuiText>
      ) : (
        <>
          <ul
            aria-label={i18n.translate('sentineloneResponse.hostAlerts.list', {
              defaultMessage: 'Latest alerts of this host',
            })}
          >
            {alerts.map(({ id, ruleName, sentinelOneName, severity, timestamp }) => (
              <li key={id} css={{ padding: '4px 0', overflowWrap: 'anywhere' }}>
                <EuiFlexGroup gutterSize="s" responsive={false} wrap alignItems="center">
                  <EuiFlexItem grow={false} css={{ minWidth: 80 }}>
                    <SeverityBadge severity={severity} />
                  </EuiFlexItem>
                  <EuiFlexItem>
                    <EuiText size="s">
                      <AppLink path={`/alerts/${encodeURIComponent(id)}`}>
                        {ruleName ?? noRuleName()}
                      </AppLink>
                      {sentinelOneName === null ? null : ` · ${sentinelOneName}`}
                    </EuiText>
                  </EuiFlexItem>
                  <EuiFlexItem grow={false}>
                    <EuiText size="s" color="subdued">
                      <DateText iso={timestamp} />
                    </EuiText>
                  </EuiFlexItem>
                </EuiFlexGroup>
              </li>
            ))}
          </ul>
          {total <= SHOWN ? null : (
            <EuiText size="xs" color="subdued">
              <p>
                {i18n.translate('sentineloneResponse.hostAlerts.more', {
                  defaultMessage: 'Showing the latest {shown, number} of {total, number} alerts.',
                  values: { shown: SHOWN, total },
                })}
              </p>
            </EuiText>
          )}
        </>
      )}
    </DetailsList>
  );
};
