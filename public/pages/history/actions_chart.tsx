import type { FC, ReactNode } from 'react';
import {
  Axis,
  BarSeries,
  Chart,
  DARK_THEME,
  LIGHT_THEME,
  Position,
  ScaleType,
  Settings,
  timeFormatter,
} from '@elastic/charts';
import {
  euiPaletteColorBlind,
  useEuiTheme,
  EuiFlexGroup,
  EuiFlexItem,
  EuiPanel,
  EuiSkeletonText,
  EuiStat,
  EuiText,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS, forEachAction } from '../../../common/actions/catalogue';
import type { HistorySummary } from '../../../common/api/history';
import { andText } from '../../../common/lib/text';
import { ACTIONS, type ActionName, MEASURED_ACTION } from '../../../common/actions/action_name';
import { DAY } from '../../../common/lib/constants';
import { actionName, durationText } from '../../action_history/history_texts';
import { ProblemCallout } from '../../components/problem_callout';
import { AppLink } from '../../action_history/alert_links';
import { historyPath, type HistoryState } from '../../action_history/history_state';
import type { Summary } from '../../action_history/use_history';

/** The chart of the summary. */

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

/** The durations of isolations until SentinelOne confirmed them, and how many took too long. */
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

/** The numbers and durations of the actions in the time range; nothing without actions. */
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

export interface DayBar {
  /** Midnight UTC of the day (ms since the epoch), which represents the day in any time zone. */
  readonly day: number;
  readonly action: ActionName;
  readonly count: number;
}

export const chartBars = (days: HistorySummary['days']): readonly DayBar[] =>
  days.map(({ day, action, count }) => ({ day: Date.parse(`${day}T00:00:00Z`), action, count }));

const dayIn = (timeZone: string, moment: number): number => {
  // The Swedish locale formats dates as in ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  return Date.parse(`${format.format(moment)}T00:00:00Z`);
};

/** The longest range that is shown completely; a longer one starts with its first action. */
const WHOLE_RANGE = 120 * DAY;
/** The fewest days that the chart shows: fewer make the bars too wide. */
const FEWEST = 14 * DAY;

/** The first and the last day to show: the whole time range, or for a long one, from the first day with an action. */
export function daysShown(
  { from, to, days }: Pick<HistorySummary, 'from' | 'to' | 'days'>,
  timeZone: string
): { readonly first: number; readonly last: number } {
  const last = dayIn(timeZone, Date.parse(to));
  const first = dayIn(timeZone, Date.parse(from));
  if (last - first <= WHOLE_RANGE) return { first, last };
  return { first: Math.min(last - FEWEST, ...chartBars(days).map(({ day }) => day)), last };
}

/** The number of requests of each action, on all days. */
export function totalsOf(days: HistorySummary['days']): Readonly<Record<ActionName, number>> {
  return forEachAction((action) =>
    days.reduce((sum, one) => (one.action === action ? sum + one.count : sum), 0)
  );
}

const HEIGHT = 150;
const shortDay = timeFormatter('MMM D');
const longDay = timeFormatter('ddd, MMM D, YYYY');

/** Actions per day, as stacked bars. */
const ActionsChart: FC<{
  readonly summary: HistorySummary;
  readonly timeZone: string;
}> = ({ summary, timeZone }) => {
  const { colorMode } = useEuiTheme();
  const palette = euiPaletteColorBlind();
  const { first, last } = daysShown(summary, timeZone);
  const totals = totalsOf(summary.days);
  const bars = chartBars(summary.days);
  return (
    <Chart size={{ height: HEIGHT }}>
      <Settings
        baseTheme={colorMode === 'DARK' ? DARK_THEME : LIGHT_THEME}
        theme={{ background: { color: 'transparent' } }}
        showLegend
        legendPosition={Position.Right}
        xDomain={{ min: first, max: last, minInterval: DAY }}
        ariaLabel={i18n.translate('sentineloneResponse.history.chartLabel', {
          defaultMessage: 'Actions per day: {totals} in all',
          values: {
            totals: andText(
              ACTIONS.map((action) =>
                ACTION_DEFINITIONS[action].texts.count({ count: totals[action] })
              )
            ),
          },
        })}
        ariaUseDefaultSummary={false}
      />
      <Axis id="day" position={Position.Bottom} tickFormat={shortDay} />
      <Axis
        id="count"
        position={Position.Left}
        ticks={3}
        integersOnly
        tickFormat={(count) => String(count)}
      />
      {ACTIONS.map((action) => (
        <BarSeries
          key={action}
          id={action}
          name={actionName(action)}
          color={palette[ACTION_DEFINITIONS[action].chartColor]}
          xScaleType={ScaleType.Time}
          yScaleType={ScaleType.Linear}
          // Days are represented by midnight UTC.
          timeZone="UTC"
          xAccessor="day"
          yAccessors={['count']}
          stackAccessors={['day']}
          tickFormat={(value) => (value > DAY ? longDay(value) : String(value))}
          data={bars.filter((bar) => bar.action === action)}
        />
      ))}
    </Chart>
  );
};
