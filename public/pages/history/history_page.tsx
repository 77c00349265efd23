import type { FC } from 'react';
import {
  EuiButtonEmpty,
  EuiPageTemplate,
  EuiSpacer,
  EuiText,
  EuiButton,
  EuiEmptyPrompt,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useHistory, useLocation } from 'react-router-dom';
import type { ListedRecord } from '../../../common/actions/record_summary';
import { LIMITS, PLUGIN_ID } from '../../../common/lib/constants';
import type { HistoryPage as HistoryPageData } from '../../../common/api/history';
import { ExportButton } from '../../components/export_button';
import { ProblemCallout, EmptyPagePrompt } from '../../components/problem_callout';
import { useServices } from '../../lib/services';
import { useAppTabs } from '../../components/app_tabs';
import { TokenCallout } from '../setup/tokens_step';
import { usePageTitle } from '../../lib/use_page_title';
import { ReleaseControls } from '../../actions/pending_release';
import { ActionsTable } from '../../action_history/actions_table';
import { hostsText } from '../../action_history/history_texts';
import { HistoryFilters } from './history_filters';
import {
  historyFilterOf,
  readHistoryState,
  writeHistoryState,
  type HistoryState,
  DEFAULT_STATE,
  isFiltered,
  NO_FILTER,
} from '../../action_history/history_state';
import { SummaryPanel } from './actions_chart';
import { isOpenAction, useHistoryPage, useHistorySummary } from '../../action_history/use_history';
import { ALL_TIME } from '../../lib/time_range';

export interface EmptyHistoryProps {
  readonly state: HistoryState;
  /** The number of matching actions, on all pages. */
  readonly total: number;
  readonly onChange: (change: Partial<HistoryState>) => void;
}

const AlertsButton: FC = () => {
  const { application } = useServices().core;
  return (
    <EuiButton onClick={() => void application.navigateToApp(PLUGIN_ID, { path: '/' })}>
      {i18n.translate('sentineloneResponse.history.goToAlerts', { defaultMessage: 'Go to Alerts' })}
    </EuiButton>
  );
};

/** Explains why the list is empty, and what to do. */
const EmptyHistory: FC<EmptyHistoryProps> = ({ state, total, onChange }) => {
  if (total > 0) return <EmptyPagePrompt onFirstPage={() => onChange({ page: 1 })} />;
  if (isFiltered(state)) {
    return (
      <EuiEmptyPrompt
        iconType="search"
        title={
          <h2>
            {i18n.translate('sentineloneResponse.history.noMatch', {
              defaultMessage: 'No actions match',
            })}
          </h2>
        }
        body={i18n.translate('sentineloneResponse.history.noMatchBody', {
          defaultMessage: 'No action in this time range matches the search and filters.',
        })}
        actions={[
          <EuiButton key="clear" fill onClick={() => onChange({ ...NO_FILTER, page: 1 })}>
            {i18n.translate('sentineloneResponse.history.clear', {
              defaultMessage: 'Clear search and filters',
            })}
          </EuiButton>,
          ...(state.from === ALL_TIME ? [] : [<AllTimeButton key="time" onChange={onChange} />]),
        ]}
      />
    );
  }
  if (state.from !== ALL_TIME) {
    return (
      <EuiEmptyPrompt
        iconType="clock"
        title={
          <h2>
            {i18n.translate('sentineloneResponse.history.noneInRange', {
              defaultMessage: 'No actions in this time range',
            })}
          </h2>
        }
        actions={[<AllTimeButton key="time" onChange={onChange} />, <AlertsButton key="alerts" />]}
      />
    );
  }
  return (
    <EuiEmptyPrompt
      iconType="lock"
      title={
        <h2>
          {i18n.translate('sentineloneResponse.history.none', {
            defaultMessage: 'No actions yet',
          })}
        </h2>
      }
      body={i18n.translate('sentineloneResponse.history.noneBody', {
        defaultMessage:
          'Open an alert and select Take action > Isolate host. Every attempt appears here with its user, comment, and result.',
      })}
      actions={<AlertsButton />}
    />
  );
};

const AllTimeButton: FC<Pick<EmptyHistoryProps, 'onChange'>> = ({ onChange }) => (
  <EuiButton onClick={() => onChange({ from: ALL_TIME, to: DEFAULT_STATE.to, page: 1 })}>
    {i18n.translate('sentineloneResponse.history.allTime', {
      defaultMessage: 'Show all time',
    })}
  </EuiButton>
);

