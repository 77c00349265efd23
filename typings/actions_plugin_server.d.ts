/** Kibana 8.12.2; checked against `actions-plugin/server/{index,plugin}.js`, `actions-plugin/server/sub_action_framework/*`, `actions-plugin/server/actions_client/actions_client.js`, `actions-plugin/server/authorization/actions_authorization.js`. */
declare module '@kbn/actions-plugin/server' {
  import type { AxiosError, AxiosRequestConfig, AxiosResponse } from 'axios';
  import type {
    ElasticsearchClient,
    KibanaRequest,
    Logger,
    SavedObjectsClientContract,
  } from '@kbn/core/server';
  import type { LicenseType } from '@kbn/licensing-plugin/server';
  import type { ValidatorType } from '@kbn/actions-plugin/server/sub_action_framework/types';

  /** All that the actions framework asks of a schema: a `validate` that returns or throws. */
  export interface ActionsSchema<T> {
    validate(value: unknown): T;
  }

  export interface ActionsConfigurationUtilities {
    isHostnameAllowed(hostname: string): boolean;
    isUriAllowed(uri: string): boolean;
    /** Throws when `xpack.actions.allowedHosts` does not name the host. */
    ensureHostnameAllowed(hostname: string): void;
    /** Throws when `xpack.actions.allowedHosts` does not name the URI's host. */
    ensureUriAllowed(uri: string): void;
    isActionTypeEnabled(actionType: string): boolean;
    ensureActionTypeEnabled(actionType: string): void;
    getMicrosoftGraphApiUrl(): string;
    getProxySettings(): unknown;
    getSSLSettings(): unknown;
    getCustomHostSettings(targetUrl: string): unknown;
    /** `timeout` in milliseconds. */
    getResponseSettings(): { readonly maxContentLength: number; readonly timeout: number };
    getMaxAttempts(options: {
      readonly actionTypeMaxAttempts?: number;
      readonly actionTypeId: string;
    }): number;
  }

  export interface ValidatorServices {
    readonly configurationUtilities: ActionsConfigurationUtilities;
  }

  export interface ActionsServices {
    readonly savedObjectsClient: SavedObjectsClientContract;
    /** The caller's own client (`asCurrentUser`), in spite of its name. */
    readonly scopedClusterClient: ElasticsearchClient;
    readonly connectorTokenClient: unknown;
  }

  export interface ServiceParams<Config, Secrets> {
    readonly connector: { readonly id: string; readonly type: string };
    readonly config: Config;
    readonly secrets: Secrets;
    readonly configurationUtilities: ActionsConfigurationUtilities;
    readonly logger: Logger;
    readonly services: ActionsServices;
  }

  export interface SubAction {
    readonly name: string;
    readonly method: string;
    /** Checks only: the method gets what the caller sent, not what the schema returned. */
    readonly schema: ActionsSchema<unknown> | null;
  }

  export type SubActionRequestParams<Response> = AxiosRequestConfig & {
    readonly url: string;
    /** Checks only: the answer is passed on as it came. */
    readonly responseSchema: ActionsSchema<Response>;
    /** Milliseconds; raised to `xpack.actions.responseTimeout` when shorter. */
    readonly timeout?: number;
  };

  /**
   * What Kibana counts the requests of an execution with, from 8.16 on (`lib/axios_utils.ts`). The executor passes it as
   * the second argument of a sub-action's method.
   */
  export type ConnectorUsageCollector = object;

