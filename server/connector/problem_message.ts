import { isAnyReason, type AnyReason } from '../../common/actions/reasons';
import { shortReason } from '../../common/actions/describe_reason';
import { visibleText } from '../../common/lib/text';

/**
 * The actions framework hands on nothing of an error but its message (`executor` of `actions`' sub-action
 * framework returns `{ status: 'error', message }`), so the reason's code stands at its beginning:
 * `[unauthorized] …`. This file alone writes and parses it, and `problemText` is all that is shown of it.
 */

const CODE = /^\[([a-z_]+)(?:; retry after (\d{1,6}) s)?\] /;

/**
 * The message for a sub-action that cannot answer; in one line, since Kibana writes it to its log. `retryAfter` is how
 * long SentinelOne wants to be left alone, in ms.
 */
export function problemMessage(reason: AnyReason, detail?: string, retryAfter?: number): string {
  const wait = retryAfter === undefined ? '' : `; retry after ${Math.ceil(retryAfter / 1_000)} s`;
  const about = detail === undefined ? '' : `: ${detail}`;
  return visibleText(`[${reason}${wait}] ${shortReason(reason)}${about}`);
}

/**
 * A message of `problemMessage` taken apart; `reason` is absent where it has no known code. `retryAfter` in ms.
 */
export function parseProblemMessage(message: string): {
  readonly reason?: AnyReason;
  readonly text: string;
  readonly retryAfter?: number;
} {
  const [, code, seconds] = CODE.exec(message) ?? [];
  const text = message.replace(CODE, '');
  if (!isAnyReason(code)) return { text };
  return {
    reason: code,
    text,
    ...(seconds === undefined ? {} : { retryAfter: Number(seconds) * 1_000 }),
  };
}
