import * as fc from 'fast-check';
import { httpError, refusal } from '../../test/helpers/ui/http_error';
import { responseApi } from './response_api';

const BASE = '/internal/sentinelone_response';
const RESULT = { actionId: 'a', hosts: [] };
const PARAMS = { hosts: [{ uuid: 'u' }], comment: 'why' };

function httpThat(answer: () => Promise<unknown>) {
  const calls: unknown[][] = [];
  const handler =
    (method: string) =>
    <A>(path: string, options?: object): Promise<A> => {
      calls.push([method, path, options]);
      return answer() as Promise<A>;
    };
  return { calls, api: responseApi({ get: handler('GET'), post: handler('POST') }) };
}

it('requests the version of each route', async () => {
  const { api, calls } = httpThat(() => Promise.resolve({}));
  const { signal } = new AbortController();
  await api.alerts({ page: 2, search: 'web' }, signal);
  await api.alert('a/b c', signal);
  await api.alertsHosts(['1', '2'], signal);
  await api.connection(signal);
  await api.hostsStatus([{ uuid: 'u' }], { signal });
  await api.hostsStatus([{ uuid: 'u' }], { signal, fresh: true });
  await api.performAction('isolate', PARAMS);
  await api.performAction('release', PARAMS);
  const version = '1';
  const body = (value: unknown) => JSON.stringify(value);
  expect(calls).toEqual([
    ['GET', `${BASE}/alerts`, { version, query: { page: 2, search: 'web' }, signal }],
    ['GET', `${BASE}/alerts/a%2Fb%20c`, { version, signal }],
    ['POST', `${BASE}/alerts/_hosts`, { version, body: body({ alertIds: ['1', '2'] }), signal }],
    ['GET', `${BASE}/connection`, { version, signal }],
    ['POST', `${BASE}/hosts/_status`, { version, body: body({ agents: [{ uuid: 'u' }] }), signal }],
    [
      'POST',
      `${BASE}/hosts/_status`,
      { version, body: body({ agents: [{ uuid: 'u' }], fresh: true }), signal },
    ],
    ['POST', `${BASE}/hosts/_isolate`, { version, body: body(PARAMS) }],
    ['POST', `${BASE}/hosts/_release`, { version, body: body(PARAMS) }],
  ]);
});

it.each([409, 422])(
  'returns the result of each host from an answer with status %i',
  async (status) => {
    const { api } = httpThat(() => Promise.reject(httpError(status, RESULT)));
    expect(await api.performAction('isolate', PARAMS)).toEqual(RESULT);
  }
);

it.each([
  ['a refusal', refusal(409, 'no_connector')],
  ['no answer', httpError()],
  ['an answer that is no object', httpError(502, 'Bad Gateway')],
  ['an empty answer', httpError(500, null)],
])('rejects with %s', async (_, error) => {
  const { api } = httpThat(() => Promise.reject(error));
  await expect(api.performAction('isolate', PARAMS)).rejects.toBe(error);
});

describe('an invalid id', () => {
  const ACTION_ID = '3b241101-e2bb-4255-8caf-4136c566a962';

  it.each(['_summary', '_csv', '..', '', `${ACTION_ID}/_attach`, '../alerts/a', 'x\u202e'])(
    'of an action: %j sends no request',
    async (id) => {
      const { api, calls } = httpThat(() => Promise.resolve({}));
      await expect(api.action(id)).rejects.toMatchObject({ response: { status: 404 } });
      await expect(api.attach(id, ['c'])).rejects.toMatchObject({ response: { status: 404 } });
      expect(calls).toEqual([]);
    }
  );

  it.each(['', '.', '..', 'half \ud83d'])(
    'of an alert: %j sends no request to another route',
    async (id) => {
      const { api, calls } = httpThat(() => Promise.resolve({}));
      await expect(api.alert(id)).rejects.toMatchObject({ response: { status: 404 } });
      expect(calls).toEqual([]);
    }
  );

  it('stays within its own segment of the path, with any content', () => {
    fc.assert(
      fc.property(fc.fullUnicodeString({ minLength: 1 }), (id) => {
        const { api, calls } = httpThat(() => Promise.resolve({}));
        void api.alert(id).catch(() => {});
        for (const [, path] of calls) {
          const { pathname } = new URL(String(path), 'http://kibana');
          expect(pathname.startsWith(`${BASE}/alerts/`)).toBe(true);
          expect(decodeURIComponent(pathname.slice(`${BASE}/alerts/`.length))).toBe(id);
        }
      }),
      { numRuns: 1000 }
    );
  });

  it('of an action is a UUID', async () => {
    const { api, calls } = httpThat(() => Promise.resolve({}));
    await api.action(ACTION_ID);
    expect(calls).toEqual([['GET', `${BASE}/actions/${ACTION_ID}`, { version: '1' }]]);
  });
});
