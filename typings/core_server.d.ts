/** Kibana 8.12.2; checked against `core/server/index.js`, `core-plugins-server-internal/src/plugin_context.js`, `core-http-router-server-internal/src/*`, `core-saved-objects-api-server-internal/src/lib/repository.js`. */
declare module '@kbn/core/server' {
  import type { Observable } from 'rxjs';

  // Plugin ------------------------------------------------------------------------------------

  type MaybePromise<T> = T | Promise<T>;

  export interface LogMeta {
    readonly [key: string]: unknown;
  }

  export interface Logger {
    trace(message: string, meta?: LogMeta): void;
    debug(message: string | (() => string), meta?: LogMeta): void;
    info(message: string, meta?: LogMeta): void;
    warn(message: string | Error, meta?: LogMeta): void;
    error(message: string | Error, meta?: LogMeta): void;
    fatal(message: string | Error, meta?: LogMeta): void;
    isLevelEnabled(level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'): boolean;
    get(...context: string[]): Logger;
  }

  export interface LoggerFactory {
    get(...context: string[]): Logger;
  }

  export interface PackageInfo {
    readonly version: string;
    readonly branch: string;
    readonly buildNum: number;
    readonly buildSha: string;
    readonly dist: boolean;
    readonly buildFlavor: 'traditional' | 'serverless';
  }

  export interface PluginInitializerContext<Config = unknown> {
    readonly opaqueId: symbol;
    readonly env: {
      readonly mode: { readonly name: string; readonly dev: boolean; readonly prod: boolean };
      readonly packageInfo: PackageInfo;
      readonly instanceUuid: string;
    };
    readonly node: {
      readonly roles: {
        readonly backgroundTasks: boolean;
        readonly ui: boolean;
        readonly migrator: boolean;
      };
    };
    readonly logger: LoggerFactory;
    /** Both fail when the plugin exports no `config` with a schema. */
    readonly config: { create(): Observable<Config>; get(): Config };
  }

  /** Setup and start end within ten seconds, or Kibana stops. Each lifecycle may be synchronous or not. */
  export interface Plugin<
    Setup = void,
    Start = void,
    SetupDeps extends object = object,
    StartDeps extends object = object,
  > {
    setup(core: CoreSetup<StartDeps, Start>, plugins: SetupDeps): MaybePromise<Setup>;
    start(core: CoreStart, plugins: StartDeps): MaybePromise<Start>;
    stop?(): MaybePromise<void>;
  }

  export interface CoreSetup<StartDeps extends object = object, Start = unknown> {
    readonly capabilities: CapabilitiesSetup;
    readonly http: HttpServiceSetup;
    readonly savedObjects: SavedObjectsServiceSetup;
    readonly status: StatusServiceSetup;
    getStartServices(): Promise<[CoreStart, StartDeps, Start]>;
  }

  export interface CoreStart {
    readonly capabilities: {
      resolveCapabilities(
        request: KibanaRequest,
        options: { readonly capabilityPath: string | readonly string[] }
      ): Promise<Capabilities>;
    };
    readonly elasticsearch: ElasticsearchServiceStart;
    readonly http: HttpServiceStart;
    readonly savedObjects: SavedObjectsServiceStart;
  }

  export interface Capabilities {
    readonly [featureId: string]: Readonly<Record<string, boolean | Record<string, boolean>>>;
  }

  export interface CapabilitiesSetup {
    registerProvider(provider: () => Partial<Capabilities>): void;
  }

  export interface ServiceStatus {
    readonly level: ServiceStatusLevel;
    readonly summary: string;
    readonly detail?: string;
    readonly documentationUrl?: string;
    readonly meta?: Readonly<Record<string, unknown>>;
  }

  export interface ServiceStatusLevel {
    toString(): 'available' | 'degraded' | 'unavailable' | 'critical';
    valueOf(): number;
  }

  export const ServiceStatusLevels: Readonly<
    Record<'available' | 'degraded' | 'unavailable' | 'critical', ServiceStatusLevel>
  >;

