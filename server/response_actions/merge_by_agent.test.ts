import * as fc from 'fast-check';
import type { HostReference } from '../../common/api/connector';
import { agentWith } from '../../test/helpers/sample_hosts';
import { mergeByAgent, type NamedProgress, type Progress } from './merge_by_agent';

const agent = agentWith({ id: '1', uuid: 'a', computerName: 'web-1' });
const named = { uuid: 'a', agentId: '1', name: 'web-1' };

const send = (reference: HostReference): NamedProgress => ({
  reference,
  progress: { kind: 'send', agent },
});
const end = (
  reference: HostReference,
  result: Partial<Extract<Progress, { kind: 'end' }>['result']>
): NamedProgress => ({
  reference,
  progress: { kind: 'end', result: { ...named, outcome: 'refused', ...result } },
});
const MISMATCH = { reason: 'mismatch', detail: 'The alert calls it x' } as const;

describe('mergeByAgent', () => {
  it('states that a contradiction may be intentional, in any order', () => {
    const good = send({ uuid: 'a', name: 'web-1' });
    const bad = end({ uuid: 'a', name: 'x' }, MISMATCH);
    for (const namings of [
      [good, bad],
      [bad, good],
    ]) {
      expect(mergeByAgent(namings, {})).toEqual([
        {
          kind: 'end',
          result: {
            ...named,
            outcome: 'refused',
            reason: 'mismatch',
            detail: expect.stringMatching(
              /^The alert calls it x\. Another part of the request names this host without a contradiction\. .*on purpose/
            ),
          },
        },
      ]);
    }
  });

  it('does not state it if no reference matches, or for other reasons', () => {
    const bad = end({ uuid: 'a', name: 'x' }, MISMATCH);
    expect(mergeByAgent([bad, bad], {})).toEqual([bad.progress]);
    const gone = end({ uuid: 'a' }, { reason: 'decommissioned' });
    expect(mergeByAgent([gone, send({ agentId: '1' })], {})).toEqual([gone.progress]);
  });

  it('keeps a refusal if another reference of the host is unchanged', () => {
    const bad = end({ uuid: 'a', name: 'x' }, MISMATCH);
    const there = end({ agentId: '1' }, { outcome: 'unchanged' });
    const [merged] = mergeByAgent([there, bad], {});
    expect(merged).toMatchObject({ result: { outcome: 'refused', reason: 'mismatch' } });
  });

  it('sends the command only to agents with two identifiers, if required', () => {
    const field = fc.record(
      {
        uuid: fc.constant('a'),
        agentId: fc.constant('1'),
        name: fc.constant('web-1'),
        names: fc.constant(['web-1', 'web-2']),
      },
      { requiredKeys: [] }
    );
    const reference = field.filter(({ uuid, agentId }) => (uuid ?? agentId) !== undefined);
    fc.assert(
      fc.property(fc.array(reference, { minLength: 1, maxLength: 4 }), (references) => {
        const [merged] = mergeByAgent(references.map(send), { mustBeNamedTwice: true });
        const has = (key: keyof (typeof references)[number]) =>
          references.some((one) => one[key] !== undefined);
        const things = [has('uuid'), has('agentId'), has('name') || has('names')];
        expect(merged!.kind).toBe(things.filter(Boolean).length > 1 ? 'send' : 'end');
        expect(mergeByAgent(references.map(send), {})).toHaveLength(1);
        expect(mergeByAgent(references.map(send), {})[0]!.kind).toBe('send');
      })
    );
  });
});
