/** Kibana 8.12.2; checked against `core/public/index.js`, `core/target/public/core.entry.js`. */
declare module '@kbn/core/public' {
  import type { ComponentType, ReactElement, ReactNode } from 'react';
  import type { Observable } from 'rxjs';
  import type { History } from 'history';

  type MaybePromise<T> = T | Promise<T>;

  export interface PackageInfo {
    readonly version: string;
    readonly branch: string;
    readonly buildNum: number;
    readonly dist: boolean;
  }

  export interface PluginInitializerContext<Config extends object = object> {
    readonly opaqueId: symbol;
    readonly env: {
      readonly mode: { readonly name: string; readonly dev: boolean; readonly prod: boolean };
      readonly packageInfo: PackageInfo;
    };
    readonly config: { get<T extends object = Config>(): T };
  }

  /** Kibana wants `setup` and `start`. */
  export interface Plugin<
    Setup = void,
    Start = void,
    SetupDeps extends object = object,
    StartDeps extends object = object,
  > {
    setup(core: CoreSetup<StartDeps, Start>, plugins: SetupDeps): Setup;
    start(core: CoreStart, plugins: StartDeps): Start;
    stop?(): void;
  }

  export interface CoreSetup<StartDeps extends object = object, Start = unknown> {
    readonly application: ApplicationSetup;
    readonly http: HttpSetup;
    readonly notifications: NotificationsSetup;
    readonly theme: ThemeServiceSetup;
    readonly uiSettings: IUiSettingsClient;
    getStartServices(): Promise<[CoreStart, StartDeps, Start]>;
  }

  export interface CoreStart {
    readonly application: ApplicationStart;
    readonly chrome: ChromeStart;
    readonly docLinks: { readonly ELASTIC_WEBSITE_URL: string; readonly DOC_LINK_VERSION: string };
    readonly http: HttpStart;
    readonly i18n: I18nStart;
    readonly notifications: NotificationsStart;
    readonly overlays: OverlayStart;
    readonly theme: ThemeServiceStart;
    readonly uiSettings: IUiSettingsClient;
  }

  // Applications ------------------------------------------------------------------------------

  export interface AppCategory {
    readonly id: string;
    readonly label: string;
    readonly ariaLabel?: string;
    readonly order?: number;
    readonly euiIconType?: string;
  }

  /** Real at runtime, in the bundle `entry/core/public`. */
  export const DEFAULT_APP_CATEGORIES: Readonly<
    Record<'kibana' | 'enterpriseSearch' | 'observability' | 'security' | 'management', AppCategory>
  >;

  /** Real at runtime, in the bundle `entry/core/public`. */
  export enum AppStatus {
    accessible = 0,
    inaccessible = 1,
  }

  export interface AppDeepLink {
    readonly id: string;
    readonly title: string;
    /** Behind the app's own route, with a leading `/`. */
    readonly path?: string;
    readonly keywords?: string[];
    readonly searchable?: boolean;
    readonly deepLinks?: AppDeepLink[];
  }

  export interface ScopedHistory<State = unknown> extends History<State> {
    createSubHistory<S = unknown>(basePath: string): ScopedHistory<S>;
  }

  export type AppUnmount = () => void;

  export interface AppMountParameters<State = unknown> {
    readonly element: HTMLElement;
    readonly history: ScopedHistory<State>;
    readonly theme$: Observable<CoreTheme>;
    setHeaderActionMenu(mount: MountPoint | undefined): void;
  }

  export type AppMount = (params: AppMountParameters) => MaybePromise<AppUnmount>;

  export interface App {
    readonly id: string;
    readonly title: string;
    readonly category?: AppCategory;
    readonly order?: number;
    readonly euiIconType?: string;
    readonly icon?: string;
    /** `/app/<id>` when absent. */
    readonly appRoute?: string;
    readonly defaultPath?: string;
    readonly status?: AppStatus;
    readonly searchable?: boolean;
    readonly keywords?: string[];
    readonly deepLinks?: AppDeepLink[];
    readonly updater$?: Observable<AppUpdater>;
    readonly capabilities?: Partial<Capabilities>;
    readonly mount: AppMount;
  }

  export type AppUpdater = (
    app: App
  ) => Partial<Pick<App, 'status' | 'searchable' | 'deepLinks' | 'defaultPath'>> | undefined;

