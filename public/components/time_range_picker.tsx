import { type FC } from 'react';
import { EuiSuperDatePicker } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { SECOND } from '../../common/lib/constants';
import { useServices } from '../lib/services';
import { ALL_TIME, type TimeRange } from '../lib/time_range';

/** Kibana's setting for the quick ranges of its time pickers (8.12.2). */
const QUICK_RANGES = 'timepicker:quickRanges';
interface QuickRange extends TimeRange {
  readonly display: string;
}

/** The interval in seconds that the picker shows before automatic refresh is turned on for the first time. */
const USUAL_REFRESH = 60;

const allTime = () => ({
  start: ALL_TIME,
  end: 'now',
  label: i18n.translate('sentineloneResponse.timeRange.all', { defaultMessage: 'All time' }),
});

/** Kibana's time picker with Kibana's quick ranges, all time, and automatic refresh. */
export const TimeRangePicker: FC<{
  readonly range: TimeRange;
  /** Seconds; undefined while automatic refresh is off. */
  readonly refresh: number | undefined;
  readonly onRangeChange: (range: TimeRange) => void;
  readonly onRefreshChange: (seconds: number | undefined) => void;
}> = ({ range, refresh, onRangeChange, onRefreshChange }) => {
  const { uiSettings } = useServices().core;
  // No default is passed, because Kibana parses a default as JSON, as it does with the setting.
  const quickRanges = uiSettings.get<readonly QuickRange[]>(QUICK_RANGES);
  return (
    <EuiSuperDatePicker
      compressed
      start={range.from}
      end={range.to}
      dateFormat={uiSettings.get<string>('dateFormat')}
      commonlyUsedRanges={[
        ...quickRanges.map(({ from, to, display }) => ({ start: from, end: to, label: display })),
        allTime(),
      ]}
      showUpdateButton={false}
      width="auto"
      isPaused={refresh === undefined}
      refreshInterval={(refresh ?? USUAL_REFRESH) * SECOND}
      onTimeChange={({ start, end, isInvalid }) => {
        if (!isInvalid) onRangeChange({ from: start, to: end });
      }}
      onRefreshChange={({ isPaused, refreshInterval }) =>
        onRefreshChange(isPaused ? undefined : refreshInterval / SECOND)
      }
    />
  );
};
