import * as fc from 'fast-check';
import type { ElasticsearchClient } from '@kbn/core/server';
import { unverifiedAlerts } from './verify_alerts';

/** Elasticsearch as somebody who can read these alerts. */
function readable(alertIds: readonly string[]) {
  const asked: Array<{ readonly parameters: Record<string, unknown>; readonly options: unknown }> =
    [];
  const search = async (parameters: Record<string, unknown>, options: unknown) => {
    asked.push({ parameters, options });
    const { values } = (parameters.query as { ids: { values: readonly string[] } }).ids;
    const found = values.filter((id) => alertIds.includes(id)).slice(0, Number(parameters.size));
    return { hits: { hits: found.map((_id) => ({ _id, _index: 'alerts' })) } };
  };
  return { asked, esClient: { search } as unknown as ElasticsearchClient };
}
const failing = {
  search: () => Promise.reject(new Error('403')),
} as unknown as ElasticsearchClient;

const ids = fc.array(fc.stringMatching(/^[a-f0-9]{1,3}$/), { maxLength: 60 });

it('returns each alert once that the caller cannot read, with one search', () =>
  fc.assert(
    fc.asyncProperty(ids, ids, async (named, known) => {
      const { esClient, asked } = readable(known);
      const unverified = await unverifiedAlerts(esClient, 'ops', named);
      expect(unverified).toEqual([...new Set(named)].filter((id) => !known.includes(id)));
      expect(asked).toHaveLength(named.length === 0 ? 0 : 1);
    })
  ));

it('searches the alerts of the space, reads no fields, and does not wait long', async () => {
  const { esClient, asked } = readable([]);
  await unverifiedAlerts(esClient, 'ops', ['a']);
  expect(asked).toMatchObject([
    {
      parameters: { index: '.alerts-security.alerts-ops', _source: false },
      options: { requestTimeout: 2_000, maxRetries: 0 },
    },
  ]);
});

it('treats no alert as verified if Elasticsearch does not respond', async () => {
  expect(await unverifiedAlerts(failing, 'default', ['a', 'b', 'a'])).toEqual(['a', 'b']);
});
