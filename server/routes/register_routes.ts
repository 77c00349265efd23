import { registerActionRoutes } from './act_on_hosts';
import { registerAlertRoutes } from './alerts';
import { registerCaseRoutes } from './cases';
import { registerConnectionRoute } from './connection';
import { registerHistoryRoutes } from './history';
import { existingSpaceRouter } from './existing_space_router';
import { registerFindHostsRoute } from './find_hosts';
import { registerProtectionSettingsRoutes } from './protection_settings';
import { registerHostsStatusRoute } from './hosts_status';
import { registerPublicApi } from './public_api';
import type { RouteDependencies } from './route_context';
import { registerSettingsRoutes } from './retention_settings';
import { registerSetupRoutes } from './setup';

/** All HTTP routes of the plugin, in spaces that exist. */
export function registerRoutes(given: RouteDependencies): void {
  const dependencies = { ...given, router: existingSpaceRouter(given.router, given) };
  registerAlertRoutes(dependencies);
  registerConnectionRoute(dependencies);
  registerHostsStatusRoute(dependencies);
  registerFindHostsRoute(dependencies);
  registerActionRoutes(dependencies);
  registerHistoryRoutes(dependencies);
  registerCaseRoutes(dependencies);
  registerSettingsRoutes(dependencies);
  registerProtectionSettingsRoutes(dependencies);
  registerSetupRoutes(dependencies);
  registerPublicApi(dependencies);
}
