import { once } from '../../common/lib/once';
import {
  ALERTS_DEFAULTS,
  ISOLATED_DEFAULTS,
  OPEN_REQUESTS,
  ownFailures,
  RECENT_ACTIONS,
  viewQuestionCodec,
  type View,
  type ViewAnswer,
  type ViewQuestion,
  type ViewRoute,
} from '../../common/api/view';
import type { AgentReference } from '../../common/hosts/agent';
import { referenceOfAlert, referencesOfAlerts } from '../../common/hosts/host_identity';
import { API_PRIVILEGE, INTERNAL_API_VERSION, LIMITS } from '../../common/lib/constants';
import { ROUTE } from '../../common/api/routes';
import { getAlert, isWithinResultWindow, searchAlerts } from '../alerts/search_alerts';
import { routeValidation } from '../kibana/validation';
import { readRequests } from './approvals';
import { answerError } from './error_response';
import { readActions } from './history';
import { readHostsStatus } from './hosts';
import { readIsolatedPage } from './isolated_hosts';
import {
  namespaceOf,
  requires,
  type AskedRoute,
  type RouteDependencies,
  type RoutePorts,
} from './route_context';
import { readConnection } from './setup';

/**
 * Milliseconds for which a view waits for answers after it has the alerts. A slow SentinelOne must not delay the rest of
 * a page; its own route then joins the read that has begun.
 */
const WAIT = 500;

/** The distinct hosts of an alert that flyouts ask for: all that the user can choose from. */
const agentsIn = ({
  hosts,
  ...alert
}: NonNullable<Awaited<ReturnType<typeof getAlert>>>): readonly AgentReference[] =>
  hosts === undefined
    ? referencesOfAlerts([alert])
    : hosts.flatMap((host) => referenceOfAlert(host) ?? []);

/** One answer of a view. */
type Part = Promise<ViewAnswer | undefined>;

/** The parts of a view, each independent of the failures of others, and what the others must be waited for. */
function partsOf(
  asked: AskedRoute,
  { alerts, alertId, agents, isolated, statusOnly = false }: ViewQuestion
): { readonly first: Promise<unknown>; readonly parts: readonly Part[] } {
  const { context, request, ports } = asked;
  const spaceId = ports.spaceIdOf(request);
  const part = <Body>(route: ViewRoute, question: unknown, body: Promise<Body>): Part =>
    body.then(
      (found) => (found === undefined ? undefined : { route, question, body: found }),
      // The route itself reports the failure, and logs it.
      () => undefined
    );
  const client = async () => (await context.core).elasticsearch.client.asCurrentUser;
  const statusOf = (references: Promise<readonly AgentReference[]>): Part =>
    references.then(
      (found) =>
        found.length === 0 || found.length > LIMITS.agentsPerStatus
          ? undefined
          : part('hostsStatus', { agents: found }, readHostsStatus(asked, { agents: [...found] })),
      () => undefined
    );
  const actionsOn = (references: Promise<readonly AgentReference[]>): Part =>
    references.then(
      ([only, ...others]) => {
        const host = only?.agentId ?? only?.uuid;
        if (statusOnly || host === undefined || others.length > 0) return undefined;
        const query = { ...RECENT_ACTIONS, host };
        return part('actions', query, readActions(asked, query));
      },
      () => undefined
    );

  const parts: Part[] = [part('connection', null, readConnection(asked))];
  if (!statusOnly) {
    parts.push(part('approvals', OPEN_REQUESTS, readRequests(asked, OPEN_REQUESTS)));
  }
  if (!statusOnly && (alerts !== undefined || isolated !== undefined)) {
    const query = ownFailures(ports.clock());
    parts.push(part('actions', query, readActions(asked, query)));
  }
  const first: Array<Promise<unknown>> = [];
  if (alerts !== undefined && isWithinResultWindow(alerts)) {
    const query = { ...ALERTS_DEFAULTS, ...alerts };
    const page = client().then((esClient) => searchAlerts(esClient, spaceId, query));
    first.push(page);
    parts.push(
      part('alerts', query, page),
      statusOf(page.then((found) => referencesOfAlerts(found.alerts)))
    );
  }
  if (alertId !== undefined) {
    const alert = client().then((esClient) => getAlert(esClient, spaceId, alertId));
    const references = alert.then((found) => (found === undefined ? [] : agentsIn(found)));
    first.push(alert);
    parts.push(part('alert', alertId, alert), statusOf(references), actionsOn(references));
    const query = { ...RECENT_ACTIONS, alertId };
    if (!statusOnly) parts.push(part('actions', query, readActions(asked, query)));
  }
  if (agents !== undefined) {
    const references = Promise.resolve(agents);
    parts.push(statusOf(references), actionsOn(references));
  }
  if (isolated !== undefined) {
    const query = { ...ISOLATED_DEFAULTS, ...isolated };
    parts.push(part('isolatedHosts', query, readIsolatedPage(asked, query)));
  }
  return { first: Promise.allSettled(first), parts };
}

/** The same ports, with which the parts of a view read the connectors of the space once. */
function sharing(ports: RoutePorts, spaceIdOfRequest: string | undefined): RoutePorts {
  const connectors = once(() => ports.connectorsIn(spaceIdOfRequest));
  return {
    ...ports,
    connectorsIn: (namespace) =>
      namespace === spaceIdOfRequest ? connectors() : ports.connectorsIn(namespace),
  };
}

/**
 * `POST …/_view`: what a page or flyout needs first, as the current user. It contains nothing that the separate routes
 * would refuse to this user. An answer that failed or takes longer is left out.
 */
export function registerViewRoute({ router, logger, portsReady }: RouteDependencies): void {
  const mayView = requires(API_PRIVILEGE.view);
  router.versioned.post({ path: ROUTE.view, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { body: routeValidation(viewQuestionCodec) } },
    },
    async (context, request, response) => {
      try {
        const given = await portsReady();
        const ports = sharing(given, namespaceOf(given.spaceIdOf(request)));
        const { first, parts } = partsOf({ context, request, ports }, request.body);
        const there: Array<ViewAnswer | undefined> = [];
        const all = Promise.all(
          parts.map(async (part, n) => {
            there[n] = await part;
          })
        );
        await Promise.race([all, first.then(() => ports.sleep(WAIT))]);
        const body: View = { answers: there.flatMap((answer) => answer ?? []) };
        return response.ok({ body });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}
