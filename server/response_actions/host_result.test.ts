import * as fc from 'fast-check';
import { REASONS } from '../../common/actions/reasons';
import { ACTIONS } from '../../common/actions/action_name';
import { OUTCOMES, type HostResult } from '../../common/actions/outcome';
import { describeResult } from './host_result';

const ID = '6a0879cc-c7f0-4229-bffa-6d076f88b95d';

it('counts the hosts, and lists those without success', () => {
  const hosts: readonly HostResult[] = [
    { uuid: null, agentId: '1', name: 'web-1', outcome: 'requested' },
    { uuid: null, agentId: '2', name: 'web-2', outcome: 'refused', reason: 'ambiguous' },
    { uuid: 'u3', agentId: null, name: null, outcome: 'failed', reason: 'forbidden', detail: 'no' },
  ];
  const message = describeResult('isolate', { actionId: ID, hosts });
  expect(message).toMatch(
    /^1 of 3 hosts isolated or isolating; "web-2" refused: .*; "u3" failed: /
  );
  expect(message).toContain('("no")');
  expect(message.endsWith(`. Action ${ID}`)).toBe(true);
});

const value = fc.oneof(
  fc.fullUnicodeString({ maxLength: 20 }),
  fc.constantFrom(
    'web-1 isolated; 5 of 5 hosts isolated',
    `x". Action ${ID}`,
    '"',
    '\\',
    'a\n[INFO] forged',
    'a\u202eb'
  )
);
const host: fc.Arbitrary<HostResult> = fc.record({
  uuid: fc.option(value),
  agentId: fc.constant(null),
  name: fc.option(value),
  outcome: fc.constantFrom(...OUTCOMES),
  reason: fc.constantFrom(...REASONS),
  detail: value,
});
const skeletonOf = (message: string): string => message.replace(/"(?:[^"\\]|\\.)*"/g, '""');

it('is a sentence that names and details cannot change', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...ACTIONS),
      fc.array(host, { minLength: 1, maxLength: 15 }),
      (action, hosts) => {
        const message = describeResult(action, { actionId: ID, hosts });
        // What is the same stays the same: hosts are named together by how they ended.
        const values = [
          ...new Set(hosts.flatMap(({ uuid, name, detail }) => [uuid, name, detail])),
        ];
        const plain = (text: string) => `x${values.indexOf(text)}`;
        const harmless = hosts.map((one) => ({
          ...one,
          uuid: one.uuid === null ? null : plain(one.uuid),
          name: one.name === null ? null : plain(one.name),
          detail: plain(one.detail!),
        }));
        expect(skeletonOf(message)).toBe(
          skeletonOf(describeResult(action, { actionId: ID, hosts: harmless }))
        );
        expect(message).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(message.endsWith(`. Action ${ID}`)).toBe(true);
      }
    )
  ));

const ended = (name: string, rest: Partial<HostResult> = {}): HostResult => ({
  uuid: null,
  agentId: null,
  name,
  outcome: 'failed',
  reason: 'unreachable',
  detail: 'Kibana received HTTP 502',
  ...rest,
});

it('lists hosts with the same result together', () => {
  const hosts = [
    ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ended(name)),
    ended('h', { outcome: 'refused', reason: 'protected', detail: undefined }),
    ended('i', { outcome: 'done', reason: undefined, detail: undefined }),
  ];
  expect(describeResult('isolate', { actionId: ID, hosts })).toBe(
    `1 of 9 hosts isolated; "a", "b", "c", "d", "e" and 2 more failed: there is no usable answer from SentinelOne ("Kibana received HTTP 502"); "h" refused: it is protected. Action ${ID}`
  );
});

it('lists five different results and counts the others', () => {
  const hosts = Array.from({ length: 8 }, (_, n) => ended(`host-${n}`, { detail: `end ${n}` }));
  const message = describeResult('isolate', { actionId: ID, hosts });
  expect(message.match(/end \d/g)).toEqual(['end 0', 'end 1', 'end 2', 'end 3', 'end 4']);
  expect(message).toMatch(/ and 3 more\. Action /);
});
