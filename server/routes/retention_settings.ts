import { INTERNAL_API_VERSION, ROUTE } from '../../common/api/routes';
import { settingsCodec } from '../../common/api/retention_settings';
import { describeRetentionChange } from '../settings/describe_change';
import type { RouteDependencies } from './route_context';
import { registerSettingsPair } from './settings_routes';

/** `GET …/settings` and `PUT …/settings`: how long records are kept. */
export const registerSettingsRoutes = (dependencies: RouteDependencies): void =>
  registerSettingsPair(dependencies, {
    path: ROUTE.settings,
    access: 'internal',
    version: INTERNAL_API_VERSION,
    codec: settingsCodec,
    storeIn: ({ settingsOf }, namespace) => settingsOf(namespace),
    describe: describeRetentionChange,
  });