  export interface Capabilities {
    readonly navLinks: Readonly<Record<string, boolean>>;
    readonly management: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
    readonly catalogue: Readonly<Record<string, boolean>>;
    /** By the feature's id, its `ui` privileges. Absent features are absent here. */
    readonly [featureId: string]: Readonly<
      Record<string, boolean | Readonly<Record<string, boolean>>>
    >;
  }

  export interface ApplicationSetup {
    register(app: App): void;
    registerAppUpdater(updater$: Observable<AppUpdater>): void;
  }

  export interface NavigateToAppOptions {
    readonly path?: string;
    readonly deepLinkId?: string;
    readonly state?: unknown;
    readonly replace?: boolean;
    readonly openInNewTab?: boolean;
  }

  export interface PublicAppInfo extends Omit<App, 'mount' | 'updater$'> {
    readonly status: AppStatus;
    readonly appRoute: string;
  }

  export interface ApplicationStart {
    readonly capabilities: Capabilities;
    readonly applications$: Observable<ReadonlyMap<string, PublicAppInfo>>;
    readonly currentAppId$: Observable<string | undefined>;
    readonly currentLocation$: Observable<string>;
    navigateToApp(appId: string, options?: NavigateToAppOptions): Promise<void>;
    navigateToUrl(url: string): Promise<void>;
    getUrlForApp(
      appId: string,
      options?: {
        readonly path?: string;
        readonly deepLinkId?: string;
        readonly absolute?: boolean;
      }
    ): string;
  }

  // HTTP --------------------------------------------------------------------------------------

  type HttpFetchQueryValue = string | number | boolean | undefined;
  export interface HttpFetchQuery {
    readonly [name: string]: HttpFetchQueryValue | HttpFetchQueryValue[];
  }

  export interface HttpFetchOptions {
    /** The `elastic-api-version` header. */
    readonly version?: string;
    readonly query?: HttpFetchQuery;
    /** JSON, written out. */
    readonly body?: BodyInit | null;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal | null;
    readonly prependBasePath?: boolean;
    readonly asSystemRequest?: boolean;
    readonly keepalive?: boolean;
    /** Resolves to an `HttpResponse` of the answer instead. */
    readonly asResponse?: boolean;
  }

  /** What a request with `asResponse` resolves to. */
  export interface HttpResponse<Body = unknown> {
    readonly request: Request;
    readonly response?: Response;
    readonly body?: Body;
  }

  /** Resolves to the answer's body; rejects with an `IHttpFetchError`, or an `AbortError`. */
  export interface HttpHandler {
    <Answer = unknown>(path: string, options?: HttpFetchOptions): Promise<Answer>;
  }

  export interface ResponseErrorBody {
    readonly message: string;
    readonly statusCode: number;
    readonly error?: string;
    readonly attributes?: Readonly<Record<string, unknown>>;
  }

  export interface IHttpFetchError<Body = unknown> extends Error {
    readonly name: string;
    readonly request: Request;
    /** Absent when no answer came. */
    readonly response?: Response;
    readonly body?: Body;
  }

  export interface IBasePath {
    get(): string;
    prepend(url: string): string;
    remove(url: string): string;
    readonly serverBasePath: string;
    readonly publicBaseUrl?: string;
  }

  /** What an interceptor gets of each answer, `fetchOptions.path` as it was asked for, without the base path. */
  export interface InterceptedResponse {
    readonly fetchOptions: HttpFetchOptions & { readonly path: string; readonly method?: string };
    readonly response?: Response;
    readonly body?: unknown;
  }

  export interface HttpInterceptor {
    /** Sees the answers that are no errors; what it returns replaces parts of them. */
    response?(response: InterceptedResponse): void;
  }

  export interface HttpSetup {
    readonly basePath: IBasePath;
    /** Returns a function that ends it. */
    intercept(interceptor: HttpInterceptor): () => void;
    readonly fetch: HttpHandler;
    readonly get: HttpHandler;
    readonly post: HttpHandler;
    readonly put: HttpHandler;
    readonly patch: HttpHandler;
    readonly delete: HttpHandler;
    readonly staticAssets: { getPluginAssetHref(assetPath: string): string };
  }

  export type HttpStart = HttpSetup;

  // Chrome, overlays, notifications -----------------------------------------------------------

  export interface ChromeBreadcrumb {
    readonly text: ReactNode;
    readonly href?: string;
    readonly onClick?: (event: React.MouseEvent<HTMLAnchorElement>) => void;
    readonly deepLinkId?: string;
    readonly 'data-test-subj'?: string;
  }