  export interface StatusServiceSetup {
    set(status$: Observable<ServiceStatus>): void;
    readonly derivedStatus$: Observable<ServiceStatus>;
  }

  export interface AppCategory {
    readonly id: string;
    readonly label: string;
    readonly ariaLabel?: string;
    readonly order?: number;
    readonly euiIconType?: string;
  }

  /** Real at runtime, on the server only. */
  export const DEFAULT_APP_CATEGORIES: Readonly<
    Record<'kibana' | 'enterpriseSearch' | 'observability' | 'security' | 'management', AppCategory>
  >;

  // HTTP --------------------------------------------------------------------------------------

  export type Headers = Readonly<Record<string, string | string[] | undefined>>;
  export type ResponseHeaders = Readonly<Record<string, string | string[]>>;

  export interface AuthenticatedUserRef {
    readonly isAuthenticated: boolean;
  }

  export interface KibanaRequest<Params = unknown, Query = unknown, Body = unknown> {
    readonly id: string;
    readonly uuid: string;
    readonly url: URL;
    readonly headers: Headers;
    readonly params: Params;
    readonly query: Query;
    readonly body: Body;
    readonly auth: AuthenticatedUserRef;
    readonly isFakeRequest: boolean;
    readonly isSystemRequest: boolean;
    readonly isInternalApiRequest: boolean;
    readonly route: {
      readonly path: string;
      readonly method: RouteMethod | 'options';
      readonly options: { readonly tags: readonly string[]; readonly access?: RouteAccess };
    };
    /** `aborted$` fires when the caller goes away; `completed$` when the answer is out. */
    readonly events: { readonly aborted$: Observable<void>; readonly completed$: Observable<void> };
  }

  export interface BasePath {
    get(request: KibanaRequest): string;
    prepend(path: string): string;
    readonly serverBasePath: string;
    readonly publicBaseUrl?: string;
  }

  export interface HttpServerInfo {
    readonly hostname: string;
    readonly name: string;
    readonly port: number;
    readonly protocol: 'http' | 'https' | 'socket';
  }

  export interface HttpServiceSetup {
    createRouter<Context extends RequestHandlerContext = RequestHandlerContext>(): IRouter<Context>;
    registerRouteHandlerContext<Context extends RequestHandlerContext, Name extends keyof Context>(
      contextName: Name,
      provider: (
        context: Omit<Context, Name>,
        request: KibanaRequest,
        response: KibanaResponseFactory
      ) => MaybePromise<Awaited<Context[Name]>>
    ): unknown;
    readonly basePath: BasePath;
    getServerInfo(): HttpServerInfo;
  }

  export interface HttpServiceStart {
    readonly basePath: BasePath;
    getServerInfo(): HttpServerInfo;
  }

  export type RouteMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';
  export type RouteAccess = 'public' | 'internal';

  /** A type only: at runtime the class is in `@kbn/core-http-server`; handlers never need it. */
  export interface RouteValidationError extends Error {
    readonly path: string[];
  }

  export interface RouteValidationResultFactory {
    ok<T>(value: T): { readonly value: T; readonly error?: undefined };
    badRequest(
      error: Error | string,
      path?: string[]
    ): { readonly value?: undefined; readonly error: RouteValidationError };
  }

  export type RouteValidationFunction<T> = (
    // What came over the wire: nothing is known about it.
    data: unknown,
    validationResult: RouteValidationResultFactory
  ) =>
    | { readonly value: T; readonly error?: undefined }
    | { readonly value?: undefined; readonly error: RouteValidationError };

  type ConfigSchema<T> = import('@kbn/config-schema').Type<T>;
  /** A schema here must be made by `@kbn/config-schema`: the router refuses look-alikes. */
  export type RouteValidationSpec<T> = ConfigSchema<T> | RouteValidationFunction<T>;

  export interface RouteValidatorConfig<Params, Query, Body> {
    readonly params?: RouteValidationSpec<Params>;
    readonly query?: RouteValidationSpec<Query>;
    readonly body?: RouteValidationSpec<Body>;
  }

