import { type FC } from 'react';
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
import { euiPaletteColorBlind, useEuiTheme } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { HistorySummary } from '../../common/history';
import { ACTIONS, type ActionName } from '../../common/outcome';
import { barsOf, DAY, daysShown, totalsOf } from './chart_days';
import { actionName } from './history_texts';

const HEIGHT = 150;
const SERIES_COLOR: Readonly<Record<ActionName, number>> = { isolate: 9, release: 0 };
const shortDay = timeFormatter('MMM D');
const longDay = timeFormatter('ddd, MMM D, YYYY');

/** Actions per day, isolations and releases one upon the other. */
export const ActionsChart: FC<{
  readonly summary: HistorySummary;
  readonly timeZone: string;
}> = ({ summary, timeZone }) => {
  const { colorMode } = useEuiTheme();
  const palette = euiPaletteColorBlind();
  const { first, last } = daysShown(summary, timeZone);
  const totals = totalsOf(summary.days);
  const bars = barsOf(summary.days);
  return (
    <Chart size={{ height: HEIGHT }}>
      <Settings
        baseTheme={colorMode === 'DARK' ? DARK_THEME : LIGHT_THEME}
        theme={{ background: { color: 'transparent' } }}
        showLegend
        legendPosition={Position.Right}
        xDomain={{ min: first, max: last, minInterval: DAY }}
        ariaLabel={i18n.translate('sentineloneResponse.history.chartLabel', {
          defaultMessage:
            'Actions per day: {isolate, plural, one {# isolation} other {# isolations}} and {release, plural, one {# release} other {# releases}} in all',
          values: totals,
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
          color={palette[SERIES_COLOR[action]]}
          xScaleType={ScaleType.Time}
          yScaleType={ScaleType.Linear}
          // Days stand at midnight UTC.
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