  export interface ChromeStart {
    setBreadcrumbs(crumbs: ChromeBreadcrumb[]): void;
    readonly docTitle: { change(title: string | string[]): void; reset(): void };
    setHelpExtension(extension?: {
      readonly appName: string;
      readonly links?: ReadonlyArray<{
        readonly linkType: 'documentation' | 'github' | 'discuss';
        readonly href: string;
      }>;
    }): void;
    setBadge(badge?: {
      readonly text: string;
      readonly tooltip: string;
      readonly iconType?: string;
    }): void;
  }

  export type UnmountCallback = () => void;
  export type MountPoint<T extends HTMLElement = HTMLElement> = (element: T) => UnmountCallback;

  export interface OverlayRef {
    /** Resolves when it is closed, by whomever. */
    readonly onClose: Promise<void>;
    close(): Promise<void>;
  }

  export interface OverlayFlyoutOpenOptions {
    readonly size?: 's' | 'm' | 'l' | number | string;
    readonly maxWidth?: boolean | number | string;
    readonly ownFocus?: boolean;
    readonly type?: 'overlay' | 'push';
    readonly paddingSize?: 'none' | 's' | 'm' | 'l';
    readonly hideCloseButton?: boolean;
    readonly outsideClickCloses?: boolean;
    readonly closeButtonAriaLabel?: string;
    readonly className?: string;
    readonly 'data-test-subj'?: string;
    readonly 'aria-label'?: string;
    readonly 'aria-labelledby'?: string;
    onClose?(flyout: OverlayRef): void;
  }

  export interface OverlayModalConfirmOptions {
    readonly title?: string;
    readonly confirmButtonText?: string;
    readonly cancelButtonText?: string;
    readonly buttonColor?: 'primary' | 'danger' | 'warning';
    readonly maxWidth?: boolean | number | string;
    readonly 'data-test-subj'?: string;
  }

  export interface OverlayStart {
    openFlyout(mount: MountPoint, options?: OverlayFlyoutOpenOptions): OverlayRef;
    openModal(
      mount: MountPoint,
      options?: {
        readonly maxWidth?: boolean | number | string;
        readonly className?: string;
        readonly closeButtonAriaLabel?: string;
        readonly 'data-test-subj'?: string;
      }
    ): OverlayRef;
    openConfirm(
      message: MountPoint | string,
      options?: OverlayModalConfirmOptions
    ): Promise<boolean>;
  }

  export interface Toast {
    readonly id: string;
  }

  export interface ToastInputFields {
    readonly title?: string | MountPoint;
    readonly text?: string | MountPoint;
    readonly iconType?: string;
    readonly color?: 'primary' | 'success' | 'warning' | 'danger';
    readonly toastLifeTimeMs?: number;
    readonly 'data-test-subj'?: string;
  }

  export type ToastInput = string | ToastInputFields;
  export interface ToastOptions {
    readonly toastLifeTimeMs?: number;
  }

  export interface IToasts {
    add(toast: ToastInput): Toast;
    addInfo(toast: ToastInput, options?: ToastOptions): Toast;
    addSuccess(toast: ToastInput, options?: ToastOptions): Toast;
    addWarning(toast: ToastInput, options?: ToastOptions): Toast;
    addDanger(toast: ToastInput, options?: ToastOptions): Toast;
    addError(
      error: Error,
      options: ToastOptions & { readonly title: string; readonly toastMessage?: string }
    ): Toast;
    remove(toast: Toast | string): void;
  }

  export type ToastsStart = IToasts;

  export interface NotificationsSetup {
    readonly toasts: IToasts;
  }

  export interface NotificationsStart {
    readonly toasts: IToasts;
    showErrorDialog(options: { readonly title: string; readonly error: Error }): void;
  }

  export interface I18nStart {
    /** Wraps every root that we render: React's messages and EUI's. */
    readonly Context: ComponentType<{ readonly children?: ReactNode }> &
      ((props: { readonly children: ReactNode }) => ReactElement | null);
  }

  export interface CoreTheme {
    readonly darkMode: boolean;
  }

  export interface ThemeServiceSetup {
    readonly theme$: Observable<CoreTheme>;
  }

  export type ThemeServiceStart = ThemeServiceSetup;

  export interface IUiSettingsClient {
    get<T = unknown>(key: string, defaultOverride?: T): T;
    get$<T = unknown>(key: string, defaultOverride?: T): Observable<T>;
  }
}