  export interface RouteConfigOptions {
    readonly authRequired?: boolean | 'optional';
    readonly access?: RouteAccess;
    readonly xsrfRequired?: boolean;
    readonly tags?: readonly string[];
    readonly body?: {
      readonly maxBytes?: number;
      readonly accepts?: string | string[];
      readonly output?: 'data' | 'stream';
      readonly parse?: boolean | 'gunzip';
    };
    /** Milliseconds. */
    readonly timeout?: { readonly payload?: number; readonly idleSocket?: number };
    readonly description?: string;
  }

  export interface RouteConfig<Params, Query, Body> {
    readonly path: string;
    readonly validate: RouteValidatorConfig<Params, Query, Body> | false;
    readonly options?: RouteConfigOptions;
  }

  export type ResponseErrorAttributes = Readonly<Record<string, unknown>>;
  export type ResponseError =
    | string
    | Error
    | {
        readonly message: string | Error;
        readonly attributes?: ResponseErrorAttributes;
      };

  export interface HttpResponseOptions<Body = unknown> {
    readonly body?: Body;
    readonly headers?: ResponseHeaders;
    readonly bypassErrorFormat?: boolean;
  }

  export interface ErrorHttpResponseOptions {
    readonly body?: ResponseError;
    readonly headers?: ResponseHeaders;
    readonly bypassErrorFormat?: boolean;
  }

  export interface IKibanaResponse<Payload = unknown> {
    readonly status: number;
    readonly payload?: Payload;
    readonly options: HttpResponseOptions;
  }

  export interface KibanaResponseFactory {
    ok<T = unknown>(options?: HttpResponseOptions<T>): IKibanaResponse<T>;
    accepted<T = unknown>(options?: HttpResponseOptions<T>): IKibanaResponse<T>;
    noContent(options?: { readonly headers?: ResponseHeaders }): IKibanaResponse;
    redirected(
      options: HttpResponseOptions & { readonly headers: { readonly location: string } }
    ): IKibanaResponse;
    badRequest(options?: ErrorHttpResponseOptions): IKibanaResponse;
    unauthorized(options?: ErrorHttpResponseOptions): IKibanaResponse;
    forbidden(options?: ErrorHttpResponseOptions): IKibanaResponse;
    notFound(options?: ErrorHttpResponseOptions): IKibanaResponse;
    conflict(options?: ErrorHttpResponseOptions): IKibanaResponse;
    /** `statusCode` from 400 to 599. */
    customError(
      options: ErrorHttpResponseOptions & { readonly statusCode: number }
    ): IKibanaResponse;
    /**
     * Any status. The body goes out as it is up to 399, and from 400 on with `bypassErrorFormat`; without
     * it a body of 400 and above must have a message, and loses whatever else but `attributes` it has.
     */
    custom<T = unknown>(
      options: HttpResponseOptions<T | ResponseError> & { readonly statusCode: number }
    ): IKibanaResponse;
  }

  /** Real at runtime: the factory that every handler gets. */
  export const kibanaResponseFactory: KibanaResponseFactory;

  export interface CoreRequestHandlerContext {
    readonly elasticsearch: { readonly client: IScopedClusterClient };
    readonly savedObjects: { readonly client: SavedObjectsClientContract };
  }

  export interface RequestHandlerContext {
    readonly core: Promise<CoreRequestHandlerContext>;
    resolve<Name extends Exclude<keyof this, 'resolve'>>(
      names: readonly Name[]
    ): Promise<{ [Part in Name]: Awaited<this[Part]> }>;
  }

  /** The context of a plugin that reads other plugins' parts: `{ actions, licensing, … }`, each a promise. */
  export type CustomRequestHandlerContext<Parts> = RequestHandlerContext & {
    readonly [Name in keyof Parts]: Promise<Parts[Name]>;
  };

