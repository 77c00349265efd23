import { type FC } from 'react';
import { EuiButton, EuiCallOut, EuiEmptyPrompt, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { IsolatedHostsPage } from '../../../common/api/hosts';
import { EmptyPagePrompt } from '../../components/problem_callout';
import { isFiltered, NO_FILTER } from '../../lib/hosts_state';
import { useFormatShortTime } from '../../lib/format_date';
import { HostsBar, type HostsViewProps, ListState } from './hosts_bar';
import { IsolatedFilters } from './hosts_filters';
import { IsolatedTable } from './isolated_table';
import type { HostListQuery } from './use_hosts';
import { iconName } from '../../components/icon';

const NoItems: FC<Pick<HostsViewProps, 'state' | 'onChange'> & { readonly total: number }> = ({
  state,
  total,
  onChange,
}) => {
  if (total > 0) return <EmptyPagePrompt onFirstPage={() => onChange({ page: 1 })} />;
  if (isFiltered(state))
    return <NoMatchPrompt onClear={() => onChange({ ...NO_FILTER, page: 1 })} />;
  return (
    <EuiEmptyPrompt
      iconType={iconName('checkInCircleFilled')}
      iconColor="success"
      title={
        <h2>
          {i18n.translate('sentineloneResponse.hosts.noneIsolated', {
            defaultMessage: 'No host is isolated',
          })}
        </h2>
      }
      body={i18n.translate('sentineloneResponse.hosts.noneIsolatedBody', {
        defaultMessage:
          'Hosts appear here as soon as SentinelOne reports that they are isolated or that their isolation has begun, no matter who requested it.',
      })}
      actions={
        <EuiButton onClick={() => onChange({ view: 'all' })}>
          {i18n.translate('sentineloneResponse.hosts.findHost', { defaultMessage: 'Find a host' })}
        </EuiButton>
      }
    />
  );
};

/** Shows that no host matches, with a button to clear the search and filters. */
export const NoMatchPrompt: FC<{ readonly onClear: () => void; readonly hint?: string }> = ({
  onClear,
  hint,
}) => (
  <EuiEmptyPrompt
    iconType="search"
    title={
      <h2>
        {i18n.translate('sentineloneResponse.hosts.noMatch', { defaultMessage: 'No hosts match' })}
      </h2>
    }
    body={hint}
    actions={
      <EuiButton fill onClick={onClear}>
        {i18n.translate('sentineloneResponse.hosts.clear', {
          defaultMessage: 'Clear search and filters',
        })}
      </EuiButton>
    }
  />
);

/** Reports what is missing in the list, and why. */
const Incomplete: FC<{ readonly page: IsolatedHostsPage }> = ({
  page: { isComplete, activityProblem },
}) => (
  <>
    {isComplete ? null : (
      <>
        <EuiCallOut
          size="s"
          color="warning"
          iconType="warning"
          title={i18n.translate('sentineloneResponse.hosts.incomplete', {
            defaultMessage:
              'The tenant has more isolated hosts than this list. Search all hosts for others.',
          })}
        />
        <EuiSpacer size="s" />
      </>
    )}
    {activityProblem === undefined ? null : (
      <>
        <EuiCallOut
          size="s"
          iconType={iconName('iInCircle')}
          title={
            activityProblem.missingPermission === undefined
              ? i18n.translate('sentineloneResponse.hosts.noActivities', {
                  defaultMessage: 'SentinelOne’s activity log could not be read',
                })
              : i18n.translate('sentineloneResponse.hosts.noActivityPermission', {
                  defaultMessage: 'The token lacks the permission {permission}',
                  values: { permission: activityProblem.missingPermission },
                })
          }
        >
          <EuiText size="s">
            <p>
              {i18n.translate('sentineloneResponse.hosts.noActivitiesText', {
                defaultMessage:
                  'The time and the user of isolations outside Kibana are not known. {message}',
                values: { message: activityProblem.message },
              })}
            </p>
          </EuiText>
        </EuiCallOut>
        <EuiSpacer size="s" />
      </>
    )}
  </>
);

/** The hosts that SentinelOne reports as isolated, isolating or releasing, independent of who requested it. */
export const IsolatedView: FC<
  HostsViewProps & { readonly list: HostListQuery<IsolatedHostsPage> }
> = ({ list, state, selection, connection, onChange, ...opens }) => {
  const { page, problem, isOld, refresh } = list;
  const formatTime = useFormatShortTime();
  const readAt = page === undefined ? undefined : formatTime(page.asOf);
  return (
    <>
      <IsolatedFilters state={state} sites={page?.sites ?? []} onChange={onChange} />
      <EuiSpacer size="s" />
      <ListState
        list={list}
        problemTitle={
          readAt === undefined
            ? i18n.translate('sentineloneResponse.hosts.isolatedUnavailable', {
                defaultMessage: 'The isolated hosts could not be loaded',
              })
            : i18n.translate('sentineloneResponse.hosts.isolatedOld', {
                defaultMessage: 'The list may be out of date, as of {time}',
                values: { time: readAt },
              })
        }
      />
      {problem !== undefined && page === undefined ? null : (
        <>
          {page === undefined ? null : <Incomplete page={page} />}
          <HostsBar
            selection={selection}
            connection={connection}
            total={
              page === undefined
                ? ''
                : i18n.translate('sentineloneResponse.hosts.isolatedTotal', {
                    defaultMessage:
                      '{total, plural, one {# host} other {# hosts}}, as of {time}. Updates automatically.',
                    values: { total: page.total, time: readAt },
                  })
            }
            onDone={refresh}
          />
          <IsolatedTable
            {...opens}
            page={page}
            isLoading={isOld && list.isFetching}
            state={state}
            selection={selection}
            noItems={
              page === undefined ? (
                <span>
                  {i18n.translate('sentineloneResponse.hosts.loading', {
                    defaultMessage: 'Loading hosts…',
                  })}
                </span>
              ) : (
                <NoItems state={state} total={page.total} onChange={onChange} />
              )
            }
            onChange={onChange}
          />
        </>
      )}
    </>
  );
};
