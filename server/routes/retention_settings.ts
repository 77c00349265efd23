import { INTERNAL_API_VERSION, ROUTE } from '../../common/api/routes';
import { retentionSettingsCodec } from '../../common/api/retention_settings';
import { describeRetentionChange, RETENTION_SETTINGS } from '../retention/retention_settings_store';
import type { RouteDependencies } from './route_context';
import { registerSettingsPair } from './settings_routes';

/** `GET` and `PUT /internal/sentinelone_response/retention_settings`: how long records are kept. */
export const registerRetentionSettingsRoutes = (dependencies: RouteDependencies): void =>
  registerSettingsPair(dependencies, {
    path: ROUTE.retentionSettings,
    access: 'internal',
    version: INTERNAL_API_VERSION,
    codec: retentionSettingsCodec,
    storeIn: ({ retentionSettingsOf }, namespace) => retentionSettingsOf(namespace),
    savedObjectType: RETENTION_SETTINGS.savedObjectType,
    describe: describeRetentionChange,
  });
