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
import { BULK_LABELS } from '../../../common/actions/bulk_labels';
import type { AlertsHosts } from '../../../common/hosts/hosts_of_alerts';
import { describeError } from '../../lib/describe_error';
import { ProblemCallout } from '../../components/problem_callout';
import { useLastError } from '../../lib/use_last_error';
import { useServices, type Services } from '../../lib/services';
import { openFlyout, type OpenFlyout } from '../open_flyout';
import { BulkForm } from './bulk_form';
import { bulkHostsOf, bulkHostsOfAgents, type SelectedHost } from './bulk_host';
import { bulkTitle, selectedHostsText, summaryText } from './bulk_texts';

interface BulkContentProps {
  readonly action: ActionName;
  /** Id of the heading, which labels the flyout. */
  readonly titleId: string;
  readonly onClose: () => void;
}

export interface BulkFlyoutContentProps extends BulkContentProps {
  readonly alertIds: readonly string[];
}

const Header: FC<{ readonly titleId: string; readonly title: string }> = ({ titleId, title }) => (
  <EuiFlyoutHeader hasBorder>
    <EuiTitle size="s">
      <h2 id={titleId}>{title}</h2>
    </EuiTitle>
  </EuiFlyoutHeader>
);

/** The hosts that the user selected themselves, with the form of the action and its results. */
export const BulkHostsContent: FC<
  BulkContentProps & { readonly hosts: readonly SelectedHost[] }
> = ({ action, hosts, titleId, onClose }) => {
  const bulkHosts = useMemo(() => bulkHostsOfAgents(hosts), [hosts]);
  return (
    <>
      <Header titleId={titleId} title={BULK_LABELS[action]()} />
      <BulkForm
        action={action}
        hosts={bulkHosts}
        summary={selectedHostsText(bulkHosts.length)}
        onClose={onClose}
      />
    </>
  );
};

/** The hosts of the selected alerts, with the form of the action and its results. */
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
    // The hosts are not read again while the flyout is open.
    staleTime: Number.POSITIVE_INFINITY,
    cacheTime: 0,
  });
  const error = useLastError(queryKey, query);
  const hosts = useMemo(() => (query.data ? bulkHostsOf(query.data) : undefined), [query.data]);
  const summary = query.data === undefined ? undefined : summaryText(ids.length, query.data);
  return (
    <>
      <Header titleId={titleId} title={bulkTitle(action)} />
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
                  defaultMessage:
                    '{count, number} alerts are selected. One action allows {limit, number}.',
                  values: { count: ids.length, limit: LIMITS.alertsPerAction },
                })}
              >
                <p>
                  {i18n.translate('sentineloneResponse.bulk.tooManyAlertsTodo', {
                    defaultMessage: 'Select fewer alerts.',
                  })}
                </p>
              </EuiCallOut>
            ) : error !== null ? (
              <ProblemCallout
                problem={describeError(error)}
                title={i18n.translate('sentineloneResponse.bulk.unavailable', {
                  defaultMessage: 'The hosts of the alerts could not be loaded',
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
                  defaultMessage: 'None of these alerts identifies a SentinelOne host',
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

const TITLE_ID = 'sentineloneResponseBulkTitle';

type HostsOfAlerts = { readonly alertIds: readonly string[] };
type SelectedHosts = { readonly hosts: readonly SelectedHost[] };
/** An action on the hosts of alerts, or on hosts that the user selected themselves. */
export type BulkRequest = { readonly action: ActionName } & (HostsOfAlerts | SelectedHosts);

/** Opens the flyout for an action on several hosts. */
export function openBulkFlyout(
  services: Services,
  { action, ...selected }: BulkRequest,
  onClose?: () => void
): OpenFlyout {
  return openFlyout(
    services,
    { titleId: TITLE_ID, testSubject: 'sentineloneResponseBulkFlyout', size: 'l', onClose },
    (close) => {
      const props = { action, titleId: TITLE_ID, onClose: close };
      return 'hosts' in selected ? (
        <BulkHostsContent {...props} hosts={selected.hosts} />
      ) : (
        <BulkFlyoutContent {...props} alertIds={selected.alertIds} />
      );
    }
  );
}
