import type { ReactElement } from 'react';
import type { ResponseApi } from '../../../public/lib/response_api';
import { Root } from '../../../public/lib/render_root';
import { createServices, type Services } from '../../../public/lib/services';
import { fakeCore, type CoreOptions, type FakeCore } from './fake_core';

/** The services of the browser side over a Kibana and routes in memory. */
export interface FakeServices extends Services, Omit<FakeCore, 'core'> {}

export interface FakeOptions extends CoreOptions {
  /** Routes that the test answers. Of the others, those for connection and cases have an answer, the rest fail. */
  readonly api?: Partial<ResponseApi>;
}

export function fakeServices({ api = {}, ...options }: FakeOptions = {}): FakeServices {
  const { core, ...rest } = fakeCore(options);
  const services = createServices(core);
  const routes: ResponseApi = {
    ...services.api,
    connection: async () => ({
      state: 'one',
      connector: { id: 'ours', name: 'SentinelOne' },
      commentRequired: true,
      maxHosts: 1_000,
    }),
    casesOfAlerts: async () => ({ state: 'unavailable' }),
    cases: async () => ({ state: 'unavailable' }),
    ...api,
  };
  return { ...services, ...rest, api: routes };
}

/** An element in the services, as every React root of the plugin is. */
export const inFake = (services: Services, children: ReactElement): ReactElement => (
  <Root services={services}>{children}</Root>
);
