import { API_PRIVILEGE } from '../../common/constants';
import { INTERNAL_API_VERSION, ROUTE, type Connection } from '../../common/routes';
import type { NamedConnector } from '../connector/connectors_in_space';
import { answerError } from './error_answer';
import { namespaceOf, type RouteDependencies } from './route_context';

function connectionOf(connectors: readonly NamedConnector[], commentRequired: boolean): Connection {
  const [only, ...others] = connectors;
  if (only === undefined) return { state: 'none' };
  return others.length === 0
    ? { state: 'one', connector: only, commentRequired }
    : { state: 'several', connectors };
}

/**
 * `GET …/connection`: is there exactly one connector of our type in this space, and does an action through it
 * need a comment?
 */
export function registerConnectionRoute({ router, logger, portsReady }: RouteDependencies): void {
  const options = { tags: [`access:${API_PRIVILEGE.view}`] };
  router.versioned
    .get({ path: ROUTE.connection, access: 'internal', options })
    .addVersion(
      { version: INTERNAL_API_VERSION, validate: {} },
      async (_context, request, response) => {
        try {
          const { connectorsIn, guardsOf, spaceIdOf } = await portsReady();
          const namespace = namespaceOf(spaceIdOf(request));
          const [connectors, commentRequired] = await Promise.all([
            connectorsIn(namespace),
            // Settings that cannot be read are not understood as lenient ones.
            guardsOf(namespace)
              .get()
              .then((guards) => guards.commentRequired)
              .catch(() => true),
          ]);
          return response.ok({ body: connectionOf(connectors, commentRequired) });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );
}
