import type { ReactElement } from 'react';
import { BehaviorSubject, of } from 'rxjs';
import type { CoreStart, MountPoint, OverlayFlyoutOpenOptions } from '@kbn/core/public';
import type { Agent } from '../../../common/hosts/agent';
import type { ResponseApi } from '../../../public/lib/response_api';
import { Root } from '../../../public/lib/render_root';
import { createServices, type Services } from '../../../public/lib/services';
import { fakeToasts, type ShownToast } from './fake_toasts';

/** Our browser side's services over as much of Kibana as ways in from Kibana's pages need. */

export interface OpenOverlay {
  readonly element: HTMLElement;
  readonly options: OverlayFlyoutOpenOptions | undefined;
  readonly isOpen: boolean;
}

export interface FakeServices extends Services {
  /** Flyouts that were opened through Kibana's overlays, the newest last. */
  readonly overlays: readonly OpenOverlay[];
  /** Toasts that were shown, the newest last. */
  readonly toasts: readonly ShownToast[];
  /** Where somebody was led, as `app path`. */
  readonly visited: readonly string[];
  /** Has Kibana show another location, as a click on a link or Back does. */
  goTo(location: string): void;
  /** Whether anybody listens to Kibana's location. */
  isLocationWatched(): boolean;
}

export interface FakeOptions {
  readonly api?: Partial<ResponseApi>;
  /** What the person may do; all of it unless a test says otherwise. */
  readonly may?: {
    readonly override?: boolean;
    readonly show?: boolean;
    readonly isolate?: boolean;
    readonly release?: boolean;
  };
}

const SETTINGS: Readonly<Record<string, unknown>> = {
  dateFormat: 'MMM D, YYYY @ HH:mm:ss.SSS',
  'dateFormat:tz': 'UTC',
};

const notExpected = (name: string) => () => Promise.reject(new Error(`${name} was not expected`));

/** As Kibana opens flyouts: an element in a dialog of its own, at the end of the body. */
function fakeOverlays(opened: OpenOverlay[]) {
  return {
    openFlyout(mount: MountPoint, options?: OverlayFlyoutOpenOptions) {
      const dialog = document.createElement('div');
      dialog.setAttribute('role', 'dialog');
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
    },
  };
}

export function fakeServices({ api = {}, may = {} }: FakeOptions = {}): FakeServices {
  const opened: OpenOverlay[] = [];
  const { toasts, shown } = fakeToasts();
  const visited: string[] = [];
  const location$ = new BehaviorSubject(window.location.pathname);
  const core = {
    application: {
      capabilities: {
        sentineloneResponse: { show: true, isolate: true, release: true, ...may },
      },
      currentAppId$: of('test'),
      currentLocation$: location$,
      navigateToApp: (appId: string, { path = '' }: { path?: string } = {}) => {
        visited.push(`${appId} ${path}`);
        return Promise.resolve();
      },
      getUrlForApp: (appId: string, { path = '' }: { path?: string } = {}) =>
        `/app/${appId}${path}`,
    },
    http: { get: notExpected('http.get'), post: notExpected('http.post') },
    i18n: { Context: ({ children }: { readonly children: ReactElement }) => children },
    notifications: { toasts },
    overlays: fakeOverlays(opened),
    theme: { theme$: of({ darkMode: false }) },
    uiSettings: { get: (key: string) => SETTINGS[key], get$: (key: string) => of(SETTINGS[key]) },
  } as unknown as CoreStart; // only what is used
  const services = createServices(core);
  const routes: ResponseApi = {
    ...services.api,
    connection: async () => ({
      state: 'one',
      connector: { id: 'ours', name: 'SentinelOne' },
      commentRequired: true,
    }),
    casesOfAlerts: async () => ({ state: 'unavailable' }),
    cases: async () => ({ state: 'unavailable' }),
    ...api,
  };
  return {
    ...services,
    api: routes,
    overlays: opened,
    toasts: shown,
    visited,
    goTo(location) {
      window.history.pushState(null, '', location);
      location$.next(location);
    },
    isLocationWatched: () => location$.observed,
  };
}

/** An element in the services, as every root of ours is. */
export const inFake = (services: Services, children: ReactElement): ReactElement => (
  <Root services={services}>{children}</Root>
);

/** An agent of SentinelOne's; connected and online unless a test says otherwise. */
export const anAgent = (changes: Partial<Agent> = {}): Agent => ({
  id: '1834780238610855645',
  uuid: '0efd7bcfd285450885e05bd8d5bf2ba7',
  computerName: 'srv-win1',
  networkStatus: 'connected',
  isActive: true,
  isDecommissioned: false,
  isUninstalled: false,
  agentVersion: '23.4.4.223',
  osName: 'Windows Server 2022 Datacenter',
  osType: 'windows',
  siteName: 'Data center Frankfurt',
  groupName: 'Servers',
  machineType: 'server',
  domain: 'CORP',
  lastLoggedInUserName: 'CORP\\anna',
  ipAddresses: ['10.0.0.10'],
  externalIp: '203.0.113.10',
  activeThreats: 0,
  lastActiveDate: '2024-07-03T03:44:03.003Z',
  ...changes,
});