  export type RequestHandler<
    Params = unknown,
    Query = unknown,
    Body = unknown,
    Context extends RequestHandlerContext = RequestHandlerContext,
  > = (
    context: Context,
    request: KibanaRequest<Params, Query, Body>,
    response: KibanaResponseFactory
  ) => MaybePromise<IKibanaResponse>;

  export interface IRouter<Context extends RequestHandlerContext = RequestHandlerContext> {
    readonly get: RouteRegistrar<Context>;
    readonly post: RouteRegistrar<Context>;
    readonly put: RouteRegistrar<Context>;
    readonly patch: RouteRegistrar<Context>;
    readonly delete: RouteRegistrar<Context>;
    readonly versioned: VersionedRouter<Context>;
  }

  type RouteRegistrar<Context extends RequestHandlerContext> = <
    Params = unknown,
    Query = unknown,
    Body = unknown,
  >(
    route: RouteConfig<Params, Query, Body>,
    handler: RequestHandler<Params, Query, Body, Context>
  ) => void;

  export interface VersionedRouteConfig {
    readonly path: string;
    readonly access: RouteAccess;
    readonly description?: string;
    readonly enableQueryVersion?: boolean;
    readonly options?: Omit<RouteConfigOptions, 'access' | 'description'>;
    /** From 8.16 on, required from 9.1 on (`core_versioned_route.ts`); earlier versions ignore it. */
    readonly security?: RouteSecurity;
  }

  export interface RouteSecurity {
    readonly authz: { readonly requiredPrivileges: readonly string[] };
  }

  export interface VersionedRouteValidation<Params, Query, Body> {
    readonly request?: RouteValidatorConfig<Params, Query, Body>;
    /** Checked by Kibana in development only. */
    readonly response?: {
      readonly [status: number]: { readonly body: RouteValidationSpec<unknown> };
    };
  }

  export interface AddVersionOptions<Params, Query, Body> {
    /** `1`, `2` and so on for internal routes; `2023-10-31` for public ones. */
    readonly version: string;
    /** `false` empties params, query and body. */
    readonly validate: false | VersionedRouteValidation<Params, Query, Body>;
  }

  export interface VersionedRoute<Context extends RequestHandlerContext = RequestHandlerContext> {
    addVersion<Params = unknown, Query = unknown, Body = unknown>(
      options: AddVersionOptions<Params, Query, Body>,
      handler: RequestHandler<Params, Query, Body, Context>
    ): VersionedRoute<Context>;
  }

  type VersionedRouteRegistrar<Context extends RequestHandlerContext> = (
    config: VersionedRouteConfig
  ) => VersionedRoute<Context>;

  export interface VersionedRouter<Context extends RequestHandlerContext = RequestHandlerContext> {
    readonly get: VersionedRouteRegistrar<Context>;
    readonly post: VersionedRouteRegistrar<Context>;
    readonly put: VersionedRouteRegistrar<Context>;
    readonly patch: VersionedRouteRegistrar<Context>;
    readonly delete: VersionedRouteRegistrar<Context>;
  }

  // Elasticsearch -----------------------------------------------------------------------------

  export interface TransportRequestOptions {
    readonly signal?: AbortSignal;
    /** Milliseconds, or `30s`. */
    readonly requestTimeout?: number | string;
    readonly maxRetries?: number;
    readonly ignore?: number[];
  }

  export interface SearchHit<Source = unknown> {
    readonly _id: string;
    readonly _index: string;
    readonly _score?: number | null;
    readonly _source?: Source;
    readonly fields?: Readonly<Record<string, unknown>>;
    readonly sort?: Array<string | number | boolean | null>;
    readonly _seq_no?: number;
    readonly _primary_term?: number;
  }

  export interface SearchResponse<Source = unknown, Aggregations = unknown> {
    readonly took: number;
    readonly timed_out: boolean;
    readonly _shards: { readonly total: number; readonly failed: number };
    readonly hits: {
      readonly total?: number | { readonly value: number; readonly relation: 'eq' | 'gte' };
      readonly hits: Array<SearchHit<Source>>;
    };
    readonly aggregations?: Aggregations;
  }

