import { type FC } from 'react';
import { EuiButtonEmpty } from '@elastic/eui';
import { useQuery } from '@tanstack/react-query';
import { i18n } from '@kbn/i18n';
import type { AlertsPage } from '../../../common/api/routes';
import { useServices } from '../../lib/services';
import { alertsQueryOf, type PageState } from '../../lib/page_state';

/** Milliseconds after which it is looked whether there are other alerts than those of the page. */
const LOOK_AGAIN = 30_000;

/**
 * Says that there are more or fewer alerts than when the page was read. It is read again when the user selects the button:
 * rows that move without user input are clicked by mistake.
 */
export const NewerAlerts: FC<{
  readonly state: PageState;
  readonly page: AlertsPage;
  /** When the page was read, ms since the epoch. */
  readonly readAt: number;
  readonly onRefresh: () => void;
}> = ({ state, page, readAt, onRefresh }) => {
  const { api } = useServices();
  const { search, status, severities, from, to } = state;
  const { data, dataUpdatedAt } = useQuery<AlertsPage>({
    queryKey: ['sentineloneResponse.alertsCount', { search, status, severities, from, to }, readAt],
    queryFn: ({ signal }) =>
      // From the same moment on: alerts that only became too old for the range are no change.
      api.alerts(alertsQueryOf({ ...state, page: 1, perPage: 1 }, readAt), signal),
    // What was just read needs no second look.
    initialData: page,
    initialDataUpdatedAt: readAt,
    staleTime: LOOK_AGAIN,
    refetchInterval: LOOK_AGAIN,
    refetchIntervalInBackground: false,
  });
  const difference = data === undefined || dataUpdatedAt <= readAt ? 0 : data.total - page.total;
  return (
    <div role="status">
      {difference === 0 ? null : (
        <EuiButtonEmpty size="s" iconType="refresh" flush="left" onClick={onRefresh}>
          {difference > 0
            ? i18n.translate('sentineloneResponse.alerts.newer', {
                defaultMessage: 'Show {count, plural, one {# new alert} other {# new alerts}}',
                values: { count: difference },
              })
            : i18n.translate('sentineloneResponse.alerts.changed', {
                defaultMessage: 'The list has changed. Refresh',
              })}
        </EuiButtonEmpty>
      )}
    </div>
  );
};
