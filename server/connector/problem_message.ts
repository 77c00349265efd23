import { isAnyReason, type AnyReason } from '../../common/actions/reasons';
import { shortReason } from '../../common/actions/reason_text';
import { visibleText } from '../../common/lib/visible_text';

/**
 * The actions framework hands on nothing of an error but its message (`executor` of `actions`' sub-action
 * framework returns `{ status: 'error', message }`), so the reason's code stands at its beginning:
 * `[unauthorized] …`. This file alone writes and parses it, and `problemText` is all that is shown of it.
 */

const CODE = /^\[([a-z_]+)\] /;

/** The message for a sub-action that cannot answer; in one line, since Kibana writes it to its log. */
export const problemMessage = (reason: AnyReason, detail?: string): string =>
  visibleText(`[${reason}] ${shortReason(reason)}${detail === undefined ? '' : `: ${detail}`}`);

/** A message of `problemMessage` taken apart; `reason` is absent where it has no known code. */
export function parseProblemMessage(message: string): {
  readonly reason?: AnyReason;
  readonly text: string;
} {
  const code = CODE.exec(message)?.[1];
  const text = message.replace(CODE, '');
  return isAnyReason(code) ? { reason: code, text } : { text };
}
