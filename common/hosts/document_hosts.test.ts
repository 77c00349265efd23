import * as fc from 'fast-check';
import { agentIdCodec } from './agent';
import { LIMITS } from '../lib/constants';
import { ID_FIELDS, UUID_FIELDS, type HostField } from './data_streams';
import { hostsOfDocument, namedHostOf } from './document_hosts';

type Fields = Readonly<Record<string, unknown>>;

/** The hosts of a document with these fields, each a value or a list. */
const read = (fields: Fields) =>
  hostsOfDocument((field: HostField) => [fields[field]].flat().filter((one) => one != null));

const UUID = '0efd7bcfd285450885e05bd8d5bf2ba7';
const OTHER_UUID = 'eb655be8be894dae97711ebb9a9091ae';
const ID = '1834780238610855645';

describe('a document of one stream', () => {
  it.each<[string, Fields, Partial<Record<'agentUuid' | 'agentId' | 'hostName', string | null>>]>([
    [
      'alert',
      {
        'event.dataset': 'sentinel_one.alert',
        'observer.serial_number': UUID,
        'sentinel_one.alert.agent.id': ID,
        'host.id': '12',
        'host.name': 'web-1',
      },
      { agentUuid: UUID, agentId: ID, hostName: 'web-1' },
    ],
    [
      'threat',
      {
        'event.dataset': 'sentinel_one.threat',
        'sentinel_one.threat.agent.uuid': UUID,
        'sentinel_one.threat.agent.id': ID,
        'host.name': 'web-1',
      },
      { agentUuid: UUID, agentId: ID, hostName: 'web-1' },
    ],
    [
      'unified_alert',
      {
        'data_stream.dataset': 'sentinel_one.unified_alert',
        'observer.serial_number': UUID,
        'sentinel_one.unified_alert.assets.id': 'masked00asset000000000001',
        'host.name': 'web-1',
      },
      { agentUuid: UUID, agentId: null, hostName: 'web-1' },
    ],
    [
      'threat_event, not the name of the machine that collected it',
      {
        'event.dataset': 'sentinel_one.threat_event',
        'sentinel_one.threat_event.agent.uuid': UUID,
        'sentinel_one.threat_event.agent.id': ID,
        'sentinel_one.threat_event.agent.name': 'web-1',
        'host.name': 'collector',
      },
      { agentUuid: UUID, agentId: ID, hostName: 'web-1' },
    ],
    [
      'agent',
      {
        'event.dataset': 'sentinel_one.agent',
        'sentinel_one.agent.uuid': UUID,
        'sentinel_one.agent.agent.id': ID,
        'host.name': 'web-1',
      },
      { agentUuid: UUID, agentId: ID, hostName: 'web-1' },
    ],
    [
      'activity',
      {
        'event.dataset': 'sentinel_one.activity',
        'sentinel_one.activity.data.uuid': UUID,
        'sentinel_one.activity.agent.id': ID,
        'host.name': 'web-1',
      },
      { agentUuid: UUID, agentId: ID, hostName: 'web-1' },
    ],
    [
      'application',
      {
        'event.dataset': 'sentinel_one.application',
        'sentinel_one.application.endpoint_uuid': UUID,
        'sentinel_one.application.endpoint_id': ID,
        'host.name': 'web-1',
      },
      { agentUuid: UUID, agentId: ID, hostName: 'web-1' },
    ],
    [
      'application_risk, not the name of who marked it',
      {
        'event.dataset': 'sentinel_one.application_risk',
        'host.id': ID,
        'host.name': 'jane.doe@example.com',
        'resource.name': 'web-1',
      },
      { agentUuid: null, agentId: ID, hostName: 'web-1' },
    ],
    [
      'Cloud Funnel, not the name of the machine that read the bucket',
      {
        'event.dataset': 'sentinel_one_cloud_funnel.process',
        'sentinel_one_cloud_funnel.event.agent.uuid': UUID,
        'host.hostname': 'web-1',
        'host.name': 'collector',
        'host.id': '12',
      },
      { agentUuid: UUID, agentId: null, hostName: 'web-1' },
    ],
    [
      'threat_event, by its own field alone',
      { 'sentinel_one.threat_event.agent.uuid': UUID, 'host.name': 'collector' },
      { agentUuid: UUID, agentId: null, hostName: null },
    ],
    [
      'a stream that is new, by its module',
      { 'event.module': 'sentinel_one', 'host.id': ID, 'host.name': 'web-1' },
      { agentUuid: null, agentId: ID, hostName: 'web-1' },
    ],
    [
      'no stream at all',
      { 'observer.serial_number': UUID, 'host.id': '12', 'host.name': 'web-1' },
      { agentUuid: UUID, agentId: null, hostName: 'web-1' },
    ],
    [
      'another vendor',
      { 'event.dataset': 'system.auth', 'host.id': '12', 'host.name': 'web-1' },
      { agentUuid: null, agentId: null, hostName: 'web-1' },
    ],
  ])('%s', (_, fields, expected) => {
    expect(namedHostOf(read(fields))).toEqual(expected);
  });

  it('of a group identifies no agent', () => {
    const hosts = read({ 'event.dataset': 'sentinel_one.group', 'host.id': ID });
    expect(hosts).toEqual({ hosts: [], hostNames: [], unusableIds: [] });
  });

  it('is read from the first field with a usable value', () => {
    const fields = {
      'sentinel_one.threat.agent.id': 1.8e18,
      'event.dataset': 'sentinel_one.threat',
      'host.id': '1800000000000000018',
    };
    expect(read(fields)).toMatchObject({
      hosts: [{ agentId: '1800000000000000018' }],
      unusableIds: [],
    });
  });
});

