import type { LogMeta, Logger, LoggerFactory } from '@kbn/core/server';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

interface LogLine {
  /** ISO 8601. */
  readonly timestamp: string;
  readonly level: LogLevel;
  /** For example `plugins.actions`. */
  readonly logger: string;
  readonly message: string;
  readonly error?: Error;
  readonly meta?: LogMeta;
}

export interface Log extends LoggerFactory {
  /** Everything that was logged, of all levels, oldest first. */
  readonly lines: readonly LogLine[];
}

/** `[2024-07-03T03:44:03.003+00:00][WARN ][plugins.actions] text`, as Kibana's console shows it. */
export const formatLine = ({ timestamp, level, logger, message, error }: LogLine): string =>
  `[${timestamp.replace('Z', '+00:00')}][${level.toUpperCase().padEnd(5)}][${logger}] ${error?.stack ?? message}`;

/** Makes a log that keeps every line; those from `printFrom` on also go to `print`. */
export function createLog(
  options: {
    readonly printFrom?: LogLevel;
    readonly print?: (line: string) => void;
  } = {}
): Log {
  const lines: LogLine[] = [];
  const { printFrom, print } = options;
  const threshold = printFrom === undefined ? Infinity : LOG_LEVELS.indexOf(printFrom);

  const write = (
    level: LogLevel,
    logger: string,
    message: string | Error | (() => string),
    meta?: LogMeta
  ): void => {
    const text = typeof message === 'function' ? message() : message;
    const line: LogLine = {
      timestamp: new Date().toISOString(),
      level,
      logger,
      message: typeof text === 'string' ? text : text.message,
      // Made only when somebody reads it: mapping a stack to the sources takes longer than most requests.
      ...(typeof text === 'string' ? {} : { error: text }),
      ...(meta === undefined ? {} : { meta }),
    };
    lines.push(line);
    if (LOG_LEVELS.indexOf(level) >= threshold) print?.(formatLine(line));
  };

  const loggerOf = (context: readonly string[]): Logger => {
    const name = context.length === 0 ? 'root' : context.join('.');
    const at = (level: LogLevel) => (message: string | Error | (() => string), meta?: LogMeta) =>
      write(level, name, message, meta);
    return {
      trace: at('trace'),
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      fatal: at('fatal'),
      isLevelEnabled: () => true,
      get: (...childContext) => loggerOf([...context, ...childContext]),
    };
  };

  return { lines, get: (...context) => loggerOf(context) };
}
