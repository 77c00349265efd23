import { getAgentsResultCodec } from '../../common/api/connector';
import { API_PRIVILEGE } from '../../common/lib/constants';
import {
  hostsStatusBodyCodec,
  INTERNAL_API_VERSION,
  ROUTE,
  hostsFindBodyCodec,
} from '../../common/api/routes';
import { markIsolatedOutside } from '../host_status/isolated_outside';
import type { AskAgents } from '../host_status/host_status_query';
import { parseOrThrow, routeValidation } from '../kibana/validation';
import { requires } from '../kibana/route_privilege';
import { answerError } from './error_response';
import { executeSubAction, executionError } from './execute_sub_action';
import { namespaceOf, type RouteDependencies } from './route_context';
import { requireSingleConnector } from './require_single_connector';
import { findHosts } from '../host_status/find_hosts';

/**
 * `POST …/hosts/_status`: the live status of up to 100 agents, from calls to SentinelOne that are
 * shared between viewers who may make them. Responds 429 with `Retry-After` if the user exceeds
 * their read budget, and 504 after 15 s.
 */
export function registerHostsStatusRoute({ router, logger, portsReady }: RouteDependencies): void {
  const mayView = requires(API_PRIVILEGE.view);
  router.versioned.post({ path: ROUTE.hostsStatus, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { body: routeValidation(hostsStatusBodyCodec) } },
    },
    async (context, request, response) => {
      try {
        const ports = await portsReady();
        const { clock, connectorsIn, spaceIdOf, hostStatusCacheOf, warnings } = ports;
        const spaceId = spaceIdOf(request);
        const connector = requireSingleConnector(await connectorsIn(namespaceOf(spaceId)));
        const actionsClient = await (await context.actions).getActionsClient();
        const ask: AskAgents = async (params) => {
          const execution = await executeSubAction(
            actionsClient,
            connector.id,
            'getAgents',
            params
          );
          if (!execution.ok) throw executionError(execution.message);
          return parseOrThrow(getAgentsResultCodec, execution.data).agents;
        };
        const { agents, fresh = false } = request.body;
        const status = await hostStatusCacheOf(spaceId, connector).statusOf(agents, {
          // Without security users cannot be told apart, so each request counts as its own user.
          user: ports.userKeyOf(request) ?? ports.newId(),
          authorize: () => ports.ensureMayExecute(request),
          ask,
          fresh,
        });
        const body = { ...status, tenant: connector.tenant ?? '' };
        const { tenant } = connector;
        if (tenant === undefined) return response.ok({ body });
        const about = `isolations in ${tenant}`;
        try {
          const { lastOn } = ports.hostLocksOf(tenant);
          const hosts = await markIsolatedOutside(status.hosts, lastOn, clock());
          warnings.over(about);
          return response.ok({ body: { ...body, hosts } });
        } catch (error) {
          // Return the status without this information.
          warnings.warn(about, `The host locks could not be read: ${String(error)}`);
          return response.ok({ body });
        }
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}

/** `POST …/hosts/_find`: the agents of hosts that have exactly one name, as the current user. */
export function registerFindHostsRoute({ router, logger, portsReady }: RouteDependencies): void {
  const mayView = requires(API_PRIVILEGE.view);
  router.versioned.post({ path: ROUTE.hostsFind, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { body: routeValidation(hostsFindBodyCodec) } },
    },
    async (context, request, response) => {
      try {
        const { connectorsIn, spaceIdOf } = await portsReady();
        const connector = requireSingleConnector(
          await connectorsIn(namespaceOf(spaceIdOf(request)))
        );
        const actionsClient = await (await context.actions).getActionsClient();
        const found = await findHosts(request.body.name, async (params) => {
          const execution = await executeSubAction(
            actionsClient,
            connector.id,
            'getAgents',
            params
          );
          if (!execution.ok) throw executionError(execution.message);
          return parseOrThrow(getAgentsResultCodec, execution.data);
        });
        return response.ok({ body: found });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}
