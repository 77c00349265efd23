import { useState, type FC, type ReactNode } from 'react';
import { EuiButtonEmpty, EuiLink, EuiTextColor } from '@elastic/eui';
import { useQuery } from '@tanstack/react-query';
import { i18n } from '@kbn/i18n';
import { listText } from '../../common/lib/text';
import { agentIdCodec } from '../../common/hosts/agent';
import type { AlertSummary } from '../../common/hosts/alert';
import { PLUGIN_ID } from '../../common/lib/constants';
import type { AlertsById } from '../../common/api/routes';
import { noRuleName, ShownName } from '../components/shown_name';
import { hostPath, hostSearchPath } from '../lib/hosts_state';
import { useKibanaLink } from '../lib/kibana_link';
import { useServices } from '../lib/services';
import { useFormatTime } from '../lib/format_date';

const SHOWN_AT_FIRST = 10;

/** A link to a page of the plugin's app, for any page of Kibana. Opens in a new tab by a modified click. */
export const AppLink: FC<{ readonly path: string; readonly children: ReactNode }> = ({
  path,
  children,
}) => <EuiLink {...useKibanaLink(PLUGIN_ID, path)}>{children}</EuiLink>;

/** The name of a host, which leads to its flyout on the Hosts page if its agent id is known. */
export const HostLink: FC<{ readonly name: string; readonly agentId: string | null }> = ({
  name,
  agentId,
}) =>
  agentId === null || !agentIdCodec.is(agentId) ? (
    <ShownName name={name} />
  ) : (
    <AppLink path={hostPath(agentId)}>
      <ShownName name={name} />
    </AppLink>
  );

/** A link to the search for hosts on the Hosts page. */
export const SearchAllHosts: FC<{ readonly search: string }> = ({ search }) => (
  <AppLink path={hostSearchPath(search)}>
    {i18n.translate('sentineloneResponse.hosts.searchFor', {
      defaultMessage: 'Search all hosts',
    })}
  </AppLink>
);

/** Users can add ids of any alerts to an action. */
const NotVerified: FC = () => (
  <EuiTextColor color="subdued">
    {' '}
    {i18n.translate('sentineloneResponse.history.notVerified', {
      defaultMessage: '(not verified: it may not exist, or the user could not read it)',
    })}
  </EuiTextColor>
);

const alertPath = (alertId: string): string => `/alerts/${encodeURIComponent(alertId)}`;

/** Milliseconds for which the rule and time of an alert are not read again. */
const STALE_TIME = 300_000;
/** How many characters of an alert's id are shown when the alert cannot be read. */
const SHORT_ID = 8;

/** Alerts by id, as far as they exist and the user may read them. */
function useAlertsById(alertIds: readonly string[]): ReadonlyMap<string, AlertSummary> {
  const { api } = useServices();
  const { data } = useQuery<AlertsById>({
    queryKey: ['sentineloneResponse.alertsById', alertIds],
    queryFn: ({ signal }) => api.alertsById(alertIds, signal),
    staleTime: STALE_TIME,
    keepPreviousData: true,
  });
  return new Map((data?.alerts ?? []).map((alert) => [alert.id, alert]));
}

/** The rule and time of an alert, or the beginning of its id if it cannot be read. */
const AlertName: FC<{ readonly alertId: string; readonly alert: AlertSummary | undefined }> = ({
  alertId,
  alert,
}) => {
  const formatTime = useFormatTime();
  if (alert === undefined) {
    return (
      <span title={alertId}>
        {i18n.translate('sentineloneResponse.history.alertById', {
          defaultMessage: 'Alert {id}',
          values: {
            id: alertId.length > SHORT_ID ? `${alertId.slice(0, SHORT_ID)}…` : alertId,
          },
        })}
      </span>
    );
  }
  const { ruleName, sentinelOneName, timestamp } = alert;
  const names = [ruleName ?? noRuleName(), sentinelOneName];
  const parts = [...names, timestamp === null ? null : formatTime(timestamp)];
  return <>{listText(parts.filter((part): part is string => part !== null))}</>;
};

/** The same for one alert, by its id. */
export const AlertNameById: FC<{ readonly alertId: string }> = ({ alertId }) => (
  <AlertName alertId={alertId} alert={useAlertsById([alertId]).get(alertId)} />
);

const LinkList: FC<{
  readonly alertIds: readonly string[];
  readonly unverified: ReadonlySet<string>;
}> = ({ alertIds, unverified }) => {
  const alerts = useAlertsById(alertIds);
  return (
    <ul css={{ overflowWrap: 'anywhere' }}>
      {alertIds.map((alertId) => (
        <li key={alertId}>
          <AppLink path={alertPath(alertId)}>
            <AlertName alertId={alertId} alert={alerts.get(alertId)} />
          </AppLink>
          {unverified.has(alertId) ? <NotVerified /> : null}
        </li>
      ))}
    </ul>
  );
};

/**
 * The alerts of an action, by rule and time. The record contains only their ids, and which of them could not be
 * verified for the user of the action.
 */
export const AlertLinks: FC<{
  readonly alertIds: readonly string[];
  readonly unverifiedAlertIds?: readonly string[];
}> = ({ alertIds, unverifiedAlertIds = [] }) => {
  const [showsAll, setShowsAll] = useState(false);
  if (alertIds.length === 0) {
    return <>{i18n.translate('sentineloneResponse.history.noAlert', { defaultMessage: 'None' })}</>;
  }
  const shown = showsAll ? alertIds : alertIds.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <LinkList alertIds={shown} unverified={new Set(unverifiedAlertIds)} />
      {shown.length === alertIds.length ? null : (
        <EuiButtonEmpty size="xs" flush="left" onClick={() => setShowsAll(true)}>
          {i18n.translate('sentineloneResponse.history.allAlerts', {
            defaultMessage: 'Show all {count, number} alerts',
            values: { count: alertIds.length },
          })}
        </EuiButtonEmpty>
      )}
    </>
  );
};

/** The alerts of an action in a table cell: a link if there is one, otherwise their number. */
export const AlertsCell: FC<{
  readonly alertIds: readonly string[];
  /** The number of alerts; `alertIds` may contain only the first ones. */
  readonly count: number;
}> = ({ alertIds, count }) => {
  const [only] = alertIds;
  const text = i18n.translate('sentineloneResponse.history.alertCount', {
    defaultMessage: '{count, plural, one {# alert} other {# alerts}}',
    values: { count },
  });
  if (count === 0) return <>—</>;
  return only !== undefined && count === 1 ? (
    <AppLink path={alertPath(only)}>{text}</AppLink>
  ) : (
    <>{text}</>
  );
};
