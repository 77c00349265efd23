import { registerActionRoutes } from './act_on_hosts';
import { registerApprovalRoutes } from './approvals';
import { registerAlertRoutes } from './alerts';
import { registerReleaseTimeRoutes } from './release_time';
import { registerCaseRoutes } from './cases';
import { registerConnectionRoute, registerSetupRoutes } from './setup';
import { registerHistoryRoutes } from './history';
import {
  registerFindHostsRoute,
  registerHostsStatusRoute,
  registerSearchHostsRoute,
} from './hosts';
import { registerIsolatedHostsRoutes } from './isolated_hosts';
import {
  registerProtectionSettingsRoutes,
  registerRetentionSettingsRoutes,
} from './settings_routes';
import { registerPublicApi } from './public_api';
import { registerViewRoute } from './view';
import type { RouteDependencies, HandlerContext } from './route_context';
import type { RequestHandler, VersionedRoute } from '@kbn/core/server';
import { reasonText } from '../../common/actions/describe_reason';
import { TypedError } from '../lib/typed_error';
import { answerError } from './error_response';

/** The error of a space that does not exist. */
function spaceNotFound(): TypedError {
  const { what, todo } = reasonText('space_not_found', 'read');
  return new TypedError('space_not_found', `${what} ${todo}`);
}

/**
 * Registers routes whose handlers run only for requests in a space that exists; the response to others is 404. Kibana
 * checks that only for the pages of its apps (8.12.2). Users without the route's privilege are refused before this
 * check.
 */
export function existingSpaceRouter(
  { versioned }: RouteDependencies['router'],
  { portsReady, logger }: Pick<RouteDependencies, 'portsReady' | 'logger'>
): RouteDependencies['router'] {
  const inExistingSpace =
    <Params, Query, Body>(
      handler: RequestHandler<Params, Query, Body, HandlerContext>
    ): RequestHandler<Params, Query, Body, HandlerContext> =>
    async (context, request, response) => {
      try {
        const { spaceIdOf, spaces } = await portsReady();
        if (!(await spaces.exists(spaceIdOf(request)))) throw spaceNotFound();
      } catch (error) {
        return answerError(error, response, logger);
      }
      return handler(context, request, response);
    };

  const wrapped = (route: VersionedRoute<HandlerContext>): VersionedRoute<HandlerContext> => ({
    addVersion: (options, handler) => wrapped(route.addVersion(options, inExistingSpace(handler))),
  });

  return {
    versioned: {
      get: (config) => wrapped(versioned.get(config)),
      post: (config) => wrapped(versioned.post(config)),
      put: (config) => wrapped(versioned.put(config)),
      patch: (config) => wrapped(versioned.patch(config)),
      delete: (config) => wrapped(versioned.delete(config)),
    },
  };
}

/** Registers all HTTP routes of the plugin, in spaces that exist. */
export function registerRoutes(given: RouteDependencies): void {
  const dependencies = { ...given, router: existingSpaceRouter(given.router, given) };
  registerAlertRoutes(dependencies);
  registerConnectionRoute(dependencies);
  registerHostsStatusRoute(dependencies);
  registerFindHostsRoute(dependencies);
  registerSearchHostsRoute(dependencies);
  registerIsolatedHostsRoutes(dependencies);
  registerActionRoutes(dependencies);
  registerHistoryRoutes(dependencies);
  registerApprovalRoutes(dependencies);
  registerReleaseTimeRoutes(dependencies);
  registerCaseRoutes(dependencies);
  registerRetentionSettingsRoutes(dependencies);
  registerProtectionSettingsRoutes(dependencies);
  registerSetupRoutes(dependencies);
  registerViewRoute(dependencies);
  registerPublicApi(dependencies);
}
