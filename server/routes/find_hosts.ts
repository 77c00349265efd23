import { getAgentsResultCodec } from '../../common/api/connector';
import { API_PRIVILEGE } from '../../common/lib/constants';
import { hostsFindBodyCodec, INTERNAL_API_VERSION, ROUTE } from '../../common/api/routes';
import { findHosts } from '../host_status/find_hosts';
import { parseOrThrow, routeValidation } from '../kibana/validation';
import { answerError } from './error_response';
import { executeSubAction, executionError } from './execute_sub_action';
import { namespaceOf, type RouteDependencies } from './route_context';
import { requireSingleConnector } from './require_single_connector';

/** `POST …/hosts/_find`: the agents of hosts that have exactly one name, as the current user. */
export function registerFindHostsRoute({ router, logger, portsReady }: RouteDependencies): void {
  const options = { tags: [`access:${API_PRIVILEGE.view}`] };
  router.versioned.post({ path: ROUTE.hostsFind, access: 'internal', options }).addVersion(
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
