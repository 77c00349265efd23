import { getAgentsResultCodec } from '../../common/connector';
import { API_PRIVILEGE } from '../../common/constants';
import { hostsStatusBodyCodec, INTERNAL_API_VERSION, ROUTE } from '../../common/routes';
import type { AskAgents } from '../hosts/status_board';
import { parseOrThrow, routeValidation } from '../kibana_validation';
import { answerError } from './error_answer';
import { executeSubAction, executionError } from './execute_sub_action';
import { namespaceOf, type RouteDependencies } from './route_context';
import { theConnector } from './the_connector';

/**
 * `POST …/hosts/_status`: the live status of up to 100 agents, in one call to SentinelOne that is
 * shared between viewers.
 */
export function registerHostsStatusRoute({ router, logger, portsReady }: RouteDependencies): void {
  const options = { tags: [`access:${API_PRIVILEGE.view}`] };
  router.versioned.post({ path: ROUTE.hostsStatus, access: 'internal', options }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { body: routeValidation(hostsStatusBodyCodec) } },
    },
    async (context, request, response) => {
      try {
        const { connectorsIn, spaceIdOf, statusBoardOf } = await portsReady();
        const spaceId = spaceIdOf(request);
        const connector = theConnector(await connectorsIn(namespaceOf(spaceId)));
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
        const board = statusBoardOf(spaceId, connector);
        return response.ok({ body: await board.statusOf(request.body.agents, ask) });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}
