import { registerActionRoutes } from './act_on_hosts';
import { registerAlertRoutes } from './alerts';
import { registerConnectionRoute } from './connection';
import { registerHostsStatusRoute } from './hosts_status';
import type { RouteDependencies } from './route_context';

/** All HTTP routes of the plugin. */
export function registerRoutes(dependencies: RouteDependencies): void {
  registerAlertRoutes(dependencies);
  registerConnectionRoute(dependencies);
  registerHostsStatusRoute(dependencies);
  registerActionRoutes(dependencies);
}
