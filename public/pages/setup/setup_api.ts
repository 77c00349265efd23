import type { HttpStart, IHttpFetchError, ResponseErrorBody } from '@kbn/core/public';
import { i18n } from '@kbn/i18n';
import { PUBLIC_API_VERSION } from '../../../common/api/public_api';
import { INTERNAL_API_VERSION } from '../../../common/lib/constants';
import { ROUTE } from '../../../common/api/routes';
import type { DryRunResult, NewestAlert, SetupStatus } from '../../../common/api/setup';
import type { AgentReference } from '../../../common/hosts/agent';
import type { ActionConnector } from '@kbn/triggers-actions-ui-plugin/public';
import {
  RULE_FILTER,
  type DetectionRule,
  matchesSetupRule,
  isEnabledWithoutErrors,
  setupRuleOf,
} from './rule';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { AlertSummary } from '../../../common/hosts/alert';
import { checkStateOf, MAY_VIEW, type CheckState } from './steps';

const KEY = 'sentineloneResponse.setup';
/** The interval (ms) for reading a rule again that has not run, or has no alert yet. */
const SOON = 5_000;

export interface AllSetupChecks {
  readonly status: CheckState<SetupStatus>;
  readonly integration: CheckState<IntegrationPackage>;
  readonly rules: CheckState<readonly DetectionRule[]>;
  /** The newest alert of the rule; null if it has none. */
  readonly alert: CheckState<AlertSummary | null>;
  readonly isChecking: boolean;
  /** Runs all checks again, including those that read from SentinelOne. */
  checkAgain(): void;
}

const MAY_READ_RULES = '"Security: Read"';
const MAY_USE_FLEET = '"Fleet: All" and "Integrations: Read"';

/** The checks of the systems. Each is loaded independently, so that one that fails or is slow does not delay the others. */
export function useSetupChecks(api: SetupApi): AllSetupChecks {
  const queryClient = useQueryClient();
  const [round, setRound] = useState(0);
  /** The last round in which SentinelOne was read, instead of a result from the last minute. */
  const roundAsked = useRef(0);
  const ask = <A>(
    name: string,
    queryFn: () => Promise<A>,
    options: {
      readonly enabled?: boolean;
      readonly refetchInterval?: (data: A | undefined) => number | false;
    } = {}
    // eslint-disable-next-line react-hooks/rules-of-hooks -- the same questions in the same order, every time
  ) => useQuery<A>({ queryKey: [KEY, name, round], queryFn, retry: false, ...options });

  const status = ask('status', () => {
    // Once per round: automatic refreshes, such as on focus of the window, use shared results.
    const fresh = round > roundAsked.current;
    roundAsked.current = round;
    return api.status(fresh);
  });
  const integration = ask('package', () => api.integrationPackage());
  const rules = ask('rules', () => api.rules(), {
    refetchInterval: (data) => {
      const found = setupRuleOf(data ?? []);
      const isWaiting =
        found !== undefined &&
        matchesSetupRule(found.rule, found.wanted) &&
        !isEnabledWithoutErrors(found.rule, found.wanted);
      return isWaiting ? SOON : false;
    },
  });
  const rule = setupRuleOf(rules.data ?? [])?.rule;
  const alert = ask(`alert ${rule?.id ?? ''}`, () => api.newestAlert(rule?.id ?? ''), {
    enabled: rule !== undefined,
    refetchInterval: (data) => (data?.alert === null ? SOON : false),
  });

  const newest = checkStateOf(alert, MAY_VIEW);
  return {
    status: checkStateOf(status, MAY_VIEW),
    integration: checkStateOf(integration, MAY_USE_FLEET),
    rules: checkStateOf(rules, MAY_READ_RULES),
    alert: newest?.state === 'answered' ? { state: 'answered', value: newest.value.alert } : newest,
    isChecking: status.isFetching || integration.isFetching || rules.isFetching,
    checkAgain: () => {
      setRound((last) => last + 1);
      // Other pages have the same outdated data about the connectors.
      void queryClient.invalidateQueries(['sentineloneResponse.connection']);
    },
  };
}

