import { useMemo, type FC } from 'react';
import {
  EuiButtonEmpty,
  EuiCallOut,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiFlyoutHeader,
  EuiSkeletonText,
  EuiTitle,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery } from '@tanstack/react-query';
import { LIMITS } from '../../../common/lib/constants';
import type { ActionName } from '../../../common/actions/action_name';
import { reasonText } from '../../../common/actions/reason_text';
import type { AlertsHosts } from '../../../common/api/routes';
import { describeError } from '../../lib/describe_error';
import { ProblemCallout } from '../../components/problem_callout';
import { useLastError } from '../../lib/use_last_error';
import { useServices } from '../../lib/services';
import { BulkForm } from './bulk_form';
import { bulkHostsOf } from './bulk_host';
import { bulkTitle, summaryText } from './bulk_texts';

export interface BulkFlyoutContentProps {
  readonly action: ActionName;
  readonly alertIds: readonly string[];
  /** Id of the heading, which names the flyout. */
  readonly titleId: string;
  readonly onClose: () => void;
}

/** The hosts of the selected alerts: which there are, which can be acted on, and what became of them. */
export const BulkFlyoutContent: FC<BulkFlyoutContentProps> = ({
  action,
  alertIds,
  titleId,
  onClose,
}) => {
  const { api } = useServices();
  const ids = useMemo(() => [...new Set(alertIds)], [alertIds]);
  const tooMany = ids.length > LIMITS.alertsPerAction;
  const queryKey = ['sentineloneResponse.alertsHosts', ids];
  const query = useQuery<AlertsHosts>({
    queryKey,
    queryFn: ({ signal }) => api.alertsHosts(ids, signal),
    enabled: !tooMany && ids.length > 0,
    // The hosts of the selection stay what they are while somebody decides over them.
    staleTime: Number.POSITIVE_INFINITY,
    cacheTime: 0,
  });
  const error = useLastError(queryKey, query);
  const hosts = useMemo(() => (query.data ? bulkHostsOf(query.data) : undefined), [query.data]);
  const summary = query.data === undefined ? undefined : summaryText(ids.length, query.data);
  return (
    <>
      <EuiFlyoutHeader hasBorder>
        <EuiTitle size="s">
          <h2 id={titleId}>{bulkTitle(action)}</h2>
        </EuiTitle>
      </EuiFlyoutHeader>
      {hosts !== undefined && hosts.length > 0 ? (
        <BulkForm action={action} hosts={hosts} summary={summary ?? ''} onClose={onClose} />
      ) : (
        <>
          <EuiFlyoutBody>
            {tooMany ? (
              <EuiCallOut
                color="warning"
                iconType="warning"
                title={i18n.translate('sentineloneResponse.bulk.tooManyAlerts', {
                  defaultMessage: 'These are {count} alerts; {limit} can be acted on at once.',
                  values: { count: ids.length, limit: LIMITS.alertsPerAction },
                })}
              >
                <p>{reasonText('too_many', action).todo}</p>
              </EuiCallOut>
            ) : error !== null ? (
              <ProblemCallout
                problem={describeError(error)}
                title={i18n.translate('sentineloneResponse.bulk.unavailable', {
                  defaultMessage: 'The hosts of the alerts could not be read',
                })}
                onRetry={() => void query.refetch()}
                isRetrying={query.isFetching}
              />
            ) : hosts === undefined ? (
              <EuiSkeletonText lines={6} />
            ) : (
              <EuiCallOut
                color="warning"
                iconType="warning"
                title={i18n.translate('sentineloneResponse.bulk.noHosts', {
                  defaultMessage: 'None of these alerts leads to a SentinelOne host',
                })}
              >
                <p>{summary}</p>
              </EuiCallOut>
            )}
          </EuiFlyoutBody>
          <EuiFlyoutFooter>
            <EuiButtonEmpty iconType="cross" onClick={onClose} flush="left">
              {i18n.translate('sentineloneResponse.flyout.close', { defaultMessage: 'Close' })}
            </EuiButtonEmpty>
          </EuiFlyoutFooter>
        </>
      )}
    </>
  );
};
