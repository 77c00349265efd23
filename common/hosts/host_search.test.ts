import * as fc from 'fast-check';
import { hostsQueryCodec } from '../api/hosts';
import { decode } from '../lib/validation';
import {
  detectSearchKind,
  HOST_SEARCH_CODECS,
  HOST_SEARCH_KINDS,
  ipFilterCodec,
  isWholeIp,
  userFilterCodec,
} from './host_search';

it.each([
  ['web-1', 'name'],
  ['pc-1.corp.example', 'name'],
  ['10', 'name'],
  ['2024', 'name'],
  ['Anna’s MacBook', 'name'],
  ['jdoe', 'name'],
  ['10.1.2.3', 'ip'],
  ['10.1.', 'ip'],
  ['10.', 'ip'],
  ['192.168', 'ip'],
  ['300.1.2.3', 'name'],
  ['1.2.3.4.5', 'name'],
  ['0efd7bcfd285450885e05bd8d5bf2ba7', 'uuid'],
  ['0EFD7BCF-D285-4508-85E0-5BD8D5BF2BA7', 'uuid'],
  ['0efd7bcfd285450885e05bd8d5bf2ba', 'name'],
  ['1834780238610855645', 'agentId'],
])('detects what %s is', (text, kind) => {
  expect(detectSearchKind(text)).toBe(kind);
});

it('detects a kind that accepts the text, if there is one', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.ipV4(), fc.uuid(), fc.bigUintN(60).map(String)),
      (text) => {
        const kind = detectSearchKind(text);
        const accepts = HOST_SEARCH_KINDS.filter((one) => HOST_SEARCH_CODECS[one].is(text));
        expect(kind === 'name' || accepts.includes(kind)).toBe(true);
      }
    )
  );
});

it.each(['10.1.2.3', '10.1.', '.1.2', '10.', '0.0.0.0', '255.255.255.255'])(
  'takes %s for an IPv4 address or a part of one',
  (text) => expect(ipFilterCodec.is(text)).toBe(true)
);
it.each(['', '.', '..', '10', '256.1.', '1.2.3.4.5', '10.1.2.3/24', 'fe80::1', '10,1.', ' 10.1.'])(
  'does not take %j for one',
  (text) => expect(ipFilterCodec.is(text)).toBe(false)
);
it('distinguishes a whole address from a part of one', () => {
  expect(['10.1.2.3', '10.1.2.', '.1.2.3', '10.1.2'].map(isWholeIp)).toEqual([
    ...[true, false, false, false],
  ]);
});
it.each(['', ' ', ' ann', 'ann ', 'a,b', 'a\nb', 'a\u202eb', 'x'.repeat(257)])(
  'does not take %j for a part of a user name',
  (text) => expect(userFilterCodec.is(text)).toBe(false)
);

describe('the query of hosts', () => {
  const problemOf = (query: object) => {
    const decoded = decode(hostsQueryCodec, query);
    return decoded.ok ? undefined : decoded.problems.map(({ message }) => message).join(' ');
  };
  it('is validated by the kind of its text, chosen or detected', () => {
    expect(problemOf({})).toBeUndefined();
    expect(problemOf({ search: ' web ' })).toBeUndefined();
    expect(problemOf({ search: '10.1.2.3', kind: 'name' })).toBeUndefined();
    expect(problemOf({ search: 'fe80::1', kind: 'ip' })).toMatch(
      /\[search\]: got "fe80::1"; .*an IPv4 address or a part of one/
    );
    expect(problemOf({ search: 'a,b', kind: 'user' })).toMatch(/\[search\]: .*no commas/);
    expect(problemOf({ search: 'x', kind: 'uuid' })).toBeUndefined();
    expect(problemOf({ search: 'web 1', kind: 'uuid' })).toMatch(/\[search\]: .*agent UUID/);
    expect(problemOf({ kind: 'ip' })).toMatch(/\[kind\]: got "ip"; accepted only with a search/);
  });
});