describe('an id that is not a text', () => {
  const field = 'sentinel_one.threat.agent.id';

  it('identifies no host, and states why', () => {
    // As JSON.parse reads 1800000000000000018.
    const document = JSON.parse(`{"${field}": 1800000000000000018}`);
    expect(namedHostOf(read(document))).toEqual({
      agentUuid: null,
      agentId: null,
      hostName: null,
      unusableIds: [{ field, value: '1800000000000000000', problem: 'number' }],
    });
  });

  it('does not affect a valid UUID', () => {
    const named = namedHostOf(read({ [field]: 1.8e18, 'sentinel_one.threat.agent.uuid': UUID }));
    expect(named).toMatchObject({ agentUuid: UUID, agentId: null });
    expect(named.hosts).toBeUndefined();
  });

  it.each(['agent_004', ' 12', '1.8E18', '-1', '12,13', '*', true, { a: 1 }])(
    'names nobody as %j',
    (value) => {
      expect(read({ [field]: value })).toMatchObject({
        hosts: [],
        unusableIds: [{ field, problem: 'malformed' }],
      });
    }
  );

  it.each(['', ' ', null, []])('has no problem if it is %j', (value) => {
    expect(read({ [field]: value })).toMatchObject({ hosts: [], unusableIds: [] });
  });

  it('never becomes the id of an agent that the document does not name exactly', () => {
    const digits = fc.bigInt(0n, 10n ** 20n - 1n).map(String);
    // What is written in the document, as JSON.
    const written = fc.oneof(
      digits,
      fc.tuple(digits, fc.nat(9)).map(([whole, tenth]) => `${whole}.${tenth}`),
      digits.map((whole) => `-${whole === '0' ? '1' : whole}`),
      fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(22)).map(([n, e]) => `${n}e${e}`),
      fc.tuple(digits, fc.nat(20)).map(([whole, e]) => `0.${whole}e${e}`),
      digits.map((whole) => `"${whole}"`),
      digits.map((whole) => `" ${whole}"`),
      digits.map((whole) => `"${whole} "`),
      digits.map((whole) => `"${whole}.0"`)
    );
    const value = fc.oneof(
      written,
      fc.array(written, { maxLength: 3 }).map((items) => `[${items.join(',')}]`)
    );
    const fields = fc.dictionary(fc.constantFrom<string>(...ID_FIELDS, ...UUID_FIELDS), value, {
      maxKeys: 3,
    });
    fc.assert(
      fc.property(
        fields,
        fc.constantFrom('sentinel_one.threat', 'sentinel_one.alert', 'sentinel_one.agent', 'x'),
        (texts, dataset) => {
          const json = Object.entries(texts).map(([name, text]) => `"${name}":${text}`);
          const document = JSON.parse(`{${[...json, `"event.dataset":"${dataset}"`].join(',')}}`);
          const named = Object.values(texts).join(' ');
          for (const { agentId, agentUuid } of read(document).hosts) {
            // Only a text names an agent, and it names it by every one of its characters.
            if (agentId !== null) expect(named).toContain(`"${agentId}"`);
            if (agentId !== null) expect(agentIdCodec.is(agentId)).toBe(true);
            if (agentUuid !== null) expect(named).toContain(`"${agentUuid}"`);
          }
        }
      ),
      { numRuns: 3_000 }
    );
  });
});

