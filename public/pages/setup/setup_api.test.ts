import type { HttpStart } from '@kbn/core/public';
import { setupApi } from './setup_api';

const answering = (get: () => Promise<unknown>) =>
  setupApi({ get } as unknown as Pick<HttpStart, 'get' | 'post' | 'patch'>);
const refused = (message: string) =>
  Object.assign(new Error('Not Found'), { response: { status: 404 }, body: { message } });

describe("the integration's package", () => {
  it("is Fleet's", async () => {
    const item = { status: 'installed', version: '1.21.0' };
    expect(await answering(async () => ({ item })).integrationPackage()).toEqual(item);
  });

  it('cannot be asked for where there is no Fleet, and the reader is told so', async () => {
    const api = answering(() => Promise.reject(refused('Not Found')));
    await expect(api.integrationPackage()).rejects.toThrow(
      'Fleet is not available in this Kibana.'
    );
  });

  it('is left to Fleet to speak of', async () => {
    const message = '[sentinel_one] package not installed or found in registry';
    const error = refused(message);
    const api = answering(() => Promise.reject(error));
    await expect(api.integrationPackage()).rejects.toBe(error);
  });
});
