import {
  DEFAULT_PROTECTION_SETTINGS,
  releaseTimesOf,
} from '../../common/hosts/protection_settings';
import { API_PRIVILEGE } from '../../common/lib/constants';
import { INTERNAL_API_VERSION, ROUTE, type Connection } from '../../common/api/routes';
import type { NamedConnector } from '../connector/connectors_in_space';
import { requires } from '../kibana/route_privilege';
import { answerError } from './error_response';
import { namespaceOf, type RouteDependencies, type RoutePorts } from './route_context';

async function connectionOf(
  connectors: readonly NamedConnector[],
  namespace: string | undefined,
  { appliedProtectionOf }: RoutePorts
): Promise<Connection> {
  const [only, ...others] = connectors;
  if (only === undefined) return { state: 'none' };
  if (others.length > 0) return { state: 'several', connectors };
  const guards = await appliedProtectionOf(only.id, namespace)
    // If the settings cannot be read, a comment is required. The action itself refuses too many hosts.
    .catch(() => DEFAULT_PROTECTION_SETTINGS);
  const { commentRequired, maxHosts } = guards;
  const automaticRelease = releaseTimesOf(guards);
  return { state: 'one', connector: only, commentRequired, maxHosts, automaticRelease };
}

/**
 * `GET …/connection`: is there exactly one connector of our type in this space, and does an action through it
 * need a comment, how many hosts can it have, and when can it end automatically?
 */
export function registerConnectionRoute({ router, logger, portsReady }: RouteDependencies): void {
  const mayView = requires(API_PRIVILEGE.view);
  router.versioned
    .get({ path: ROUTE.connection, access: 'internal', ...mayView })
    .addVersion(
      { version: INTERNAL_API_VERSION, validate: {} },
      async (_context, request, response) => {
        try {
          const ports = await portsReady();
          const namespace = namespaceOf(ports.spaceIdOf(request));
          const connectors = await ports.connectorsIn(namespace);
          const user = ports.userKeyOf(request);
          return response.ok({
            body: {
              ...(await connectionOf(connectors, namespace, ports)),
              ...(user === undefined ? {} : { user }),
            },
          });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );
}
