import { BehaviorSubject, of } from 'rxjs';
import type { CoreStart, HttpHandler, HttpInterceptor } from '@kbn/core/public';
import { fakeToasts, type ShownToast } from './fake_toasts';
import { onlyThese } from '../../workbench/not_in_the_workbench';

/** What a person may do; everything unless a test says otherwise. */
export interface Rights {
  readonly isolate?: boolean;
  readonly release?: boolean;
  /** Isolating protected hosts. */
  readonly override?: boolean;
  readonly saveConnectors?: boolean;
}

export interface FakeCore {
  readonly core: CoreStart;
  /** Where somebody was led, as `app path`. */
  readonly visited: string[];
  /** Titles of the page, the newest last. */
  readonly titles: Array<string | string[]>;
  /** Toasts that were shown, the newest last. */
  readonly toasts: readonly ShownToast[];
  /** Whoever looks at the answers to all of Kibana's requests. */
  readonly interceptors: ReadonlySet<HttpInterceptor>;
}

const SETTINGS: Readonly<Record<string, unknown>> = {
  dateFormat: 'MMM D, YYYY @ HH:mm:ss.SSS',
  'dateFormat:tz': 'UTC',
};

/** As much of Kibana's browser side as our components use; the rest throws. */
export function fakeCore(
  { isolate = true, release = true, override = true, saveConnectors = true }: Rights = {},
  post: HttpHandler = () => Promise.reject(new Error('No HTTP in this test')),
  get: HttpHandler = () => Promise.reject(new Error('No HTTP in this test'))
): FakeCore {
  const visited: string[] = [];
  const titles: Array<string | string[]> = [];
  const interceptors = new Set<HttpInterceptor>();
  const { toasts, shown } = fakeToasts();
  const core = onlyThese('core', {
    application: onlyThese('core.application', {
      capabilities: {
        navLinks: {},
        management: {},
        catalogue: {},
        sentineloneResponse: { show: true, isolate, release, override },
        actions: { show: true, save: saveConnectors },
      },
      getUrlForApp: (appId: string, { path = '' }: { path?: string } = {}) =>
        `/app/${appId}${path}`,
      navigateToApp: (appId: string, { path = '' }: { path?: string } = {}) => {
        visited.push(`${appId} ${path}`);
        return Promise.resolve();
      },
    }),
    chrome: onlyThese('core.chrome', {
      setBreadcrumbs: () => {},
      docTitle: { change: (title: string | string[]) => titles.push(title), reset: () => {} },
    }),
    http: onlyThese('core.http', {
      get,
      post,
      intercept: (interceptor: HttpInterceptor) => {
        interceptors.add(interceptor);
        return () => void interceptors.delete(interceptor);
      },
    }),
    i18n: { Context: ({ children }: { children: unknown }) => children },
    notifications: onlyThese('core.notifications', { toasts }),
    theme: { theme$: new BehaviorSubject({ darkMode: false }) },
    uiSettings: onlyThese('core.uiSettings', {
      get: (key: string) => SETTINGS[key],
      get$: (key: string) => of(SETTINGS[key]),
    }),
  }) as unknown as CoreStart; // only what is used
  return { core, visited, titles, toasts: shown, interceptors };
}
