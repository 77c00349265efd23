import { getAgentsResultCodec } from '../../common/api/connector';
import { hostsQueryCodec, type HostsPage } from '../../common/api/hosts';
import type { Agent } from '../../common/hosts/agent';
import { API_PRIVILEGE, INTERNAL_API_VERSION } from '../../common/lib/constants';
import {
  hostsStatusBodyCodec,
  ROUTE,
  hostsFindBodyCodec,
  type HostsStatus,
  type HostsStatusBody,
} from '../../common/api/routes';
import { markIsolatedOutside } from '../host_status/isolated_outside';
import type { FetchAgents } from '../host_status/host_status_query';
import { parseOrThrow, routeValidation } from '../kibana/validation';
import {
  requires,
  namespaceOf,
  type AskedRoute,
  type RouteDependencies,
  type RoutePorts,
} from './route_context';
import { answerError } from './error_response';
import {
  executeRead,
  executeSubAction,
  executionError,
  requireSingleConnector,
} from './execute_sub_action';
import { findHosts, filtersOf, kindOf, pageParams } from '../hosts/search_hosts';
import { CURSOR_REFUSED, cursorScope, readCursor } from '../connector/get_agents';

/** The live status of agents. Throws if there is not exactly one connector, and what the status cache throws. */
export async function readHostsStatus(
  { context, request, ports }: AskedRoute,
  { agents, fresh = false }: HostsStatusBody
): Promise<HostsStatus> {
  const { clock, connectorsIn, spaceIdOf, hostStatusCacheOf, warnings } = ports;
  const spaceId = spaceIdOf(request);
  const connector = requireSingleConnector(await connectorsIn(namespaceOf(spaceId)));
  const actionsClient = await (await context.actions).getActionsClient();
  const ask: FetchAgents = async (params) => {
    const id = connector.id;
    return (await executeRead(actionsClient, id, 'getAgents', params, getAgentsResultCodec)).agents;
  };
  const status = await hostStatusCacheOf(spaceId, connector).statusOf(agents, {
    // Without security, users cannot be distinguished, so each request counts as its own user.
    user: ports.userKeyOf(request) ?? ports.newId(),
    authorize: () => ports.ensureMayExecute(request),
    ask,
    fresh,
  });
  const body = { ...status, tenant: connector.tenant ?? '' };
  const { tenant } = connector;
  if (tenant === undefined) return body;
  const about = `isolations in ${tenant}`;
  try {
    const { lastOn } = ports.hostLocksOf(tenant);
    const hosts = await markIsolatedOutside(status.hosts, lastOn, clock());
    warnings.over(about);
    return { ...body, hosts };
  } catch (error) {
    // Return the status without this information.
    warnings.warn(about, `The host locks could not be read: ${String(error)}`);
    return body;
  }
}

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
        const body = await readHostsStatus({ context, request, ports }, request.body);
        return response.ok({ body });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}

/** `POST …/hosts/_find`: the agents of hosts with exactly this name, as the current user. */
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

/** Returns the agents, with those marked that were isolated outside Kibana; unmarked if that cannot be read. */
async function marked(
  agents: readonly Agent[],
  tenant: string | undefined,
  { clock, hostLocksOf, warnings }: RoutePorts
): Promise<readonly Agent[]> {
  if (tenant === undefined) return agents;
  const about = `isolations in ${tenant}`;
  try {
    const statuses = agents.map((agent) => ({ state: 'known' as const, agent }));
    const hosts = await markIsolatedOutside(statuses, hostLocksOf(tenant).lastOn, clock());
    warnings.over(about);
    return hosts.map(({ agent }) => agent);
  } catch (error) {
    warnings.warn(about, `The host locks could not be read: ${String(error)}`);
    return agents;
  }
}

/**
 * `GET …/hosts`: a page of the hosts of the tenant, all or those that match a search, as the current user. One call to
 * SentinelOne per page, regardless of the number of hosts. Responds 400 for a cursor of another query or connector.
 */
export function registerSearchHostsRoute({ router, logger, portsReady }: RouteDependencies): void {
  const mayView = requires(API_PRIVILEGE.view);
  router.versioned.get({ path: ROUTE.hosts, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { query: routeValidation(hostsQueryCodec) } },
    },
    async (context, request, response) => {
      try {
        const ports = await portsReady();
        const { clock, connectorsIn, spaceIdOf } = ports;
        const { id, tenant } = requireSingleConnector(
          await connectorsIn(namespaceOf(spaceIdOf(request)))
        );
        const { query } = request;
        const scope = cursorScope(id, tenant ?? '');
        if (
          query.cursor !== undefined &&
          readCursor(query.cursor, scope, filtersOf(query)) === undefined
        ) {
          return response.badRequest({ body: { message: CURSOR_REFUSED } });
        }
        const actionsClient = await (await context.actions).getActionsClient();
        const asOf = new Date(clock()).toISOString();
        const params = pageParams(query);
        const found = await executeRead(
          actionsClient,
          id,
          'getAgents',
          params,
          getAgentsResultCodec
        );
        const body: HostsPage = {
          hosts: await marked(found.agents, tenant, ports),
          cursor: found.cursor,
          total: found.total,
          kind: kindOf(query),
          asOf,
          tenant: tenant ?? '',
        };
        return response.ok({ body });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}
