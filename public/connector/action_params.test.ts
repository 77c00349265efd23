import * as fc from 'fast-check';
import { SUB_ACTION } from '../../common/lib/constants';
import { validateParams, type ActionParams } from './action_params';

const SUB_ACTIONS = [...Object.values(SUB_ACTION), 'isolateHost', 'releaseHost'];
const anyParams = fc.record(
  {
    subAction: fc.oneof(fc.constantFrom(...SUB_ACTIONS), fc.string()),
    subActionParams: fc.record(
      { comment: fc.fullUnicodeString({ maxLength: 2_100 }) },
      { requiredKeys: [] }
    ),
  },
  { requiredKeys: [] }
) as fc.Arbitrary<Partial<ActionParams>>; // what was saved once may be anything

it('lets a rule be saved exactly with an action on hosts and a comment that fits', async () => {
  await fc.assert(
    fc.asyncProperty(anyParams, async (params) => {
      const { errors } = await validateParams(params);
      const { subAction, subActionParams: { comment = '' } = {} } = params;
      const isAction = subAction === 'isolateHost' || subAction === 'releaseHost';
      const fits = comment.trim() !== '' && comment.length <= 2_000;
      const isSuccess = subAction === 'testConnection' || (isAction && fits);
      expect(Object.keys(errors).length === 0).toBe(isSuccess);
    }),
    { numRuns: 2_000 }
  );
});

it('says what is wrong with which field', async () => {
  expect(await validateParams({})).toEqual({
    errors: {
      subAction: ['Choose what to do with the hosts.'],
      comment: ['A comment is required: it goes on record.'],
    },
  });
  const tooLong = { subAction: 'isolateHost', subActionParams: { comment: 'x'.repeat(2_001) } };
  expect(await validateParams(tooLong as ActionParams)).toEqual({
    errors: { comment: ['At most 2,000 characters.'] },
  });
});
