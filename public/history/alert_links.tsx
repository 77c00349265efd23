import { useState, type FC, type ReactNode } from 'react';
import { EuiButtonEmpty, EuiLink, EuiTextColor } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { PLUGIN_ID } from '../../common/constants';
import { useKibanaLink } from '../kibana_link';

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

/**
 * The alerts that an action was taken from. The record has their ids, and of which of them it is not known that
 * whoever acted could read them.
 */
export const AlertLinks: FC<{
  readonly alertIds: readonly string[];
  readonly unverifiedAlertIds?: readonly string[];
}> = ({ alertIds, unverifiedAlertIds = [] }) => {
  const [showsAll, setShowsAll] = useState(false);
  const unverified = new Set(unverifiedAlertIds);
  if (alertIds.length === 0) {
    return (
      <>
        {i18n.translate('sentineloneResponse.history.noAlert', {
          defaultMessage: 'None',
        })}
      </>
    );
  }
  const shown = showsAll ? alertIds : alertIds.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <ul css={{ overflowWrap: 'anywhere' }}>
        {shown.map((alertId) => (
          <li key={alertId}>
            <AppLink path={alertPath(alertId)}>{alertId}</AppLink>
            {unverified.has(alertId) ? <NotVerified /> : null}
          </li>
        ))}
      </ul>
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
