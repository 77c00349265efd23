import type { ConnectorUsageCollector } from '@kbn/actions-plugin/server';
import type { AxiosResponse } from 'axios';
import type { ApiAnswer } from '../sentinelone_client/transport';
import { schemaThat } from '../kibana/validation';
import { ManagementApiConnector } from './management_api_connector';

/** A connector with one sub-action, which reads one path. */
class TestConnector extends ManagementApiConnector {
  readonly collectors: unknown[] = [];

  constructor(params: ConstructorParameters<typeof ManagementApiConnector>[0]) {
    super(params);
    this.registerSubAction({
      name: 'read',
      method: 'read',
      schema: schemaThat((input) => input),
    });
  }

  read({ path }: { readonly path: string }): Promise<ApiAnswer> {
    return this.send({ method: 'GET', path });
  }

  protected override async request<Response>(
    _params: unknown,
    usageCollector?: ConnectorUsageCollector
  ): Promise<AxiosResponse<Response>> {
    this.collectors.push(usageCollector);
    return { status: 200, data: { data: [] }, headers: {} } as unknown as AxiosResponse<Response>;
  }
}

const connector = () =>
  new TestConnector({
    config: { url: 'https://example.sentinelone.net' },
    secrets: { token: 'a-token' },
    services: {},
    configurationUtilities: { getResponseSettings: () => ({ timeout: 1_000 }) },
  } as unknown as ConstructorParameters<typeof ManagementApiConnector>[0]);

type Read = (params: object, usageCollector?: object) => Promise<ApiAnswer>;

it.each([[undefined], [{ addRequestBodyBytes: () => {} }]])(
  'counts its requests with the collector that the framework passes (%p)',
  async (usageCollector) => {
    const one = connector();
    const { method } = one.getSubActions().get('read')!;
    // The framework calls `service[method](params, usageCollector)`.
    const read = Reflect.get(one, method!) as Read;
    expect(await read.call(one, { path: '/system/info' }, usageCollector)).toMatchObject({
      ok: true,
    });
    expect(one.collectors).toEqual([usageCollector]);
  }
);