  /** Elasticsearch's own query DSL; what it does not know it refuses. */
  type Dsl = Readonly<Record<string, unknown>>;

  export interface SearchRequest {
    readonly index?: string | readonly string[];
    readonly ignore_unavailable?: boolean;
    readonly allow_no_indices?: boolean;
    /** False: the search fails if a shard does. */
    readonly allow_partial_search_results?: boolean;
    readonly from?: number;
    readonly size?: number;
    readonly track_total_hits?: boolean | number;
    readonly query?: Dsl;
    readonly aggs?: Dsl;
    readonly sort?: string | readonly (string | Dsl)[];
    readonly fields?: readonly (string | Dsl)[];
    readonly _source?: boolean | string | readonly string[] | Dsl;
    readonly search_after?: readonly unknown[];
    readonly runtime_mappings?: Dsl;
    /** For example `10s`. */
    readonly timeout?: string;
    readonly terminate_after?: number;
    readonly seq_no_primary_term?: boolean;
  }

  export interface SecurityAuthenticateResponse {
    readonly username: string;
    readonly roles: string[];
    readonly full_name?: string | null;
    readonly email?: string | null;
    readonly enabled: boolean;
    readonly authentication_realm: { readonly name: string; readonly type: string };
    readonly lookup_realm: { readonly name: string; readonly type: string };
    readonly authentication_type: string;
    readonly api_key?: { readonly id: string; readonly name?: string };
  }

  interface HasPrivileges {
    readonly application?: ReadonlyArray<{
      readonly application: string;
      readonly privileges: readonly string[];
      readonly resources: readonly string[];
    }>;
    readonly cluster?: readonly string[];
    readonly index?: ReadonlyArray<{
      readonly names: string | readonly string[];
      readonly privileges: readonly string[];
      readonly allow_restricted_indices?: boolean;
    }>;
  }

  export interface SecurityHasPrivilegesResponse {
    readonly username: string;
    readonly has_all_requested: boolean;
    readonly cluster: Readonly<Record<string, boolean>>;
    readonly index: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
    readonly application: Readonly<
      Record<string, Readonly<Record<string, Readonly<Record<string, boolean>>>>>
    >;
  }

  /** The few calls that we make. Throws a `ResponseError` with `statusCode` and `meta` when Elasticsearch refuses. */
  export interface ElasticsearchClient {
    search<Source = unknown, Aggregations = unknown>(
      request?: SearchRequest,
      options?: TransportRequestOptions
    ): Promise<SearchResponse<Source, Aggregations>>;
    count(
      request?: {
        readonly index?: string | readonly string[];
        readonly ignore_unavailable?: boolean;
        readonly allow_no_indices?: boolean;
        readonly query?: Dsl;
      },
      options?: TransportRequestOptions
    ): Promise<{ readonly count: number }>;
    fieldCaps(
      request: {
        readonly index?: string | readonly string[];
        readonly fields: string | readonly string[];
        readonly ignore_unavailable?: boolean;
        readonly allow_no_indices?: boolean;
      },
      options?: TransportRequestOptions
    ): Promise<{
      readonly indices: string | string[];
      readonly fields: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    }>;
    readonly security: {
      authenticate(
        request?: Dsl,
        options?: TransportRequestOptions
      ): Promise<SecurityAuthenticateResponse>;
      hasPrivileges(
        request: HasPrivileges,
        options?: TransportRequestOptions
      ): Promise<SecurityHasPrivilegesResponse>;
    };
    readonly indices: {
      exists(
        request: {
          readonly index: string | readonly string[];
          readonly allow_no_indices?: boolean;
          readonly ignore_unavailable?: boolean;
        },
        options?: TransportRequestOptions
      ): Promise<boolean>;
    };
  }

  export interface IScopedClusterClient {
    readonly asInternalUser: ElasticsearchClient;
    readonly asCurrentUser: ElasticsearchClient;
  }

