import { isAnyReason, type AnyReason } from '../../common/actions/reasons';
import { shortReason } from '../../common/actions/describe_reason';
import { visibleText } from '../../common/lib/text';

/**
 * The actions framework passes on only the message of an error (`executor` of `actions`' sub-action framework returns
 * `{ status: 'error', message }`). So the message begins with the code of the reason: `[unauthorized] …`. Only this
 * file writes and parses it; users see only `problemText`.
 */

const CODE = /^\[([a-z_]+)(?:; retry after (\d{1,6}) s)?\] /;

/**
 * Returns the message of a failed sub-action, on one line, because Kibana writes it to its log. `retryAfter` is the
 * pause that SentinelOne requested, in ms.
 */
export function problemMessage(reason: AnyReason, detail?: string, retryAfter?: number): string {
  const wait = retryAfter === undefined ? '' : `; retry after ${Math.ceil(retryAfter / 1_000)} s`;
  const about = detail === undefined ? '' : `: ${detail}`;
  return visibleText(`[${reason}${wait}] ${shortReason(reason)}${about}`);
}

/** Parses a message of `problemMessage`. `reason` is absent if the message has no known code. `retryAfter` in ms. */
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