/** The buttons for a pending automatic release. The first record of an action contains it. */
const ReleaseOfRow: FC<{ readonly record: ListedRecord }> = ({ record }) => {
  const { group, actionId, action, releaseAt, automaticRelease } = record;
  if (group > 0 || releaseAt == null || automaticRelease === undefined) return null;
  const host = hostsText(record);
  return (
    <ReleaseControls isSmall release={{ actionId, action, host, releaseAt, automaticRelease }} />
  );
};

/** Reports, also to screen readers, that actions are in progress. */
const OpenActions: FC<{ readonly page: HistoryPageData | undefined }> = ({ page }) => {
  const count = page?.actions.filter(isOpenAction).length ?? 0;
  return (
    <EuiText size="xs" color="subdued" role="status">
      {count === 0 ? null : (
        <p>
          {i18n.translate('sentineloneResponse.history.open', {
            defaultMessage:
              '{count, plural, one {# action on this page is} other {# actions on this page are}} in progress. The page updates automatically.',
            values: { count },
          })}
        </p>
      )}
    </EuiText>
  );
};

/** The history of actions: user, action, host, time, comment and result. */
export const HistoryPage: FC = () => {
  const { api } = useServices();
  const history = useHistory();
  const location = useLocation();
  const tabs = useAppTabs('history');
  const state = readHistoryState(location.search);

  const title = i18n.translate('sentineloneResponse.history.title', { defaultMessage: 'History' });
  usePageTitle(title);

  const change = (next: Partial<HistoryState>) =>
    history.push({
      pathname: location.pathname,
      search: writeHistoryState({ ...state, ...next }),
    });

  const live = useHistoryPage(state);
  const summary = useHistorySummary(state);
  // The list of users stays complete when one of them is selected.
  const { summary: everybody } = useHistorySummary({ ...state, user: undefined });
  const { page, problem } = live;
  const total = page?.total ?? 0;

  return (
    <EuiPageTemplate restrictWidth={false} grow offset={0} paddingSize="m">
      <EuiPageTemplate.Header
        tabs={tabs}
        description={i18n.translate('sentineloneResponse.history.description', {
          defaultMessage: 'Who took which action on which host, when, why, and the result.',
        })}
        rightSideItems={[
          <ExportButton
            key="export"
            name="sentinelone-actions"
            read={() => api.actionsCsv(historyFilterOf(state, Date.now()))}
            isDisabled={total === 0}
          />,
          <EuiButtonEmpty
            key="refresh"
            iconType="refresh"
            isLoading={live.isFetching}
            onClick={() => {
              live.refresh();
              summary.refresh();
            }}
          >
            {i18n.translate('sentineloneResponse.history.refresh', { defaultMessage: 'Refresh' })}
          </EuiButtonEmpty>,
        ]}
      />
      <EuiPageTemplate.Section>
        <TokenCallout />
        <HistoryFilters state={state} users={everybody?.users ?? []} onChange={change} />
        <EuiSpacer size="m" />
        {problem === undefined ? (
          <SummaryPanel summary={summary} state={state} />
        ) : (
          <ProblemCallout
            problem={problem}
            title={
              page === undefined
                ? i18n.translate('sentineloneResponse.history.unavailable', {
                    defaultMessage: 'The history is not available',
                  })
                : i18n.translate('sentineloneResponse.history.old', {
                    defaultMessage: 'The list below may be out of date',
                  })
            }
            onRetry={live.refresh}
            isRetrying={live.isFetching}
          />
        )}
        <EuiSpacer size="m" />
        {problem !== undefined && page === undefined ? null : (
          <>
            {total > LIMITS.resultWindow ? (
              <EuiText size="xs" color="subdued">
                <p>
                  {i18n.translate('sentineloneResponse.history.tooMany', {
                    defaultMessage:
                      'Showing the first {shown, number} of {total, number} actions. Filter to see others. The export contains all of them.',
                    values: { shown: LIMITS.resultWindow, total },
                  })}
                </p>
              </EuiText>
            ) : null}
            <OpenActions page={page} />
            <ActionsTable
              page={page}
              isLoading={live.isFetching && live.isOld}
              state={state}
              noItems={
                page === undefined || live.recent !== undefined ? (
                  <span>
                    {i18n.translate('sentineloneResponse.history.loading', {
                      defaultMessage: 'Loading the history…',
                    })}
                  </span>
                ) : (
                  <EmptyHistory state={state} total={total} onChange={change} />
                )
              }
              releaseControls={(record) => <ReleaseOfRow record={record} />}
              onChange={change}
            />
          </>
        )}
      </EuiPageTemplate.Section>
    </EuiPageTemplate>
  );
};
