import * as fc from 'fast-check';
import { connectorConfigCodec } from '../api/connector';
import { tenantIn, tenantOf } from './tenant';

it.each([
  ['https://example.sentinelone.net', 'https://example.sentinelone.net'],
  ['https://example.sentinelone.net/', 'https://example.sentinelone.net'],
  ['HTTPS://Example.SentinelOne.net:443', 'https://example.sentinelone.net'],
  ['https://example.sentinelone.net.', 'https://example.sentinelone.net'],
  ['https://example.sentinelone.net.:8443/', 'https://example.sentinelone.net:8443'],
  ['http://127.0.0.1:9911', 'http://127.0.0.1:9911'],
])('%s leads to %s', (url, tenant) => {
  expect(tenantOf(url)).toBe(tenant);
  expect(tenantOf(tenant)).toBe(tenant);
  expect(tenantIn({ url })).toBe(tenant);
});

it.each([undefined, null, {}, { url: 7 }, { url: 'example' }, 'https://example.net'])(
  'finds no tenant in %j',
  (config) => {
    expect(tenantIn(config)).toBeUndefined();
  }
);

it('returns a tenant for every URL that a connector can have', () =>
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ['https'] }), (url) => {
      const { origin } = new URL(url);
      fc.pre(connectorConfigCodec.is({ url: origin }));
      expect(tenantIn({ url: origin })).toBe(tenantOf(origin));
    })
  ));
