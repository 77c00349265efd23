import * as fc from 'fast-check';
import { commentCodec } from '../../common/api/connector';
import { SUB_ACTION } from '../../common/lib/constants';
import { visibleLines } from '../../common/lib/text';
import { anyComment } from '../../test/helpers/ui/arbitraries';
import { validateParams, type ActionParams } from './action_params';

const SUB_ACTIONS = [...Object.values(SUB_ACTION), 'isolateHost', 'releaseHost'];
const anyParams = fc.record(
  {
    subAction: fc.oneof(fc.constantFrom(...SUB_ACTIONS), fc.string()),
    subActionParams: fc.record({ comment: anyComment }, { requiredKeys: [] }),
  },
  { requiredKeys: [] }
) as fc.Arbitrary<Partial<ActionParams>>; // what was saved once may be anything

it('accepts exactly the parameters with an action on hosts and a valid comment', async () => {
  const seen = { accepted: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(anyParams, async (params) => {
      const { errors } = await validateParams(params);
      const { subAction, subActionParams: { comment = '' } = {} } = params;
      const isAction = subAction === 'isolateHost' || subAction === 'releaseHost';
      // A rule's comment is a template: the server escapes control characters when it renders it.
      const isAccepted = commentCodec.is(visibleLines(comment.slice(0, 2_001)));
      const isSuccess = subAction === 'testConnection' || (isAction && isAccepted);
      expect(Object.keys(errors).length === 0).toBe(isSuccess);
      if (isAction) seen[isAccepted ? 'accepted' : 'refused'] += 1;
    }),
    { numRuns: 2_000 }
  );
  expect(seen.accepted).toBeGreaterThan(50);
  expect(seen.refused).toBeGreaterThan(50);
});

it('reports the problem of each field', async () => {
  expect(await validateParams({})).toEqual({
    errors: {
      subAction: ['Select an action.'],
      comment: ['Enter a comment. It is saved with the action.'],
    },
  });
  const tooLong = { subAction: 'isolateHost', subActionParams: { comment: 'x'.repeat(2_001) } };
  expect(await validateParams(tooLong as ActionParams)).toEqual({
    errors: { comment: ['Enter at most 2,000 characters.'] },
  });
});