  /** Real at runtime. */
  export abstract class SubActionConnector<Config, Secrets> {
    protected readonly logger: Logger;
    protected readonly esClient: ElasticsearchClient;
    protected readonly savedObjectsClient: SavedObjectsClientContract;
    protected readonly connector: ServiceParams<Config, Secrets>['connector'];
    protected readonly config: Config;
    protected readonly secrets: Secrets;
    constructor(params: ServiceParams<Config, Secrets>);
    protected registerSubAction(subAction: SubAction): void;
    protected removeNullOrUndefinedFields<T>(data: T | undefined): Partial<T> | undefined;
    getSubActions(): Map<string, SubAction>;
    /** Throws `Error("Status code: N. Message: <getResponseErrorMessage>")` for every error of axios. */
    protected request<Response>(
      params: SubActionRequestParams<Response>,
      usageCollector?: ConnectorUsageCollector
    ): Promise<AxiosResponse<Response>>;
    protected abstract getResponseErrorMessage(error: AxiosError): string;
  }

  type RenderArguments = readonly [
    params: Record<string, unknown>,
    variables: Record<string, unknown>,
    actionId?: string,
  ];

  export interface SubActionConnectorValidator<T> {
    readonly type: ValidatorType;
    readonly validator: (value: T, services: ValidatorServices) => void;
  }

  type GenerativeAi = 'generativeAI' | 'generativeAIForObservability';
  export type SubActionConnectorFeatureId = 'alerting' | 'cases' | 'uptime' | 'siem' | GenerativeAi;

  export interface SubActionConnectorType<Config, Secrets> {
    readonly id: string;
    readonly name: string;
    readonly minimumLicenseRequired: LicenseType;
    readonly supportedFeatureIds: readonly SubActionConnectorFeatureId[];
    readonly schema: {
      readonly config: ActionsSchema<Config>;
      readonly secrets: ActionsSchema<Secrets>;
    };
    readonly validators?: ReadonlyArray<
      | (SubActionConnectorValidator<Config> & { readonly type: ValidatorType.CONFIG })
      | (SubActionConnectorValidator<Secrets> & { readonly type: ValidatorType.SECRETS })
    >;
    readonly getService: (
      params: ServiceParams<Config, Secrets>
    ) => SubActionConnector<Config, Secrets>;
    /** From 8.13 on with a logger as the first argument (`server/types.ts`). */
    readonly renderParameterTemplates?: (
      ...args: RenderArguments | readonly [Logger, ...RenderArguments]
    ) => Record<string, unknown>;
  }

  /** Real at runtime. A validator that asks `allowedHosts` about the URL under this key. */
  export function urlAllowListValidator<T>(
    urlKey: string
  ): (value: T, services: ValidatorServices) => void;

  /** Real at runtime: `action`. */
  export const ACTION_SAVED_OBJECT_TYPE: 'action';

  // Executing and listing ---------------------------------------------------------------------

  export type ActionTypeExecutorResult<Data = unknown> =
    | { readonly status: 'ok'; readonly actionId: string; readonly data?: Data }
    | {
        readonly status: 'error';
        readonly actionId: string;
        readonly message?: string;
        readonly serviceMessage?: string;
        readonly retry?: null | boolean | Date;
      };

  export interface ActionResult<Config = Record<string, unknown>> {
    readonly id: string;
    readonly actionTypeId: string;
    readonly name: string;
    readonly isMissingSecrets?: boolean;
    /** Absent for a preconfigured connector. */
    readonly config?: Config;
    readonly isPreconfigured: boolean;
    readonly isDeprecated: boolean;
    readonly isSystemAction: boolean;
  }

  export interface FindActionResult extends ActionResult {
    readonly referencedByCount: number;
  }

  /** As the user of the request. Throws Boom errors, 403 if they may not. */
  export interface ActionsClient {
    get(options: {
      readonly id: string;
      readonly throwIfSystemAction?: boolean;
    }): Promise<ActionResult>;
    getAll(options?: { readonly includeSystemActions?: boolean }): Promise<FindActionResult[]>;
    getBulk(options: { readonly ids: string[] }): Promise<ActionResult[]>;
    execute<Data = unknown>(options: {
      readonly actionId: string;
      readonly params: Record<string, unknown>;
      readonly source?: ActionExecutionSource;
      readonly relatedSavedObjects?: unknown[];
    }): Promise<ActionTypeExecutorResult<Data>>;
    isPreconfigured(connectorId: string): boolean;
    isSystemAction(connectorId: string): boolean;
    isActionTypeEnabled(actionTypeId: string, options?: { notifyUsage: boolean }): boolean;
  }

