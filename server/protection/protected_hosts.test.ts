import * as fc from 'fast-check';
import {
  DEFAULT_PROTECTION_SETTINGS,
  protectionSettingsCodec,
  PROTECTED_FIELDS,
  type ProtectedField,
} from '../../common/hosts/protection_settings';
import { decode } from '../../common/lib/validation';
import { agentOf, type AgentInFull } from '../sentinelone_client/decode_agent';
import { isProtectedBy } from './protected_hosts';

const ENTRY = {
  id: '1834780238610855645',
  uuid: '0efd7bcfd285450885e05bd8d5bf2ba7',
  computerName: 'DC-01.corp.example',
  siteName: 'Data center',
  groupName: 'Domain controllers',
  externalIp: '203.0.113.9',
  networkInterfaces: [
    { inet: ['10.20.0.9'], inet6: ['2001:db8:20::9', 'fe80::9%eth0'] },
    { inet: '192.168.7.9', inet6: null },
    null,
  ],
  tags: { sentinelone: [{ key: 'Tier', value: 'Critical' }, { key: 'Owner' }, 'plain', null] },
};
const agent = agentOf(ENTRY)!;

it.each<[ProtectedField, string, boolean]>([
  ['name', 'dc-*', true],
  ['name', 'DC-01', false],
  ['agentId', '18347*', true],
  ['uuid', '0EFD7BCFD285450885E05BD8D5BF2BA7', true],
  ['site', 'data ?enter', true],
  ['group', 'domain*', true],
  ['group', 'servers', false],
  ['tag', 'critical', true],
  ['tag', 'tier:critical', true],
  ['tag', 'owner', true],
  ['tag', 'plain', true],
  ['tag', 'other', false],
  ['ip', '10.20.0.0/16', true],
  ['ip', '192.168.7.*', true],
  ['ip', '203.0.113.9', true],
  ['ip', '2001:db8:20:0:0:0:0:9', true],
  ['ip', '2001:db8:20:*', true],
  ['ip', '2001:db8:20:0:0:0:0:?', true],
  ['ip', '2001:db8:20::*', true],
  ['ip', '2001:0db8:0020:*', true],
  ['ip', 'fe80::/10', true],
  ['ip', 'fe80::?', true],
  ['ip', 'FE80:0000:*', true],
  ['ip', '2001:db8:21::*', false],
  ['ip', '10.21.0.0/16', false],
])('%s %s: %s', (field, pattern, expected) => {
  expect(isProtectedBy(agent, { field, pattern })).toBe(expected);
});

it.each([null, undefined, 7, 'text', [], {}, [[]], { sentinelone: {} }])(
  'does not stumble over %p',
  (odd) => {
    const read = agentOf({ id: '1', networkInterfaces: odd, tags: odd, externalIp: odd })!;
    for (const field of PROTECTED_FIELDS) {
      expect(isProtectedBy(read, { field, pattern: '203.0.113.77' })).toBe(false);
    }
  }
);

it('matches everything with "*", including missing values', () => {
  const silent = agentOf({ id: '1' })!;
  for (const field of ['name', 'uuid', 'site', 'group', 'tag'] as const) {
    expect(isProtectedBy(silent, { field, pattern: '*' })).toBe(true);
  }
});

it('protects an agent by every pattern from its own values', () => {
  const valuesOf: Record<ProtectedField, (one: AgentInFull) => readonly string[]> = {
    name: ({ computerName }) => [computerName!],
    agentId: ({ id }) => [id],
    uuid: ({ uuid }) => [uuid!],
    site: ({ siteName }) => [siteName!],
    group: ({ groupName }) => [groupName!],
    tag: ({ tags }) => tags,
    // A zone is no part of an address: no pattern is made of one.
    ip: ({ addresses }) => addresses.map((address) => address.split('%')[0]!),
  };
  fc.assert(
    fc.property(
      fc.constantFrom(...PROTECTED_FIELDS),
      fc.nat(),
      fc.infiniteStream(fc.constantFrom('keep', 'upper', 'one', 'many')),
      (field, which, changes) => {
        const values = valuesOf[field](agent);
        const value = values[which % values.length]!;
        const pattern = [...value]
          .map((letter) => {
            const change = changes.next().value;
            if (change === 'one') return '?';
            if (change === 'many') return '*';
            return change === 'upper' ? letter.toUpperCase() : letter;
          })
          .join('');
        fc.pre(pattern.trim() === pattern);
        const guards = { ...DEFAULT_PROTECTION_SETTINGS, protectedHosts: [{ field, pattern }] };
        expect(decode(protectionSettingsCodec, guards).ok).toBe(true);
        expect(isProtectedBy(agent, { field, pattern })).toBe(true);
      }
    ),
    { numRuns: 2_000 }
  );
});

it('protects a host with invisible characters in its name by a copied pattern', () => {
  const named = (computerName: string) => agentOf({ ...ENTRY, computerName })!;
  const host = named('dc\u00ad-01');
  expect(isProtectedBy(host, { field: 'name', pattern: 'dc\u00ad-01' })).toBe(true);
  expect(isProtectedBy(host, { field: 'name', pattern: 'dc*' })).toBe(true);
  expect(isProtectedBy(host, { field: 'name', pattern: 'dc-01' })).toBe(false);
});

it('matches the end of a name that is too long to be shown completely', () => {
  const long = agentOf({ ...ENTRY, computerName: `${'a'.repeat(40_000)}-prod` })!;
  expect(isProtectedBy(long, { field: 'name', pattern: '*-prod' })).toBe(true);
  expect(isProtectedBy(long, { field: 'name', pattern: '*-test' })).toBe(false);
});
