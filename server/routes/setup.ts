import { API_PRIVILEGE, INTERNAL_API_VERSION } from '../../common/lib/constants';
import { testConnectionResultCodec, type TestConnectionResult } from '../../common/api/connector';
import { ROUTE, type Connection } from '../../common/api/routes';
import { ALERT_RULE, THREAT_RULE, type SetupRule } from '../../common/hosts/detection_rules';
import {
  dryRunParamsCodec,
  dryRunResultCodec,
  newestAlertQueryCodec,
  setupQueryCodec,
  type Checked,
  type SetupStatus,
} from '../../common/api/setup';
import { newestAlertOf } from '../alerts/search_alerts';
import { routeValidation } from '../kibana/validation';
import { runCheck, findConnectors, findDocuments } from '../setup/setup_checks';
import {
  requires,
  namespaceOf,
  type AskedRoute,
  type RouteDependencies,
  type RoutePorts,
} from './route_context';
import { answerError } from './error_response';
import { executeRead, requireSingleConnector } from './execute_sub_action';
import {
  DEFAULT_PROTECTION_SETTINGS,
  releaseTimesOf,
} from '../../common/hosts/protection_settings';
import type { NamedConnector } from '../connector/connectors_in_space';

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

/** The connection of the request's space, and who asks. */
export async function readConnection({
  request,
  ports,
}: Pick<AskedRoute, 'request' | 'ports'>): Promise<Connection> {
  const namespace = namespaceOf(ports.spaceIdOf(request));
  const connectors = await ports.connectorsIn(namespace);
  const user = ports.userKeyOf(request);
  return {
    ...(await connectionOf(connectors, namespace, ports)),
    ...(user === undefined ? {} : { user }),
  };
}

/**
 * `GET …/connection`: whether there is exactly one connector of the plugin's type in this space, whether an action
 * through it requires a comment, how many hosts it can have, and when it can end automatically.
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
          return response.ok({ body: await readConnection({ request, ports }) });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );
}

const MAY_CONNECT = '"Actions and Connectors: Read"';
const mayRead = ({ index }: SetupRule): string => `read on ${index} (index privilege)`;

/** Null if there is not exactly one connector. */
const orNull = <A>(found: Checked<A | null>): Checked<A> | null => {
  if (found.state === 'unknown') return found;
  return found.value === null ? null : { state: 'answered', value: found.value };
};

/**
 * `GET …/setup`: the checks of the systems, independent of each other. `GET …/setup/_alert`: the newest alert of a
 * rule. `POST …/setup/_dry_run`: the expected result of an isolation, without sending it.
 */
export function registerSetupRoutes(dependencies: RouteDependencies): void {
  const { router, logger, portsReady, kibanaVersion, integrations } = dependencies;
  const mayView = requires(API_PRIVILEGE.view);

  router.versioned.get({ path: ROUTE.setup, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { query: routeValidation(setupQueryCodec) } },
    },
    async (context, request, response) => {
      try {
        const ports = await portsReady();
        const spaceId = ports.spaceIdOf(request);
        const namespace = namespaceOf(spaceId);
        const fresh = request.query.fresh === 'true';
        const actionsClient = (async () => (await context.actions).getActionsClient())();
        // Each check handles this failure itself; this only prevents an unhandled rejection.
        actionsClient.catch(() => {});

        const connectors = runCheck(async () => {
          const types = (async () => (await context.actions).listTypes())();
          const { connectorsIn, builtInConnectorsIn } = ports;
          return findConnectors(connectorsIn, builtInConnectorsIn, namespace, types);
        }, MAY_CONNECT);
        const connection = runCheck(async () => {
          const [only, ...others] = await ports.connectorsIn(namespace);
          if (only === undefined || others.length > 0) return null;
          const ask = async (): Promise<TestConnectionResult> =>
            executeRead(
              await actionsClient,
              only.id,
              'testConnection',
              { failedChecks: 'report' },
              testConnectionResultCodec
            );
          const key = JSON.stringify([spaceId, only.id, only.tenant]);
          const authorize = () => ports.ensureMayExecute(request);
          return ports.connectionTests(key, { authorize, load: ask, fresh });
        }, MAY_CONNECT);
        const documentsOf = (rule: SetupRule) =>
          runCheck(async () => {
            const { elasticsearch } = await context.core;
            return findDocuments(elasticsearch.client.asCurrentUser, rule);
          }, mayRead(rule));
        const [documents, threats] = [documentsOf(ALERT_RULE), documentsOf(THREAT_RULE)];
        const proven = runCheck(async () => {
          const [only, ...others] = await ports.connectorsIn(namespace);
          if (only === undefined || others.length > 0) return null;
          return ports.provenActions(only.id, namespace);
        }, MAY_CONNECT);
        const body: SetupStatus = {
          kibanaVersion,
          unavailable: integrations.unavailable,
          connectors: await connectors,
          connection: orNull(await connection),
          documents: await documents,
          threats: await threats,
          proven: orNull(await proven),
        };
        return response.ok({ body });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );

  router.versioned.get({ path: ROUTE.setupAlert, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { query: routeValidation(newestAlertQueryCodec) } },
    },
    async (context, request, response) => {
      try {
        const { spaceIdOf } = await portsReady();
        const { elasticsearch } = await context.core;
        const esClient = elasticsearch.client.asCurrentUser;
        const alert = await newestAlertOf(esClient, spaceIdOf(request), request.query.ruleId);
        return response.ok({ body: { alert: alert ?? null } });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );

  router.versioned.post({ path: ROUTE.dryRun, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { body: routeValidation(dryRunParamsCodec) } },
    },
    async (context, request, response) => {
      try {
        const { connectorsIn, spaceIdOf } = await portsReady();
        const connector = requireSingleConnector(
          await connectorsIn(namespaceOf(spaceIdOf(request)))
        );
        const client = await (await context.actions).getActionsClient();
        const { body: params } = request;
        const body = await executeRead(client, connector.id, 'dryRun', params, dryRunResultCodec);
        return response.ok({ body });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}
