import { useState, type FC, type ReactNode } from 'react';
import { EuiButtonEmpty, EuiLink, EuiTextColor } from '@elastic/eui';
import { useQuery } from '@tanstack/react-query';
import { i18n } from '@kbn/i18n';
import { listText } from '../../common/lib/list_text';
import type { AlertSummary } from '../../common/hosts/alert';
import { PLUGIN_ID } from '../../common/lib/constants';
import type { AlertsById } from '../../common/api/routes';
import { noRuleName } from '../components/no_rule_name';
import { useKibanaLink } from '../lib/kibana_link';
import { useServices } from '../lib/services';
import { useFormatTime } from '../lib/use_format_time';

const SHOWN_AT_FIRST = 10;

/** A link within our app that also opens in another tab, whatever page of Kibana it is on. */
export const AppLink: FC<{ readonly path: string; readonly children: ReactNode }> = ({
  path,
  children,
}) => <EuiLink {...useKibanaLink(PLUGIN_ID, path)}>{children}</EuiLink>;

/** Anybody who may act can name any alert. */
const NotVerified: FC = () => (
  <EuiTextColor color="subdued">
    {' '}
    {i18n.translate('sentineloneResponse.history.notVerified', {
      defaultMessage: '(not verified: it may not exist, or the user could not read it)',
    })}
  </EuiTextColor>
);

const alertPath = (alertId: string): string => `/alerts/${encodeURIComponent(alertId)}`;

/** Milliseconds for which rule and time of an alert stay as they were read. */
const KNOWN_FOR = 300_000;
/** Characters of an alert's id that stand for it where nothing else is known. */
const SHORT_ID = 8;

/** The alerts by their ids, as far as there are some that this person may read. */
function useAlertsById(alertIds: readonly string[]): ReadonlyMap<string, AlertSummary> {
  const { api } = useServices();
  const { data } = useQuery<AlertsById>({
    queryKey: ['sentineloneResponse.alertsById', alertIds],
    queryFn: ({ signal }) => api.alertsById(alertIds, signal),
    staleTime: KNOWN_FOR,
    keepPreviousData: true,
  });
  return new Map((data?.alerts ?? []).map((alert) => [alert.id, alert]));
}

/** An alert as people know it: by its rule and time; by the beginning of its id where it cannot be read. */
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

/** The same of one alert alone, where only its id is known. */
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
 * The alerts that an action was taken from, by rule and time. The record has only their ids, and of which of them
 * it is not known that whoever acted could read them.
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

/** The same in a cell of a table: the alert, or how many there are. */
export const AlertsCell: FC<{
  readonly alertIds: readonly string[];
  /** How many there are, where `alertIds` are not all of them. */
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
