import fc from 'fast-check';
import { READ_FAILURES, REASONS, type AnyReason } from '../../common/actions/reasons';
import { shortReason } from '../../common/actions/describe_reason';
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

it('parses the pause that SentinelOne requested, in whole seconds', () => {
  const message = problemMessage('throttled', 'too fast', 59_001);
  expect(message).toBe(`[throttled; retry after 60 s] ${shortReason('throttled')}: too fast`);
  expect(parseProblemMessage(message)).toEqual({
    ...{ reason: 'throttled', retryAfter: 60_000 },
    text: `${shortReason('throttled')}: too fast`,
  });
});

it.each([
  '',
  'web-1 failed',
  '[throttled; retry after x s] text',
  '[no_such_code] text',
  '[constructor] text',
  ' [throttled] text',
])('finds no reason in %j', (message) => {
  expect(parseProblemMessage(message)).not.toHaveProperty('reason');
});
