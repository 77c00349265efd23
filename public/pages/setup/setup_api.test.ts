import type { HttpStart } from '@kbn/core/public';
import { setupApi } from './setup_api';

const answering = (get: () => Promise<unknown>) =>
  setupApi({ get } as unknown as Pick<HttpStart, 'get' | 'post' | 'patch'>);
const refused = (message: string) =>
  Object.assign(new Error('Not Found'), { response: { status: 404 }, body: { message } });

describe("the integration's package", () => {
  it('is read from Fleet', async () => {
    const item = { status: 'installed', version: '1.21.0' };
    expect(await answering(async () => ({ item })).integrationPackage()).toEqual(item);
  });

  it('cannot be read without Fleet, which is reported', async () => {
    const api = answering(() => Promise.reject(refused('Not Found')));
    await expect(api.integrationPackage()).rejects.toThrow(
      'Fleet is not available in this Kibana.'
    );
  });

  it("has Fleet's own error message", async () => {
    const message = '[sentinel_one] package not installed or found in registry';
    const error = refused(message);
    const api = answering(() => Promise.reject(error));
    await expect(api.integrationPackage()).rejects.toBe(error);
  });
});
