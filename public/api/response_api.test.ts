import { httpError, refusal } from '../../test/ui/http_error';
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

it('asks each route for its own version', async () => {
  const { api, calls } = httpThat(() => Promise.resolve({}));
  const { signal } = new AbortController();
  await api.alerts({ page: 2, search: 'web' }, signal);
  await api.alert('a/b c', signal);
  await api.alertsHosts(['1', '2'], signal);
  await api.connection(signal);
  await api.hostsStatus([{ uuid: 'u' }], signal);
  await api.act('isolate', PARAMS);
  await api.act('release', PARAMS);
  const version = '1';
  const body = (value: unknown) => JSON.stringify(value);
  expect(calls).toEqual([
    ['GET', `${BASE}/alerts`, { version, query: { page: 2, search: 'web' }, signal }],
    ['GET', `${BASE}/alerts/a%2Fb%20c`, { version, signal }],
    ['POST', `${BASE}/alerts/_hosts`, { version, body: body({ alertIds: ['1', '2'] }), signal }],
    ['GET', `${BASE}/connection`, { version, signal }],
    ['POST', `${BASE}/hosts/_status`, { version, body: body({ agents: [{ uuid: 'u' }] }), signal }],
    ['POST', `${BASE}/hosts/_isolate`, { version, body: body(PARAMS) }],
    ['POST', `${BASE}/hosts/_release`, { version, body: body(PARAMS) }],
  ]);
});

it.each([409, 422])(
  'takes what became of each host from an answer with status %i',
  async (status) => {
    const { api } = httpThat(() => Promise.reject(httpError(status, RESULT)));
    expect(await api.act('isolate', PARAMS)).toEqual(RESULT);
  }
);

it.each([
  ['a refusal', refusal(409, 'no_connector')],
  ['no answer', httpError()],
  ['an answer that is no object', httpError(502, 'Bad Gateway')],
  ['an empty answer', httpError(500, null)],
])('rejects with %s', async (_, error) => {
  const { api } = httpThat(() => Promise.reject(error));
  await expect(api.act('isolate', PARAMS)).rejects.toBe(error);
});
