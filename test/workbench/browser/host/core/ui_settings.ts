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

interface Setting {
  readonly value: unknown;
  /** Kibana stores some settings as JSON text, and parses it when they are read. */
  readonly type?: 'json';
}

/**
 * `core.uiSettings` with Kibana's defaults, which nobody has changed; a setting that is not here throws. As in Kibana, an
 * override takes the place of the default, and is JSON text for a setting of that type.
 */
export function createUiSettings(darkMode: boolean): IUiSettingsClient {
  const settings: Readonly<Record<string, Setting>> = {
    dateFormat: { value: 'MMM D, YYYY @ HH:mm:ss.SSS' },
    'dateFormat:tz': { value: 'Browser' },
    'theme:darkMode': { value: darkMode },
    'timepicker:quickRanges': { value: JSON.stringify(QUICK_RANGES), type: 'json' },
  };
  const get = <T>(key: string, defaultOverride?: T): T => {
    const setting = settings[key];
    if (setting === undefined) {
      return defaultOverride ?? notInTheWorkbench(`core.uiSettings.get('${key}')`);
    }
    const value = defaultOverride ?? setting.value;
    return (setting.type === 'json' ? JSON.parse(String(value)) : value) as T;
  };
  return onlyThese('core.uiSettings', {
    get,
    get$: <T>(key: string, defaultOverride?: T) => of(get<T>(key, defaultOverride)),
  });
}
