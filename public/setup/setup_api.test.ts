import type { HttpStart } from '@kbn/core/public';
import { DEFAULT_HOST_GUARDS } from '../../common/host_guards';
import { setupApi } from './setup_api';

const answering = (get: () => Promise<unknown>) =>
  setupApi({ get } as unknown as Pick<HttpStart, 'get' | 'post' | 'put' | 'patch'>);
const refused = (message: string) =>
  Object.assign(new Error('Not Found'), { response: { status: 404 }, body: { message } });

describe("the integration's package", () => {
  it("is Fleet's", async () => {
    const item = { status: 'installed', version: '1.21.0' };
    expect(await answering(async () => ({ item })).integrationPackage()).toEqual(item);
  });

  it('cannot be asked for where there is no Fleet, and the reader is told so', async () => {
    const api = answering(() => Promise.reject(refused('Not Found')));
    await expect(api.integrationPackage()).rejects.toThrow('this Kibana has no Fleet.');
  });

  it('is left to Fleet to speak of', async () => {
    const message = '[sentinel_one] package not installed or found in registry';
    const error = refused(message);
    const api = answering(() => Promise.reject(error));
    await expect(api.integrationPackage()).rejects.toBe(error);
  });
});

describe('settings', () => {
  it('are saved in place of what was read, as its ETag says', async () => {
    const body = { ...DEFAULT_HOST_GUARDS, maxHosts: 5 };
    const answer = (etag: string) => ({ body, response: { headers: { get: () => etag } } });
    const get = jest.fn(async () => answer('"1"'));
    const put = jest.fn(async () => answer('"2"'));
    const api = setupApi({ get, put } as unknown as Pick<
      HttpStart,
      'get' | 'post' | 'put' | 'patch'
    >);
    const stored = await api.guards();
    expect(stored).toEqual({ settings: body, etag: '"1"' });
    expect(await api.saveGuards(stored)).toEqual({ settings: body, etag: '"2"' });
    expect(put).toHaveBeenCalledWith(
      '/api/sentinelone_response/settings',
      expect.objectContaining({ headers: { 'if-match': '"1"' }, body: JSON.stringify(body) })
    );
  });
});
