import { API_PRIVILEGE } from '../../common/constants';
import { INTERNAL_API_VERSION, ROUTE, type Connection } from '../../common/routes';
import type { NamedConnector } from '../connector/connectors_in_space';
import { answerError } from './error_answer';
import { namespaceOf, type RouteDependencies } from './route_context';

function connectionOf(connectors: readonly NamedConnector[]): Connection {
  const [only, ...others] = connectors;
  if (only === undefined) return { state: 'none' };
  return others.length === 0 ? { state: 'one', connector: only } : { state: 'several', connectors };
}

/** `GET …/connection`: is there exactly one connector of our type in this space? */
export function registerConnectionRoute({ router, logger, portsReady }: RouteDependencies): void {
  const options = { tags: [`access:${API_PRIVILEGE.view}`] };
  router.versioned
    .get({ path: ROUTE.connection, access: 'internal', options })
    .addVersion(
      { version: INTERNAL_API_VERSION, validate: {} },
      async (_context, request, response) => {
        try {
          const { connectorsIn, spaceIdOf } = await portsReady();
          const connectors = await connectorsIn(namespaceOf(spaceIdOf(request)));
          return response.ok({ body: connectionOf(connectors) });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );
}
