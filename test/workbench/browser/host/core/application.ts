import type { History } from 'history';
import type {
  App,
  ApplicationSetup,
  ApplicationStart,
  Capabilities,
  IBasePath,
  NavigateToAppOptions,
  PublicAppInfo,
} from '@kbn/core/public';
import { BehaviorSubject, distinctUntilChanged } from 'rxjs';
import { notInTheWorkbench, onlyThese } from '../../../not_in_the_workbench';
import { deepLinkPath } from './deep_links';

export interface RegisteredApp extends App {
  readonly appRoute: string;
}

export interface ApplicationService {
  readonly setup: ApplicationSetup;
  readonly start: ApplicationStart;
  /** Those that the user may open, in order of registration. */
  apps(): readonly RegisteredApp[];
  /** The app that a location belongs to. */
  appAt(pathname: string): RegisteredApp | undefined;
  /** Plugins register in `setup` only. */
  closeRegistration(): void;
  showed(appId: string | undefined): void;
}

interface ApplicationOptions {
  /** Its basename is the base path. */
  readonly history: History;
  readonly basePath: IBasePath;
  readonly capabilities: Capabilities;
}

const ID = /^[a-zA-Z0-9_-]+$/;
const NOT_HERE = ['updater$', 'capabilities', 'status'] as const;
const OPTIONS = ['path', 'deepLinkId', 'state', 'replace', 'openInNewTab'];

function joined(route: string, path: string): string {
  if (path === '') return route;
  const separator = /^[/?#]/.test(path) ? '' : '/';
  return `${route}${separator}${path}`.replace(/\/{2,}/g, '/').replace(/\/$/, '');
}

const infoOf = ({ mount: _, updater$: __, ...info }: RegisteredApp): PublicAppInfo =>
  ({ ...info, status: 0 }) as PublicAppInfo;

/** `core.application`: the apps, who may open them, and the way from one to another. */
export function createApplication({
  history,
  basePath,
  capabilities,
}: ApplicationOptions): ApplicationService {
  const registered = new Map<string, RegisteredApp>();
  const current$ = new BehaviorSubject<string | undefined>(undefined);
  const location$ = new BehaviorSubject(history.createHref(history.location));
  const applications$ = new BehaviorSubject<ReadonlyMap<string, PublicAppInfo>>(new Map());
  let isClosed = false;
  history.listen((location) => location$.next(history.createHref(location)));

  // Kibana takes away the apps whose feature the user's roles do not hold.
  const apps = () => [...registered.values()].filter(({ id }) => capabilities.navLinks[id] ?? true);

  function pathTo(appId: string, { path, deepLinkId }: NavigateToAppOptions): string {
    const app = registered.get(appId);
    const inner =
      path ??
      (deepLinkId === undefined
        ? app?.defaultPath
        : deepLinkPath(app?.deepLinks ?? [], deepLinkId));
    return joined(app?.appRoute ?? `/app/${appId}`, inner ?? '');
  }

  function appAt(pathname: string): RegisteredApp | undefined {
    const isAt = ({ appRoute }: RegisteredApp) =>
      pathname === appRoute || pathname.startsWith(`${appRoute}/`);
    return apps().find(isAt);
  }

  const setup: ApplicationSetup = onlyThese('core.application', {
    register(app: App): void {
      if (isClosed) throw new Error('Applications cannot be registered after "setup"');
      if (!ID.test(app.id)) {
        throw new Error(
          "Invalid application id: it can only be composed of alphanum chars, '-' and '_'"
        );
      }
      if (registered.has(app.id)) {
        throw new Error(`An application is already registered with the id "${app.id}"`);
      }
      const missing = NOT_HERE.find((member) => app[member] !== undefined);
      if (missing !== undefined) notInTheWorkbench(`core.application.register's ${missing}`);
      registered.set(app.id, { appRoute: `/app/${app.id}`, ...app });
      applications$.next(new Map(apps().map((one) => [one.id, infoOf(one)])));
    },
    registerAppUpdater: () => notInTheWorkbench('core.application.registerAppUpdater'),
  });

  const start: ApplicationStart = onlyThese('core.application', {
    capabilities,
    applications$,
    currentAppId$: current$.pipe(distinctUntilChanged()),
    currentLocation$: location$.pipe(distinctUntilChanged()),
    async navigateToApp(appId: string, options: NavigateToAppOptions = {}): Promise<void> {
      const unknown = Object.keys(options).find((key) => !OPTIONS.includes(key));
      if (unknown !== undefined) notInTheWorkbench(`navigateToApp's option ${unknown}`);
      const to = pathTo(appId, options);
      if (options.openInNewTab === true) {
        window.open(basePath.prepend(to), '_blank', 'noopener');
      } else if (options.replace === true) history.replace(to, options.state);
      else history.push(to, options.state);
    },
    async navigateToUrl(url: string): Promise<void> {
      const to = new URL(url, window.location.href);
      const pathname = basePath.remove(to.pathname);
      const isOurs = to.origin === window.location.origin && appAt(pathname) !== undefined;
      if (isOurs) history.push(`${pathname}${to.search}${to.hash}`);
      else window.location.assign(to.href);
    },
    getUrlForApp(
      appId: string,
      { absolute, ...options }: { path?: string; deepLinkId?: string; absolute?: boolean } = {}
    ): string {
      const url = basePath.prepend(pathTo(appId, options));
      return absolute === true ? new URL(url, window.location.origin).href : url;
    },
  });

  return {
    setup,
    start,
    apps,
    appAt,
    closeRegistration() {
      isClosed = true;
    },
    showed: (appId) => current$.next(appId),
  };
}
