import type { ElasticsearchClient } from '@kbn/core/server';
import { callerOf, isAutomation, canIdentifyCallers, UNKNOWN_ACTOR } from './caller';

const license = (isAvailable: boolean, isEnabled: boolean) => ({
  isLicenseAvailable: () => isAvailable,
  isEnabled: () => isEnabled,
});

it.each([
  ['there is no security plugin', undefined, false],
  ['Elasticsearch runs without security', { license: license(true, false) }, false],
  ['Elasticsearch runs with security', { license: license(true, true) }, true],
  ['the security plugin has no licence in this version of Kibana', {}, true],
  // Kibana calls security not enabled then: nobody may pass for that.
  ['the licence is not known', { license: license(false, false) }, true],
])('when %s', (_, given, expected) => {
  expect(canIdentifyCallers(given)).toBe(expected);
});

describe('persons and automation', () => {
  const realm = (type: string) => ({ name: type, type });
  const answering = (answer: object) =>
    ({ security: { authenticate: async () => answer } }) as unknown as ElasticsearchClient;
  const said = (type: string, realmType: string, more: object = {}) => ({
    ...{ username: 'jdoe', roles: [], enabled: true, authentication_type: type },
    ...{ authentication_realm: realm(realmType), lookup_realm: realm(realmType) },
    ...more,
  });
  const apiKey = { api_key: { id: 'VuaCfGcBCdbkQm-e5aOx', name: 'Alerting: siem.queryRule/Rule' } };

  it.each([
    ['a password', said('realm', 'native')],
    ['single sign-on', said('token', 'saml')],
    ['a token after a password', said('token', 'file')],
    ['a realm of a plugin', said('realm', 'company')],
  ])('a caller with %s is', async (_, answer) => {
    expect(isAutomation(await callerOf(answering(answer)))).toBe(false);
  });

  it.each([
    ['an API key', said('api_key', '_es_api_key', apiKey)],
    ['a token that was made with an API key', said('token', '_es_api_key', apiKey)],
    ['such a token, by a version that does not name the key', said('token', '_es_api_key')],
    ['an API key that acts as a user', { ...said('api_key', 'native'), ...apiKey }],
    ['a service account', said('token', '_service_account', { token: { name: 't', type: 'x' } })],
    ['anonymous access', said('anonymous', '__anonymous')],
    ['a token of anonymous access', said('token', '__anonymous')],
    ['Elasticsearch itself', said('internal', '__attach')],
    ['another cluster', said('realm', '_cross_cluster_access')],
    ['a kind that is not known', said('passkey', 'native')],
    ['no realm', { ...said('realm', ''), authentication_realm: undefined }],
    ['a realm without a type', said('realm', '')],
  ])('a caller with %s is not', async (_, answer) => {
    expect(isAutomation(await callerOf(answering(answer)))).toBe(true);
  });

  it('records the realm, and the id and name of an API key', async () => {
    expect(await callerOf(answering(said('token', '_es_api_key', apiKey)))).toEqual({
      username: 'jdoe',
      authentication: 'token',
      realm: '_es_api_key',
      apiKey: 'Alerting: siem.queryRule/Rule',
      apiKeyId: 'VuaCfGcBCdbkQm-e5aOx',
    });
  });

  it('nobody is a person if Elasticsearch identifies nobody', async () => {
    await expect(callerOf(answering({ username: '' }))).rejects.toThrow(
      'did not identify the caller'
    );
  });

  it('every caller counts as a person without security', () => {
    expect(isAutomation(UNKNOWN_ACTOR)).toBe(false);
  });
});
