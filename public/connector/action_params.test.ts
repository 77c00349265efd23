import * as fc from 'fast-check';
import { commentCodec } from '../../common/api/connector';
import { LIMITS, SUB_ACTION } from '../../common/lib/constants';
import { visibleLines } from '../../common/lib/text';
import { anyComment } from '../../test/helpers/ui/arbitraries';
import { validateParams as validateWithin, type ActionParams } from './action_params';

const validateParams = (
  params: Partial<ActionParams>,
  longest: number = LIMITS.longestReleaseMinutes
) => validateWithin(params, longest);

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

it('accepts a time until the automatic release that the settings allow, in whole minutes', async () => {
  const problemOf = async (releaseAfterMinutes: number) => {
    const params = {
      subAction: 'isolateHost',
      subActionParams: { comment: 'c', releaseAfterMinutes },
    };
    return (await validateParams(params, 1_440)).errors;
  };
  for (const minutes of [5, 60, 1_440]) expect(await problemOf(minutes)).toEqual({});
  for (const minutes of [0, 4, 7.5, 1_441, Number.NaN]) {
    expect(await problemOf(minutes)).toEqual({
      releaseAfterMinutes: ['Enter a time from 5 minutes to 24 hours, in whole minutes.'],
    });
  }
});