describe('several values', () => {
  it('are several hosts, each with any of the names', () => {
    const hosts = read({
      'event.dataset': 'sentinel_one.alert',
      'observer.serial_number': [UUID, OTHER_UUID, UUID],
      'host.id': [ID],
      'host.name': ['a', 'b'],
    });
    const hostNames = ['a', 'b'];
    expect(hosts.hosts).toEqual([
      { agentUuid: UUID, agentId: null, hostNames },
      { agentUuid: OTHER_UUID, agentId: null, hostNames },
      { agentUuid: null, agentId: ID, hostNames },
    ]);
    expect(namedHostOf(hosts)).toMatchObject({
      agentUuid: null,
      agentId: null,
      hostName: null,
      hostNames,
      hosts: hosts.hosts,
    });
  });

  it('of only the name result in one agent that has to be chosen', () => {
    const hosts = read({ 'observer.serial_number': UUID, 'host.name': ['a', 'b'] });
    expect(namedHostOf(hosts)).toEqual({
      agentUuid: null,
      agentId: null,
      hostName: null,
      hostNames: ['a', 'b'],
      hosts: [{ agentUuid: UUID, agentId: null, hostNames: ['a', 'b'] }],
    });
  });

  it('of a name without an agent identify no hosts', () => {
    const named = namedHostOf(read({ 'host.name': ['a', 'b'] }));
    expect(named).toEqual({
      agentUuid: null,
      agentId: null,
      hostName: null,
      hostNames: ['a', 'b'],
    });
  });

  it('from several streams are all read', () => {
    const { hosts } = read({
      'event.dataset': ['sentinel_one.alert', 'sentinel_one.threat_event'],
      'observer.serial_number': UUID,
      'sentinel_one.threat_event.agent.uuid': OTHER_UUID,
    });
    expect(hosts.map(({ agentUuid }) => agentUuid)).toEqual([UUID, OTHER_UUID]);
  });

  it('are an aggregate if there are more than in an alert about hosts', () => {
    const many = Array.from({ length: LIMITS.hostsPerDocument + 1 }, (_, n) => `uuid-${n}`);
    const read101 = read({ 'observer.serial_number': many, 'host.name': many });
    expect(read101.hosts).toEqual([]);
    expect(read101.unusableIds).toEqual([
      { field: 'observer.serial_number', value: '101', problem: 'too_many' },
    ]);
    expect(read101.hostNames).toHaveLength(LIMITS.namesPerDocument);
  });
});

it('cuts long names so that different names stay different', () => {
  const long = 'x'.repeat(257);
  const { hostNames } = read({ 'host.name': long });
  expect(hostNames[0]!.length).toBeLessThanOrEqual(LIMITS.hostName);
  expect(hostNames[0]).toMatch(/^x{127}… \(257 characters\)$/);
  expect(read({ 'host.name': 'x'.repeat(256) }).hostNames).toEqual(['x'.repeat(256)]);
});

it('shows invisible characters of a name, so that it differs from others', () => {
  const { hostNames } = read({ 'observer.serial_number': UUID, 'host.name': ' srv-dc\u200b-01\n' });
  expect(hostNames).toEqual(['srv-dc\\u200b-01']);
});
