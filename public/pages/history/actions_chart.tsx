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
import { ACTION_DEFINITIONS } from '../../../common/actions/catalogue';
import type { HistorySummary } from '../../../common/api/history';
import { andText } from '../../../common/lib/list_text';
import { ACTIONS } from '../../../common/actions/action_name';
import { DAY } from '../../../common/lib/time_units';
import { barsOf, daysShown, totalsOf } from './chart_days';
import { actionName } from '../../action_history/history_texts';

const HEIGHT = 150;
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
