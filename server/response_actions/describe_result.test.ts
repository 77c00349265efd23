import * as fc from 'fast-check';
import { ACTIONS, OUTCOMES, REASONS, type HostResult } from '../../common/outcome';
import { actionIdIn, describeResult } from './describe_result';

const ID = '6a0879cc-c7f0-4229-bffa-6d076f88b95d';

it('counts the hosts, and names those that it did not go well for', () => {
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
  expect(actionIdIn(message)).toBe(ID);
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

it('is a sentence that no name and no detail can change', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...ACTIONS),
      fc.array(host, { minLength: 1, maxLength: 15 }),
      (action, hosts) => {
        const message = describeResult(action, { actionId: ID, hosts });
        const harmless = hosts.map((one) => ({
          ...one,
          uuid: one.uuid === null ? null : 'x',
          name: one.name === null ? null : 'x',
          detail: 'x',
        }));
        expect(skeletonOf(message)).toBe(
          skeletonOf(describeResult(action, { actionId: ID, hosts: harmless }))
        );
        expect(message).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(actionIdIn(message)).toBe(ID);
      }
    )
  ));