  export interface ActionExecutionSource {
    readonly type: 'SAVED_OBJECT' | 'HTTP_REQUEST' | 'NOTIFICATION' | 'BACKGROUND_TASK';
    readonly source: unknown;
  }

  export function asHttpRequestExecutionSource(source: KibanaRequest): ActionExecutionSource;
  export function asSavedObjectExecutionSource(source: {
    readonly type: string;
    readonly id: string;
  }): ActionExecutionSource;

  /** What `context.actions` resolves to in a route. */
  export interface ActionsApiRequestHandlerContext {
    getActionsClient(): ActionsClient;
    listTypes(featureId?: string): ActionType[];
  }

  export interface ActionType {
    readonly id: string;
    readonly name: string;
    readonly enabled: boolean;
    readonly enabledInConfig: boolean;
    readonly enabledInLicense: boolean;
    readonly minimumLicenseRequired: LicenseType;
    readonly supportedFeatureIds: string[];
    readonly isSystemActionType: boolean;
  }

  /** A connector that `kibana.yml` holds, with its secrets. Server's memory only. */
  export interface InMemoryConnector<
    Config = Record<string, unknown>,
    Secrets = Record<string, unknown>,
  > {
    readonly id: string;
    readonly actionTypeId: string;
    readonly name: string;
    readonly config: Config;
    readonly secrets: Secrets;
    readonly isPreconfigured: boolean;
    readonly isSystemAction: boolean;
    readonly isDeprecated: boolean;
  }

  export interface PluginSetupContract {
    registerSubActionConnectorType<Config, Secrets>(
      connector: SubActionConnectorType<Config, Secrets>
    ): void;
    isPreconfiguredConnector(connectorId: string): boolean;
    getActionsHealth(): { readonly hasPermanentEncryptionKey: boolean };
    getActionsConfigurationUtilities(): ActionsConfigurationUtilities;
  }

  export interface ActionsAuthorization {
    /** Rejects with Boom's 403 unless the user of the request may. */
    ensureAuthorized(options: {
      readonly operation: 'execute' | 'get' | 'create' | 'update' | 'delete';
      readonly actionTypeId?: string;
    }): Promise<void>;
  }

  export interface PluginStartContract {
    isActionTypeEnabled(id: string, options?: { notifyUsage: boolean }): boolean;
    isActionExecutable(
      actionId: string,
      actionTypeId: string,
      options?: { notifyUsage: boolean }
    ): boolean;
    getAllTypes(): string[];
    getActionsClientWithRequest(request: KibanaRequest): Promise<ActionsClient>;
    getActionsAuthorizationWithRequest(request: KibanaRequest): ActionsAuthorization;
    readonly inMemoryConnectors: readonly InMemoryConnector[];
  }
}

/** Kibana 8.12.2; checked against `actions-plugin/server/sub_action_framework/types.js`: the only place of this enum at runtime. */
declare module '@kbn/actions-plugin/server/sub_action_framework/types' {
  export enum ValidatorType {
    CONFIG = 0,
    SECRETS = 1,
  }
}

/** Kibana 8.12.2; checked against `actions-plugin/server/lib/mustache_renderer.js`. */
declare module '@kbn/actions-plugin/server/lib/mustache_renderer' {
  /**
   * Real at runtime. A clone of `params` in which every text is rendered with Kibana's message variables and
   * functions, unescaped; a text that can't be rendered becomes `error rendering mustache template …`. Throws
   * for variables that JSON can't hold.
   */
  export function renderMustacheObject<Params>(
    params: Params,
    variables: Record<string, unknown>
  ): Params;
}
