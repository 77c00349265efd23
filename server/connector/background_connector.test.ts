import type { EncryptedSavedObjectsClient } from '@kbn/encrypted-saved-objects-plugin/server';
import { CONNECTOR_TYPE_ID } from '../../common/lib/constants';
import { reasonText } from '../../common/actions/describe_reason';
import { type BackgroundPorts, createReadOnlyClient } from './background_connector';

const TENANT = 'https://example.sentinelone.net';

class CannotDecrypt extends Error {}
const notFound = Object.assign(new Error('Not found'), { output: { statusCode: 404 } });

/** A Kibana that answers like this when it is asked for a connector with its secrets. */
function kibana(
  answer: () => unknown,
  nameOf: BackgroundPorts['nameOf'] = async () => 'Production'
) {
  const warnings: string[] = [];
  const asked: unknown[] = [];
  const encrypted = {
    getDecryptedAsInternalUser: async (...args: unknown[]) => {
      asked.push(args);
      return { attributes: answer() };
    },
  } as unknown as EncryptedSavedObjectsClient;
  const ports = {
    preconfigured: [],
    encrypted,
    isEncryptionError: (error: Error) => error instanceof CannotDecrypt,
    nameOf,
    services: {},
    gateOf: () => ({}),
    configurationUtilities: { getResponseSettings: () => ({ timeout: 60_000 }) },
    logger: { warn: (message: string) => void warnings.push(message) },
  } as unknown as BackgroundPorts;
  return { of: createReadOnlyClient(ports), warnings, asked };
}
const throws = (error: Error) => () => {
  throw error;
};

const connectorTo = (url: string) => ({
  actionTypeId: CONNECTOR_TYPE_ID,
  config: { url },
  secrets: { token: 'a-token' },
});

it('logs the connector whose token cannot be decrypted, why, and what to do', async () => {
  const { of, warnings, asked } = kibana(throws(new CannotDecrypt('Unable to decrypt "secrets"')));
  const found = await of('id-1', 'ops', TENANT);
  if (found.ok) throw new Error('There is a reader');
  const { reason, detail } = found.problem;
  expect(reason).toBe('no_connector');
  expect(detail).toMatch(/decrypt the API token of the connector "Production".*encryptionKey/);
  expect(warnings.join()).toContain(detail);
  expect(asked).toEqual([['action', 'id-1', { namespace: 'ops' }]]);
  const { what, todo } = reasonText(reason, 'isolate', { detail: detail! });
  expect(`${what} ${todo}`).toMatch(
    /no usable SentinelOne Response connector\. Kibana cannot decrypt.*enter the token/
  );
});

it('logs the id of the connector if its name cannot be read', async () => {
  const { of } = kibana(throws(new CannotDecrypt('')), async () => {
    throw new Error('no shards');
  });
  expect(await of('id-1', undefined, TENANT)).toMatchObject({
    problem: { reason: 'no_connector', detail: expect.stringContaining('"id-1"') },
  });
});

it.each([
  ['deleted', throws(notFound), 'no longer exists'],
  ['of another type', () => ({ actionTypeId: '.sentinelone' }), 'no longer exists'],
  ['not readable', throws(new Error('no shards')), 'read the connector "Production": no shards'],
  ['without a token', () => ({ actionTypeId: CONNECTOR_TYPE_ID, config: {}, secrets: {} }), ''],
  [
    'of another tenant by now',
    () => connectorTo('https://other.sentinelone.net'),
    'no longer belongs to the tenant',
  ],
  ['of another port', () => connectorTo(`${TENANT}:8443`), 'no longer belongs to the tenant'],
])('gives the reason, and no reader, for a connector that is %s', async (_, answer, detail) => {
  const found = await kibana(answer).of('id-1', undefined, TENANT);
  expect(found).toMatchObject({
    ok: false,
    problem: { reason: 'no_connector', detail: expect.stringContaining(detail) },
  });
});

it.each([TENANT, `${TENANT}/`, 'https://EXAMPLE.sentinelone.net:443'])(
  'reads through a connector that leads to the tenant, as %s',
  async (url) => {
    const { of } = kibana(() => connectorTo(url));
    expect((await of('id-1', undefined, TENANT)).ok).toBe(true);
  }
);
