import type * as t from 'io-ts';
import type { KibanaRequest, RequestHandler } from '@kbn/core/server';
import {
  isolatedFilterCodec,
  isolatedQueryCodec,
  type IsolatedFilter,
  type IsolatedHostsPage,
  type IsolatedQuery,
} from '../../common/api/hosts';
import {
  getAgentsResultCodec,
  getIsolationActivitiesResultCodec,
} from '../../common/api/connector';
import { API_PRIVILEGE, INTERNAL_API_VERSION } from '../../common/lib/constants';
import { ROUTE } from '../../common/api/routes';
import { PUBLIC_API_VERSION, PUBLIC_ROUTE } from '../../common/api/public_api';
import type { IsolatedReading } from '../hosts/isolated_hosts';
import { isolatedCsv, figuresOf, matchingHosts, sitesOf } from '../hosts/isolated_list';
import {
  requires,
  namespaceOf,
  type AskedRoute,
  type HandlerContext,
  type RouteDependencies,
  type RoutePorts,
} from './route_context';
import { routeValidation } from '../kibana/validation';
import { answerError } from './error_response';
import { executeRead, requireSingleConnector } from './execute_sub_action';

const mayView = requires(API_PRIVILEGE.view);

const PER_PAGE = 25;

/** Returns the isolated hosts that the caller may see, and the tenant's origin. */
async function readIsolated({
  context,
  request,
  ports,
}: AskedRoute): Promise<IsolatedReading & { readonly tenant: string }> {
  const { connectorsIn, spaceIdOf, isolatedHostsOf } = ports;
  const spaceId = spaceIdOf(request);
  const connector = requireSingleConnector(await connectorsIn(namespaceOf(spaceId)));
  const actionsClient = await (await context.actions).getActionsClient();
  const execute = <C extends t.Mixed>(subAction: string, params: unknown, codec: C) =>
    executeRead(actionsClient, connector.id, subAction, params, codec);
  const reading = await isolatedHostsOf(spaceId, connector).read({
    authorize: () => ports.ensureMayExecute(request),
    ask: (params) => execute('getAgents', params, getAgentsResultCodec),
    askActivities: async (ids) =>
      (await execute('getIsolationActivities', { ids }, getIsolationActivitiesResultCodec))
        .activities,
  });
  return { ...reading, tenant: connector.tenant ?? '' };
}

/** A page of the isolated hosts that the caller may see. */
export async function readIsolatedPage(
  asked: AskedRoute,
  { page = 1, perPage = PER_PAGE, ...filter }: IsolatedQuery
): Promise<IsolatedHostsPage> {
  const { hosts, ...reading } = await readIsolated(asked);
  const matching = matchingHosts(hosts, filter, callerOf(asked.request, asked.ports));
  return {
    ...reading,
    hosts: matching.slice((page - 1) * perPage, page * perPage),
    total: matching.length,
    page,
    perPage,
    figures: figuresOf(hosts),
    sites: sitesOf(hosts),
  };
}

/** Responds with a page of the isolated hosts, for the plugin's pages and the public API. */
export const isolatedPageHandler =
  ({
    logger,
    portsReady,
  }: Pick<RouteDependencies, 'logger' | 'portsReady'>): RequestHandler<
    unknown,
    IsolatedQuery,
    unknown,
    HandlerContext
  > =>
  async (context, request, response) => {
    try {
      const ports = await portsReady();
      const body = await readIsolatedPage({ context, request, ports }, request.query);
      return response.ok({ body });
    } catch (error) {
      return answerError(error, response, logger);
    }
  };

const callerOf = (
  request: KibanaRequest<unknown, unknown, unknown>,
  { clock, usernameOf }: RoutePorts
) => ({ now: clock(), username: usernameOf(request) });

/**
 * `GET …/hosts/isolated`: a page of the hosts that SentinelOne reports as isolated, isolating or releasing; `GET
 * …/hosts/isolated/_csv`: all matching hosts. SentinelOne's responses are shared between viewers who may read them.
 */
export function registerIsolatedHostsRoutes({
  router,
  logger,
  portsReady,
}: RouteDependencies): void {
  router.versioned.get({ path: ROUTE.isolatedHosts, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { query: routeValidation(isolatedQueryCodec) } },
    },
    isolatedPageHandler({ logger, portsReady })
  );

  router.versioned
    .get({ path: PUBLIC_ROUTE.isolatedHosts, access: 'public', ...mayView })
    .addVersion(
      {
        version: PUBLIC_API_VERSION,
        validate: { request: { query: routeValidation(isolatedQueryCodec) } },
      },
      isolatedPageHandler({ logger, portsReady })
    );

  router.versioned.get({ path: ROUTE.isolatedHostsCsv, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { query: routeValidation(isolatedFilterCodec) } },
    },
    async (context, request, response) => {
      try {
        const ports = await portsReady();
        const { hosts, asOf } = await readIsolated({ context, request, ports });
        const filter: IsolatedFilter = request.query;
        return response.ok({
          body: isolatedCsv(matchingHosts(hosts, filter, callerOf(request, ports))),
          headers: {
            'content-type': 'text/csv; charset=utf-8; header=present',
            'content-disposition': `attachment; filename="isolated-hosts-${asOf.slice(0, 10)}.csv"`,
          },
        });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}
