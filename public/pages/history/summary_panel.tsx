import { type FC, type ReactNode } from 'react';
import {
  EuiFlexGroup,
  EuiFlexItem,
  EuiPanel,
  EuiSkeletonText,
  EuiStat,
  EuiText,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ACTIONS, MEASURED_ACTION } from '../../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../../common/actions/catalogue';
import type { HistorySummary } from '../../../common/api/history';
import { ProblemCallout } from '../../components/problem_callout';
import { ActionsChart } from './actions_chart';
import { AppLink } from '../../action_history/alert_links';
import { totalsOf } from './chart_days';
import { historyPath, type HistoryState } from '../../action_history/history_state';
import { durationText } from '../../action_history/history_texts';
import type { Summary } from '../../action_history/use_history';

const title = (): string =>
  i18n.translate('sentineloneResponse.history.summary', { defaultMessage: 'Summary' });

const Stat: FC<{
  readonly value: ReactNode;
  readonly label: string;
  readonly note?: string;
}> = ({ value, label, note }) => (
  <EuiFlexItem grow={false}>
    <EuiStat title={value} description={label} titleSize="s" reverse>
      {note === undefined ? null : (
        <EuiText size="xs" color="subdued">
          {note}
        </EuiText>
      )}
    </EuiStat>
  </EuiFlexItem>
);

/** How long isolations took until SentinelOne confirmed them, and which took too long. */
const TimesToIsolate: FC<{
  readonly summary: HistorySummary;
  readonly state: HistoryState;
}> = ({ summary, state }) => {
  const { medianTimeToIsolateMs: median, p95TimeToIsolateMs: p95, isolations } = summary;
  const { limitMs, confirmed, inProgress } = summary.slowIsolations;
  const slow = confirmed + inProgress;
  const ofConfirmed = i18n.translate('sentineloneResponse.history.ofConfirmed', {
    defaultMessage:
      '{isolations, plural, =0 {none} one {# isolation} other {# isolations}} confirmed',
    values: { isolations },
  });
  const time = (ms: number | null) => (ms === null ? '—' : durationText(ms));
  return (
    <>
      <Stat
        value={time(median)}
        label={i18n.translate('sentineloneResponse.history.median', {
          defaultMessage: 'Median time to isolate',
        })}
        note={ofConfirmed}
      />
      <Stat
        value={time(p95)}
        label={i18n.translate('sentineloneResponse.history.p95', {
          defaultMessage: '95th percentile',
        })}
        note={ofConfirmed}
      />
      <Stat
        value={
          slow === 0 ? (
            '0'
          ) : (
            <AppLink
              path={historyPath({
                ...state,
                action: MEASURED_ACTION,
                longerThanMs: Math.max(limitMs, state.longerThanMs ?? 0),
                page: 1,
              })}
            >
              {String(slow)}
            </AppLink>
          )
        }
        label={i18n.translate('sentineloneResponse.history.slow', {
          defaultMessage: 'Longer than {limit}',
          values: { limit: durationText(limitMs) },
        })}
        note={
          inProgress === 0
            ? undefined
            : i18n.translate('sentineloneResponse.history.slowInProgress', {
                defaultMessage: '{inProgress, number} still in progress',
                values: { inProgress },
              })
        }
      />
    </>
  );
};

/** How much was done in the time that is shown, and how fast; nothing where nothing was. */
export const SummaryPanel: FC<{ readonly summary: Summary; readonly state: HistoryState }> = ({
  summary: { summary, problem, timeZone, isFetching, refresh },
  state,
}) => {
  if (problem !== undefined) {
    return (
      <ProblemCallout
        problem={problem}
        title={i18n.translate('sentineloneResponse.history.summaryUnavailable', {
          defaultMessage: 'The summary could not be loaded',
        })}
        onRetry={refresh}
        isRetrying={isFetching}
      />
    );
  }
  if (summary === undefined) return <EuiSkeletonText lines={4} />;
  if (summary.days.length === 0) return null;
  const totals = totalsOf(summary.days);
  return (
    <EuiPanel hasBorder hasShadow={false} paddingSize="m" role="region" aria-label={title()}>
      <EuiFlexGroup gutterSize="l" alignItems="center" wrap>
        <EuiFlexItem css={{ minWidth: 320 }}>
          <EuiFlexGroup gutterSize="l" responsive={false} wrap>
            {ACTIONS.map((action) => (
              <Stat
                key={action}
                value={String(totals[action])}
                label={ACTION_DEFINITIONS[action].texts.plural()}
              />
            ))}
            <TimesToIsolate summary={summary} state={state} />
          </EuiFlexGroup>
        </EuiFlexItem>
        <EuiFlexItem css={{ minWidth: 320 }}>
          <ActionsChart summary={summary} timeZone={timeZone} />
        </EuiFlexItem>
      </EuiFlexGroup>
    </EuiPanel>
  );
};
