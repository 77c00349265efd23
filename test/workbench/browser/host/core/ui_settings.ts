import type { IUiSettingsClient } from '@kbn/core/public';
import { of } from 'rxjs';
import { notInTheWorkbench, onlyThese } from '../../../not_in_the_workbench';

/** `core.uiSettings` with Kibana's defaults; a setting that is not here throws. */
export function createUiSettings(darkMode: boolean): IUiSettingsClient {
  const settings: Readonly<Record<string, unknown>> = {
    dateFormat: 'MMM D, YYYY @ HH:mm:ss.SSS',
    'dateFormat:tz': 'Browser',
    'theme:darkMode': darkMode,
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
