import * as fc from 'fast-check';
import { attachBodyCodec } from './cases';
import { hostActionParamsCodec } from './connector';
import { LIMITS } from '../lib/constants';
import { decode } from '../lib/validation';

/** Ids of cases, wherever they come from. */

const params = (caseIds: unknown) => ({
  hosts: [{ agentId: '1001' }],
  comment: 'why',
  caseIds,
});
const isGoodId = (value: unknown): boolean =>
  typeof value === 'string' && /^\S{1,512}$/.test(value);

const id = fc.oneof(
  fc.uuid(),
  fc.fullUnicodeString({ maxLength: 20 }),
  fc.constantFrom('', ' ', '\n', 'a b', 'x'.repeat(512), 'x'.repeat(513), '../..', 'c,d', '*')
);
const anything = fc.oneof(id, fc.anything());

it('accepts a list of valid ids, and names the field of each invalid one', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 5 }), (caseIds) => {
      const bad = caseIds.findIndex((one) => !isGoodId(one));
      const decoded = decode(hostActionParamsCodec, params(caseIds));
      expect(decoded.ok).toBe(bad < 0);
      if (decoded.ok) expect(decoded.value.caseIds).toEqual(caseIds);
      else {
        expect(decoded.problems[0]?.field).toBe(`caseIds[${bad}]`);
        expect(decoded.problems[0]?.message).toContain('the id of a case');
      }
      if (caseIds.length > 0) {
        expect(decode(attachBodyCodec, { caseIds }).ok).toBe(bad < 0);
      }
    })
  );
});

it('accepts only a list, up to its maximum length', () => {
  fc.assert(
    fc.property(fc.anything(), (caseIds) => {
      fc.pre(caseIds !== undefined && !Array.isArray(caseIds));
      const decoded = decode(hostActionParamsCodec, params(caseIds));
      expect(decoded.ok).toBe(false);
      if (!decoded.ok) expect(decoded.problems[0]?.field).toBe('caseIds');
    })
  );
  const many = (count: number) => params(Array.from({ length: count }, (_, n) => `c${n}`));
  expect(decode(hostActionParamsCodec, many(LIMITS.casesPerAction)).ok).toBe(true);
  expect(decode(hostActionParamsCodec, many(LIMITS.casesPerAction + 1)).ok).toBe(false);
  expect(decode(hostActionParamsCodec, params(undefined)).ok).toBe(true);
  expect(decode(attachBodyCodec, { caseIds: [] }).ok).toBe(false);
});