  export interface IClusterClient {
    readonly asInternalUser: ElasticsearchClient;
    asScoped(request: KibanaRequest | { readonly headers: Headers }): IScopedClusterClient;
  }

  export interface ElasticsearchServiceStart {
    readonly client: IClusterClient;
  }

  // Saved objects -----------------------------------------------------------------------------

  export type SavedObjectsNamespaceType = 'single' | 'multiple' | 'multiple-isolated' | 'agnostic';

  export interface SavedObjectReference {
    readonly id: string;
    readonly type: string;
    readonly name: string;
  }

  export interface SavedObjectError {
    readonly error: string;
    readonly message: string;
    readonly statusCode: number;
    readonly metadata?: Readonly<Record<string, unknown>>;
  }

  export interface SavedObject<Attributes = unknown> {
    readonly id: string;
    readonly type: string;
    readonly attributes: Attributes;
    readonly references: SavedObjectReference[];
    readonly version?: string;
    readonly namespaces?: string[];
    readonly created_at?: string;
    readonly updated_at?: string;
    readonly error?: SavedObjectError;
  }

  export interface SavedObjectsFieldMapping {
    readonly type?: string;
    readonly properties?: SavedObjectsMappingProperties;
    readonly dynamic?: false | 'strict';
    readonly enabled?: boolean;
    readonly index?: boolean;
    readonly doc_values?: boolean;
    readonly ignore_above?: number;
    readonly fields?: SavedObjectsMappingProperties;
  }

  export interface SavedObjectsMappingProperties {
    readonly [field: string]: SavedObjectsFieldMapping;
  }

  export interface SavedObjectsTypeMappingDefinition {
    readonly dynamic?: false | 'strict';
    readonly properties: SavedObjectsMappingProperties;
  }

  export type SavedObjectsModelChange =
    | { readonly type: 'mappings_addition'; readonly addedMappings: SavedObjectsMappingProperties }
    | { readonly type: 'mappings_deprecation'; readonly deprecatedMappings: string[] }
    | {
        readonly type: 'data_backfill';
        readonly backfillFn: (document: SavedObject, context: unknown) => { attributes: object };
      };

  export interface SavedObjectsModelVersion {
    readonly changes: readonly SavedObjectsModelChange[];
    readonly schemas?: {
      /** Keeps what this version knows of a document that a later version wrote. */
      readonly forwardCompatibility?:
        | import('@kbn/config-schema').ObjectType
        | ((attributes: Record<string, unknown>) => Record<string, unknown>);
      /** Must be made by `@kbn/config-schema`. */
      readonly create?: import('@kbn/config-schema').ObjectType;
    };
  }

  export interface SavedObjectsModelVersionMap {
    readonly [version: string]: SavedObjectsModelVersion;
  }

  export interface SavedObjectsType {
    readonly name: string;
    readonly hidden: boolean;
    readonly hiddenFromHttpApis?: boolean;
    readonly namespaceType: SavedObjectsNamespaceType;
    readonly indexPattern?: string;
    readonly mappings: SavedObjectsTypeMappingDefinition;
    /** From 1 on, without gaps. */
    readonly modelVersions?: SavedObjectsModelVersionMap | (() => SavedObjectsModelVersionMap);
    readonly management?: {
      readonly importableAndExportable?: boolean;
      readonly visibleInManagement?: boolean;
      readonly displayName?: string;
      readonly icon?: string;
      readonly defaultSearchField?: string;
    };
  }

  export interface SavedObjectsServiceSetup {
    registerType(type: SavedObjectsType): void;
    getDefaultIndex(): string;
  }

  export interface SavedObjectsServiceStart {
    getScopedClient(
      request: KibanaRequest,
      options?: {
        readonly includedHiddenTypes?: readonly string[];
        /** Ids of extensions: `SECURITY_EXTENSION_ID` and its like. */
        readonly excludedExtensions?: readonly string[];
      }
    ): SavedObjectsClientContract;
    /** As Kibana itself, in every space, with no privilege checked; the hidden types that it may use. */
    createInternalRepository(includedHiddenTypes?: readonly string[]): ISavedObjectsRepository;
    createScopedRepository(
      request: KibanaRequest,
      includedHiddenTypes?: readonly string[]
    ): ISavedObjectsRepository;
  }

