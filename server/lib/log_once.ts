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
