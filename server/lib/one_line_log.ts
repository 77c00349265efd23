import type { Logger } from '@kbn/core/server';
import { visibleText } from '../../common/lib/visible_text';
import { listText } from '../../common/lib/list_text';

/**
 * Kibana's log is a text file by default: a line break in a message begins what looks like an entry of its own,
 * and messages hold what others chose (names of hosts, users and connectors, what SentinelOne answered).
 */

const FRAME = /^\s+at .*$/;

/** An error as Kibana logs it, its message in one line; the places in the code keep lines of their own. */
function errorText({ name, message, stack = '' }: Error): string {
  const head = visibleText(`${name}: ${message}`);
  const frames = stack.split('\n').filter((line) => FRAME.test(line) && !message.includes(line));
  return [head, ...frames.map(visibleText)].join('\n');
}

const inOneLine = (message: string | Error): string =>
  typeof message === 'string' ? visibleText(message) : errorText(message);

/** A log that writes each message in one line, control and bidirectional characters as escapes. */
export function oneLineLog(log: Logger): Logger {
  return {
    trace: (message, meta) => log.trace(inOneLine(message), meta),
    debug: (message, meta) =>
      log.debug(
        typeof message === 'function' ? () => inOneLine(message()) : inOneLine(message),
        meta
      ),
    info: (message, meta) => log.info(inOneLine(message), meta),
    warn: (message, meta) => log.warn(inOneLine(message), meta),
    error: (message, meta) => log.error(inOneLine(message), meta),
    fatal: (message, meta) => log.fatal(inOneLine(message), meta),
    isLevelEnabled: (level) => log.isLevelEnabled(level),
    get: (...context) => oneLineLog(log.get(...context)),
  };
}

/**
 * A value within a sentence for a log: in quotes, with everything that could end them or hide in them as an
 * escape, so that no value can be taken for a part of the sentence. The result is a JSON string.
 */
export const quoted = (value: string): string => visibleText(JSON.stringify(value));

/** Values one after the other, as `listText` has them; `total` is how many there are in all: `"a", "b" and 3 more`. */
export const quotedList = (values: readonly string[], total = values.length): string =>
  listText(values.map(quoted), ', ', total);
