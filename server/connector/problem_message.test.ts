import fc from 'fast-check';
import { READ_FAILURES, REASONS, type AnyReason } from '../../common/actions/reasons';
import { shortReason } from '../../common/actions/reason_text';
import { parseProblemMessage, problemMessage } from './problem_message';

const reasons: readonly AnyReason[] = [...REASONS, ...READ_FAILURES];

it('parses the reason and the text of every message that it writes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...reasons),
      fc.option(fc.stringMatching(/^[ -~]{1,40}$/)),
      (reason, detail) => {
        const parsed = parseProblemMessage(problemMessage(reason, detail ?? undefined));
        const text = shortReason(reason) + (detail === null ? '' : `: ${detail}`);
        expect(parsed).toEqual({ reason, text });
      }
    )
  );
});

it.each(['', 'web-1 failed', '[no_such_code] text', '[constructor] text', ' [throttled] text'])(
  'finds no reason in %j',
  (message) => {
    expect(parseProblemMessage(message)).not.toHaveProperty('reason');
  }
);