  export const SECURITY_EXTENSION_ID: 'security';
  export const ENCRYPTION_EXTENSION_ID: 'encryptedSavedObjects';
  export const SPACES_EXTENSION_ID: 'spaces';

  /** Kibana's default is `wait_for`: a write then takes up to a second. */
  type Refresh = boolean | 'wait_for';

  export interface SavedObjectsBaseOptions {
    /** A space; absent stands for the default one (and for the caller's in a scoped client). */
    readonly namespace?: string;
  }

  export interface SavedObjectsCreateOptions extends SavedObjectsBaseOptions {
    readonly id?: string;
    readonly overwrite?: boolean;
    readonly version?: string;
    readonly references?: SavedObjectReference[];
    readonly refresh?: Refresh;
    readonly initialNamespaces?: string[];
  }

  export interface SavedObjectsBulkCreateObject<Attributes = unknown> {
    readonly type: string;
    readonly id?: string;
    readonly attributes: Attributes;
    readonly version?: string;
    readonly references?: SavedObjectReference[];
    readonly initialNamespaces?: string[];
  }

  export interface SavedObjectsBulkGetObject {
    readonly type: string;
    readonly id: string;
    readonly fields?: string[];
    /** Spaces to look in: exactly one for types that are isolated by space. */
    readonly namespaces?: string[];
  }

  export interface SavedObjectsUpdateOptions<Attributes = unknown> extends SavedObjectsBaseOptions {
    readonly version?: string;
    readonly references?: SavedObjectReference[];
    readonly refresh?: Refresh;
    /** Create it when it is not there. */
    readonly upsert?: Attributes;
    readonly retryOnConflict?: number;
  }

  export interface SavedObjectsUpdateResponse<Attributes = unknown> extends Omit<
    SavedObject<Attributes>,
    'attributes' | 'references'
  > {
    readonly attributes: Partial<Attributes>;
    readonly references?: SavedObjectReference[];
  }

  export interface SavedObjectsBulkUpdateObject<
    Attributes = unknown,
  > extends SavedObjectsBaseOptions {
    readonly type: string;
    readonly id: string;
    readonly attributes: Partial<Attributes>;
    readonly version?: string;
    readonly references?: SavedObjectReference[];
  }

  export interface SavedObjectsFindOptions {
    readonly type: string | string[];
    /** From 1 on. */
    readonly page?: number;
    readonly perPage?: number;
    readonly sortField?: string;
    readonly sortOrder?: 'asc' | 'desc';
    readonly fields?: string[];
    readonly search?: string;
    readonly searchFields?: string[];
    readonly defaultSearchOperator?: 'AND' | 'OR';
    readonly searchAfter?: unknown[];
    readonly hasReference?: { type: string; id: string } | Array<{ type: string; id: string }>;
    /** `['*']` for every space. */
    readonly namespaces?: string[];
    /** KQL (or its tree): fields are `<type>.attributes.<field>`. */
    readonly filter?: string | object;
    readonly aggs?: Dsl;
    readonly pit?: { readonly id: string; readonly keepAlive?: string };
  }

  export interface SavedObjectsFindResult<Attributes = unknown> extends SavedObject<Attributes> {
    readonly score: number;
    readonly sort?: unknown[];
  }

  export interface SavedObjectsFindResponse<Attributes = unknown, Aggregations = unknown> {
    readonly saved_objects: Array<SavedObjectsFindResult<Attributes>>;
    readonly total: number;
    readonly page: number;
    readonly per_page: number;
    readonly aggregations?: Aggregations;
    readonly pit_id?: string;
  }

  export interface ISavedObjectsPointInTimeFinder<Attributes = unknown> {
    find(): AsyncGenerator<SavedObjectsFindResponse<Attributes>>;
    close(): Promise<void>;
  }

