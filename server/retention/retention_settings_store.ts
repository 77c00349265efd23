import type { ISavedObjectsRepository } from '@kbn/core/server';
import { RETENTION_SETTINGS_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import {
  DEFAULT_RETENTION_SETTINGS,
  retentionSettingsCodec,
  type RetentionSettings,
} from '../../common/api/retention_settings';
import { decode } from '../../common/lib/validation';
import {
  type ChangeDescription,
  settingsSavedObjectType,
  settingsStore,
  type SettingsDefinition,
  type SettingsStore,
} from '../settings/settings_store';

/** Settings that cannot be parsed keep records forever. */
export const RETENTION_SETTINGS: SettingsDefinition<RetentionSettings> = {
  savedObjectType: RETENTION_SETTINGS_SAVED_OBJECT_TYPE,
  defaults: DEFAULT_RETENTION_SETTINGS,
  parse(attributes) {
    const decoded = decode(retentionSettingsCodec, attributes);
    return decoded.ok ? decoded.value : DEFAULT_RETENTION_SETTINGS;
  },
};

export const retentionSettingsSavedObjectType = settingsSavedObjectType(RETENTION_SETTINGS);

/** The retention settings of one space. `namespace` is the space; undefined means the default space. */
export const retentionSettingsStore = (
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): SettingsStore<RetentionSettings> => settingsStore(repository, namespace, RETENTION_SETTINGS);

/** The events of a change; none when nothing differs. `before` is undefined when it could not be parsed. */
export function describeRetentionChange(
  before: RetentionSettings | undefined,
  { daysKept }: RetentionSettings
): readonly ChangeDescription[] {
  if (before?.daysKept === daysKept) return [];
  const what =
    daysKept === null
      ? 'set records of actions to be kept without a limit'
      : `set records of actions to be removed ${daysKept} days after they have ended`;
  return [{ what, fields: { setting: 'daysKept', value: daysKept } }];
}
