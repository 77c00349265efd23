import type { Logger } from '@kbn/core/server';
import { visibleText, listText } from '../../common/lib/text';

/**
 * By default Kibana logs to a text file. A line break in a message would start what looks like an
 * entry of its own, and messages contain values from outside: names of hosts, users and connectors,
 * and SentinelOne's responses.
 */

const FRAME = /^\s+at .*$/;

/** An error as Kibana logs it, with its message on one line. Stack frames keep their own lines. */
function errorText({ name, message, stack = '' }: Error): string {
  const head = visibleText(`${name}: ${message}`);
  const frames = stack.split('\n').filter((line) => FRAME.test(line) && !message.includes(line));
  return [head, ...frames.map(visibleText)].join('\n');
}

const inOneLine = (message: string | Error): string =>
  typeof message === 'string' ? visibleText(message) : errorText(message);

/** A log that writes each message on one line and escapes control and bidirectional characters. */
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
 * A value within a log message, quoted as a JSON string with control and bidirectional characters
 * escaped, so that it cannot be mistaken for a part of the message.
 */
export const quoted = (value: string): string => visibleText(JSON.stringify(value));

/**
 * A list of quoted values, shortened by `listText`; `total` is the number of all values: `"a", "b"
 * and 3 more`.
 */
export const quotedList = (values: readonly string[], total = values.length): string =>
  listText(values.map(quoted), ', ', total);

/** The part of Kibana's logger that is used below the adapters. */
export interface CoreLog {
  warn(message: string): void;
  error(message: string): void;
}

/**
 * Warnings about a lasting problem: logged when the problem starts or changes, not on every check.
 */
export interface Warnings {
  /** `about` identifies what has the problem, such as a connector or a space. */
  warn(about: string, message: string): void;
  /** The problem is over. */
  over(about: string): void;
}

/** Warnings in a log, of one Kibana node. */
export function logOnce(log: Pick<CoreLog, 'warn'>): Warnings {
  const last = new Map<string, string>();
  return {
    warn(about, message) {
      if (last.get(about) === message) return;
      last.set(about, message);
      log.warn(message);
    },
    over: (about) => void last.delete(about),
  };
}
