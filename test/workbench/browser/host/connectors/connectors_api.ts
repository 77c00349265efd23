import type { HttpSetup } from '@kbn/core/public';
import type { ActionConnector } from '@kbn/triggers-actions-ui-plugin/public';

/** A connector in HTTP's spelling. */
interface ConnectorBody {
  readonly id: string;
  readonly name: string;
  readonly connector_type_id: string;
  readonly config?: Record<string, unknown>;
  readonly is_preconfigured: boolean;
  readonly is_deprecated: boolean;
  readonly is_missing_secrets?: boolean;
  readonly is_system_action: boolean;
  readonly referenced_by_count?: number;
}

export interface ConnectorTypeInfo {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

export interface ConnectorValues {
  readonly name: string;
  readonly config: Record<string, unknown>;
  readonly secrets: Record<string, unknown>;
}

/** The answer of `_execute`. */
export interface Execution {
  readonly status: 'ok' | 'error';
  readonly data?: unknown;
  readonly message?: string;
  readonly service_message?: string;
}

export interface ConnectorsApi {
  list(): Promise<readonly ActionConnector[]>;
  types(): Promise<readonly ConnectorTypeInfo[]>;
  create(typeId: string, values: ConnectorValues): Promise<ActionConnector>;
  update(id: string, values: ConnectorValues): Promise<ActionConnector>;
  remove(id: string): Promise<void>;
  execute(id: string, params: object): Promise<Execution>;
}

const connectorOf = (body: ConnectorBody): ActionConnector => ({
  id: body.id,
  name: body.name,
  actionTypeId: body.connector_type_id,
  config: body.config ?? {},
  // Kibana never hands them out.
  secrets: {},
  isPreconfigured: body.is_preconfigured,
  isDeprecated: body.is_deprecated,
  isMissingSecrets: body.is_missing_secrets,
  isSystemAction: body.is_system_action,
  referencedByCount: body.referenced_by_count,
});

const pathOf = (id: string): string => `/api/actions/connector/${encodeURIComponent(id)}`;

/** Kibana's connector HTTP API, with the privileges of the user who views the page. */
export function connectorsApi(http: HttpSetup): ConnectorsApi {
  return {
    list: async () =>
      (await http.get<readonly ConnectorBody[]>('/api/actions/connectors')).map(connectorOf),
    // Of every feature, as Kibana's own page asks.
    types: () => http.get('/api/actions/connector_types'),
    create: async (typeId, values) => {
      const body = JSON.stringify({ ...values, connector_type_id: typeId });
      return connectorOf(await http.post<ConnectorBody>('/api/actions/connector', { body }));
    },
    update: async (id, values) =>
      connectorOf(await http.put<ConnectorBody>(pathOf(id), { body: JSON.stringify(values) })),
    remove: async (id) => {
      await http.delete(pathOf(id));
    },
    execute: (id, params) =>
      http.post(`${pathOf(id)}/_execute`, { body: JSON.stringify({ params }) }),
  };
}

/** What an error of `core.http` says, in its body if it has one. */
export function errorText(error: unknown): string {
  const { body, message } = error as { body?: { message?: string }; message?: string };
  return body?.message ?? message ?? String(error);
}
