import {
  FAILURES,
  READ_FAILURES,
  REFUSALS,
  type Failure,
  type ReadFailure,
  type Refusal,
} from '../../common/outcome';
import { readFailureText } from '../../common/read_failure_text';
import { shortReason } from '../../common/reason_text';
import { visibleText } from '../../common/visible_text';

/**
 * The actions framework hands on nothing of an error but its message, so the reason's code stands at
 * its beginning: `[unauthorized] …`. Written and read here only.
 */

type Code = Failure | Refusal | ReadFailure;
const CODES: readonly string[] = [...FAILURES, ...REFUSALS, ...READ_FAILURES];

const isReadFailure = (code: Code): code is ReadFailure =>
  (READ_FAILURES as readonly string[]).includes(code);

/** The message for a sub-action that cannot answer; in one line, since Kibana writes it to its log. */
export function problemMessage(reason: Code, detail?: string): string {
  const text = isReadFailure(reason) ? readFailureText(reason).what : shortReason(reason);
  return visibleText(`[${reason}] ${text}${detail === undefined ? '' : `: ${detail}`}`);
}

/** The code that `problemMessage` put at the beginning of a message, or undefined. */
export function reasonIn(message: string): Code | undefined {
  const code = /^\[([a-z_]+)\] /.exec(message)?.[1];
  return code !== undefined && CODES.includes(code) ? (code as Code) : undefined;
}