/** The integration's package in Fleet. */
export interface IntegrationPackage {
  readonly status: 'installed' | 'not_installed' | string;
  readonly version?: string;
}

/** The requests of the Set up page. Every function rejects with Kibana's `IHttpFetchError`. */
export interface SetupApi {
  status(fresh: boolean): Promise<SetupStatus>;
  integrationPackage(): Promise<IntegrationPackage>;
  rules(): Promise<readonly DetectionRule[]>;
  createRule(rule: Record<string, unknown>): Promise<DetectionRule>;
  patchRule(change: Record<string, unknown>): Promise<DetectionRule>;
  /** A connector for Kibana's own flyout, without its secrets. */
  connector(id: string): Promise<ActionConnector>;
  newestAlert(ruleId: string): Promise<NewestAlert>;
  /** All checks of an isolation, without sending the command. */
  dryRun(host: AgentReference & { readonly name?: string }): Promise<DryRunResult>;
}

/** A connector in the spelling of Kibana's HTTP API. */
interface ConnectorBody {
  readonly id: string;
  readonly name: string;
  readonly connector_type_id: string;
  readonly config?: Record<string, unknown>;
  readonly is_preconfigured: boolean;
  readonly is_deprecated: boolean;
  readonly is_missing_secrets?: boolean;
  readonly is_system_action: boolean;
}

const CONNECTOR = '/api/actions/connector';
const RULES = '/api/detection_engine/rules';
const PACKAGE = '/api/fleet/epm/packages/sentinel_one';
const FOUND = 100;

const noFleet = (): string =>
  i18n.translate('sentineloneResponse.setup.noFleet', {
    defaultMessage: 'Fleet is not available in this Kibana.',
  });

/** The routes of the plugin, of Fleet and of the detection engine, all as the current user. */
export function setupApi(http: Pick<HttpStart, 'get' | 'post' | 'patch'>): SetupApi {
  const ours = { version: INTERNAL_API_VERSION };
  const kibanas = { version: PUBLIC_API_VERSION };
  const json = (body: unknown) => ({ body: JSON.stringify(body) });
  return {
    status: (fresh) =>
      http.get(ROUTE.setup, { ...ours, ...(fresh ? { query: { fresh: 'true' } } : {}) }),
    async integrationPackage() {
      const { item } = await http
        .get<{ item: IntegrationPackage }>(PACKAGE, kibanas)
        .catch((error: IHttpFetchError<Partial<ResponseErrorBody>>) => {
          // Hapi's message for a route that does not exist. For an unknown package, Fleet's message names the package.
          throw error.body?.message === 'Not Found' ? new Error(noFleet()) : error;
        });
      return item;
    },
    async rules() {
      const query = { filter: RULE_FILTER, per_page: FOUND, page: 1 };
      const { data } = await http.get<{ data: readonly DetectionRule[] }>(`${RULES}/_find`, {
        ...kibanas,
        query,
      });
      return data;
    },
    createRule: (rule) => http.post(RULES, { ...kibanas, ...json(rule) }),
    patchRule: (change) => http.patch(RULES, { ...kibanas, ...json(change) }),
    async connector(id) {
      const body = await http.get<ConnectorBody>(`${CONNECTOR}/${encodeURIComponent(id)}`);
      return {
        id: body.id,
        name: body.name,
        actionTypeId: body.connector_type_id,
        config: body.config ?? {},
        // Kibana never returns secrets.
        secrets: {},
        isPreconfigured: body.is_preconfigured,
        isDeprecated: body.is_deprecated,
        isMissingSecrets: body.is_missing_secrets ?? false,
        isSystemAction: body.is_system_action,
      };
    },
    newestAlert: (ruleId) => http.get(ROUTE.setupAlert, { ...ours, query: { ruleId } }),
    dryRun: (host) =>
      http.post(ROUTE.dryRun, { ...ours, ...json({ hosts: [host], comment: 'dry run' }) }),
  };
}