  /** What the scoped client and the repository have in common. Errors: `SavedObjectsErrorHelpers`. */
  export interface SavedObjectsClientContract {
    create<T = unknown>(
      type: string,
      attributes: T,
      options?: SavedObjectsCreateOptions
    ): Promise<SavedObject<T>>;
    bulkCreate<T = unknown>(
      objects: ReadonlyArray<SavedObjectsBulkCreateObject<T>>,
      options?: SavedObjectsCreateOptions
    ): Promise<{ readonly saved_objects: Array<SavedObject<T>> }>;
    get<T = unknown>(
      type: string,
      id: string,
      options?: SavedObjectsBaseOptions
    ): Promise<SavedObject<T>>;
    bulkGet<T = unknown>(
      objects: readonly SavedObjectsBulkGetObject[],
      options?: SavedObjectsBaseOptions
    ): Promise<{ readonly saved_objects: Array<SavedObject<T>> }>;
    find<T = unknown, A = unknown>(
      options: SavedObjectsFindOptions
    ): Promise<SavedObjectsFindResponse<T, A>>;
    update<T = unknown>(
      type: string,
      id: string,
      attributes: Partial<T>,
      options?: SavedObjectsUpdateOptions<T>
    ): Promise<SavedObjectsUpdateResponse<T>>;
    bulkUpdate<T = unknown>(
      objects: ReadonlyArray<SavedObjectsBulkUpdateObject<T>>,
      options?: SavedObjectsBaseOptions & { readonly refresh?: Refresh }
    ): Promise<{ readonly saved_objects: Array<SavedObjectsUpdateResponse<T>> }>;
    delete(
      type: string,
      id: string,
      options?: SavedObjectsBaseOptions & { readonly refresh?: Refresh; readonly force?: boolean }
    ): Promise<object>;
    bulkDelete(
      objects: ReadonlyArray<{ readonly type: string; readonly id: string }>,
      options?: SavedObjectsBaseOptions & { readonly refresh?: Refresh; readonly force?: boolean }
    ): Promise<{
      readonly statuses: Array<{
        readonly id: string;
        readonly type: string;
        readonly success: boolean;
        readonly error?: SavedObjectError;
      }>;
    }>;
    createPointInTimeFinder<T = unknown>(
      options: SavedObjectsFindOptions
    ): ISavedObjectsPointInTimeFinder<T>;
    /** The space: undefined for the default one. */
    getCurrentNamespace(): string | undefined;
  }

  export interface ISavedObjectsRepository extends Omit<
    SavedObjectsClientContract,
    'getCurrentNamespace'
  > {
    getCurrentNamespace(namespace?: string): string | undefined;
    incrementCounter<T = unknown>(
      type: string,
      id: string,
      counterFields: Array<string | { readonly fieldName: string; readonly incrementBy?: number }>,
      options?: SavedObjectsBaseOptions & {
        readonly initialize?: boolean;
        readonly refresh?: Refresh;
        readonly upsertAttributes?: T;
      }
    ): Promise<SavedObject<T>>;
  }

  /** Real at runtime. Which error a saved objects client threw. */
  export const SavedObjectsErrorHelpers: {
    isSavedObjectsClientError(error: unknown): boolean;
    isBadRequestError(error: unknown): boolean;
    isNotAuthorizedError(error: unknown): boolean;
    isForbiddenError(error: unknown): boolean;
    isNotFoundError(error: unknown): boolean;
    isConflictError(error: unknown): boolean;
    isTooManyRequestsError(error: unknown): boolean;
    isEsUnavailableError(error: unknown): boolean;
    createGenericNotFoundError(type?: string | null, id?: string | null): Error;
    createConflictError(type: string, id: string, reason?: string): Error;
    createBadRequestError(reason?: string): Error;
  };

  export const SavedObjectsUtils: {
    namespaceIdToString(namespace?: string): string;
    namespaceStringToId(namespace: string): string | undefined;
    generateId(): string;
  };
}
