import type { IUiSettingsClient } from '@kbn/core/public';
import { of } from 'rxjs';
import { notInTheWorkbench, onlyThese } from '../../../not_in_the_workbench';

/** The beginning of Kibana's ranges (8.12.2). */
const QUICK_RANGES = [
  { from: 'now/d', to: 'now/d', display: 'Today' },
  { from: 'now/w', to: 'now/w', display: 'This week' },
  { from: 'now-15m', to: 'now', display: 'Last 15 minutes' },
  { from: 'now-30m', to: 'now', display: 'Last 30 minutes' },
  { from: 'now-1h', to: 'now', display: 'Last 1 hour' },
  { from: 'now-24h/h', to: 'now', display: 'Last 24 hours' },
  { from: 'now-7d/d', to: 'now', display: 'Last 7 days' },
  { from: 'now-30d/d', to: 'now', display: 'Last 30 days' },
  { from: 'now-90d/d', to: 'now', display: 'Last 90 days' },
  { from: 'now-1y/d', to: 'now', display: 'Last 1 year' },
];

/** `core.uiSettings` with Kibana's defaults; a setting that is not here throws. */
export function createUiSettings(darkMode: boolean): IUiSettingsClient {
  const settings: Readonly<Record<string, unknown>> = {
    dateFormat: 'MMM D, YYYY @ HH:mm:ss.SSS',
    'dateFormat:tz': 'Browser',
    'theme:darkMode': darkMode,
    'timepicker:quickRanges': QUICK_RANGES,
  };
  const get = <T>(key: string, defaultOverride?: T): T => {
    if (!(key in settings)) {
      return defaultOverride ?? notInTheWorkbench(`core.uiSettings.get('${key}')`);
    }
    return settings[key] as T;
  };
  return onlyThese('core.uiSettings', {
    get,
    get$: <T>(key: string, defaultOverride?: T) => of(get<T>(key, defaultOverride)),
  });
}
