import type { ISavedObjectsRepository } from '@kbn/core/server';
import { PROTECTION_SETTINGS_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import {
  DEFAULT_PROTECTION_SETTINGS,
  protectionSettingsCodec,
  type ProtectionSettings,
} from '../../common/hosts/protection_settings';
import { parseOrThrow } from '../kibana/validation';
import {
  settingsSavedObjectType,
  settingsStore,
  type SettingsDefinition,
  type SettingsStore,
} from '../settings/settings_store';

/** Settings that cannot be parsed are an error: it is then unknown which hosts they protect. */
export const PROTECTION_SETTINGS: SettingsDefinition<ProtectionSettings> = {
  savedObjectType: PROTECTION_SETTINGS_SAVED_OBJECT_TYPE,
  defaults: DEFAULT_PROTECTION_SETTINGS,
  parse: (attributes) => parseOrThrow(protectionSettingsCodec, attributes),
};

export const protectionSettingsSavedObjectType = settingsSavedObjectType(PROTECTION_SETTINGS);

/** The protection settings of one space. `namespace` is the space; undefined means the default space. */
export const protectionSettingsStore = (
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): SettingsStore<ProtectionSettings> => settingsStore(repository, namespace, PROTECTION_SETTINGS);
