import { BehaviorSubject, of } from 'rxjs';
import type {
  CoreStart,
  HttpHandler,
  HttpInterceptor,
  MountPoint,
  OverlayFlyoutOpenOptions,
} from '@kbn/core/public';
import { I18nProvider } from '@kbn/i18n-react';
import { onlyThese } from '../../workbench/not_in_the_workbench';
import { fakeToasts, type ShownToast } from './fake_toasts';

/** Kibana's browser side for component tests: the members that the plugin uses; any other member throws. */

/** The privileges of the user; all by default. */
export interface Rights {
  readonly show?: boolean;
  readonly isolate?: boolean;
  readonly release?: boolean;
  /** Isolating protected hosts. */
  readonly override?: boolean;
  /** Changing the settings. */
  readonly settings?: boolean;
  readonly saveConnectors?: boolean;
}

export interface CoreOptions {
  readonly rights?: Rights;
  /** Capabilities of other features. */
  readonly capabilities?: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
  readonly get?: HttpHandler;
  readonly post?: HttpHandler;
  /** The answer to every confirmation. */
  readonly confirms?: boolean;
  /** The path of the space, such as `/s/ops`. */
  readonly basePath?: string;
  /** Kibana's setting `dateFormat`. */
  readonly dateFormat?: string;
}

interface OpenOverlay {
  readonly element: HTMLElement;
  readonly options: OverlayFlyoutOpenOptions | undefined;
  readonly isOpen: boolean;
}

export interface FakeCore {
  readonly core: CoreStart;
  /** Apps that were opened, as `app path`, and URLs. */
  readonly visited: string[];
  /** Titles of the page, the newest last. */
  readonly titles: Array<string | string[]>;
  /** Toasts that were shown, the newest last. */
  readonly toasts: readonly ShownToast[];
  /** Flyouts that were opened through Kibana's overlays, the newest last. */
  readonly overlays: readonly OpenOverlay[];
  readonly openConfirm: jest.Mock<Promise<boolean>>;
  /** Interceptors of all of Kibana's requests. */
  readonly interceptors: ReadonlySet<HttpInterceptor>;
  /** Makes Kibana show another location, as a click on a link or the back button does. */
  goTo(location: string): void;
  /** Whether anything is subscribed to Kibana's location. */
  isLocationWatched(): boolean;
}

/** As Kibana opens flyouts: an element in a dialog of its own, at the end of the body. */
function openFlyoutIn(opened: OpenOverlay[]) {
  return (mount: MountPoint, options?: OverlayFlyoutOpenOptions) => {
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    const labelledBy = options?.['aria-labelledby'];
    if (labelledBy !== undefined) dialog.setAttribute('aria-labelledby', labelledBy);
    const element = document.createElement('div');
    dialog.append(element);
    document.body.append(dialog);
    let resolve = () => {};
    const onClose = new Promise<void>((done) => (resolve = done));
    const overlay = { element, options, isOpen: true };
    opened.push(overlay);
    const unmount = mount(element);
    return {
      onClose,
      close: async () => {
        if (!overlay.isOpen) return;
        overlay.isOpen = false;
        unmount();
        dialog.remove();
        resolve();
      },
    };
  };
}

const notExpected = (): Promise<never> => Promise.reject(new Error('No HTTP in this test'));

/** A Kibana for one test. */
export function fakeCore({
  rights: { saveConnectors = true, ...rights } = {},
  capabilities = {},
  get = notExpected,
  post = notExpected,
  confirms = true,
  basePath = '',
  dateFormat = 'MMM D, YYYY @ HH:mm:ss.SSS',
}: CoreOptions = {}): FakeCore {
  const visited: string[] = [];
  const titles: Array<string | string[]> = [];
  const opened: OpenOverlay[] = [];
  const interceptors = new Set<HttpInterceptor>();
  const location$ = new BehaviorSubject(window.location.pathname);
  const { toasts, shown } = fakeToasts();
  const openConfirm = jest.fn(async () => confirms);
  const uiSettings: Readonly<Record<string, unknown>> = {
    dateFormat,
    'dateFormat:tz': 'UTC',
    'timepicker:quickRanges': [],
  };
  const core = onlyThese('core', {
    application: onlyThese('core.application', {
      capabilities: {
        navLinks: {},
        management: {},
        catalogue: {},
        sentineloneResponse: {
          show: true,
          isolate: true,
          release: true,
          override: true,
          settings: true,
          ...rights,
        },
        actions: { show: true, save: saveConnectors },
        ...capabilities,
      },
      currentAppId$: of('test'),
      currentLocation$: location$,
      getUrlForApp: (appId: string, { path = '' }: { path?: string } = {}) =>
        `/app/${appId}${path}`,
      navigateToApp: async (appId: string, { path = '' }: { path?: string } = {}) =>
        void visited.push(`${appId} ${path}`),
      navigateToUrl: async (url: string) => void visited.push(url),
    }),
    chrome: onlyThese('core.chrome', {
      setBreadcrumbs: () => {},
      docTitle: { change: (title: string | string[]) => titles.push(title), reset: () => {} },
    }),
    http: onlyThese('core.http', {
      get,
      post,
      basePath: {
        prepend: (path: string) => `${basePath}${path}`,
        remove: (path: string) => path.slice(path.startsWith(basePath) ? basePath.length : 0),
      },
      intercept: (interceptor: HttpInterceptor) => {
        interceptors.add(interceptor);
        return () => void interceptors.delete(interceptor);
      },
    }),
    i18n: { Context: I18nProvider },
    notifications: onlyThese('core.notifications', { toasts }),
    overlays: onlyThese('core.overlays', { openFlyout: openFlyoutIn(opened), openConfirm }),
    theme: { theme$: new BehaviorSubject({ darkMode: false }) },
    uiSettings: onlyThese('core.uiSettings', {
      get: (key: string, defaultOverride?: unknown) => uiSettings[key] ?? defaultOverride,
      get$: (key: string) => of(uiSettings[key]),
    }),
  }) as unknown as CoreStart; // only what is used
  return {
    core,
    visited,
    titles,
    toasts: shown,
    overlays: opened,
    openConfirm,
    interceptors,
    goTo(location) {
      window.history.pushState(null, '', location);
      location$.next(location);
    },
    isLocationWatched: () => location$.observed,
  };
}
