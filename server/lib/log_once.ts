/** The part of Kibana's logger that is used below the adapters. */
export interface CoreLog {
  warn(message: string): void;
  error(message: string): void;
}

/** Warnings about something that goes on: one when it begins or becomes another, not one a look. */
export interface Warnings {
  /** `about` is what is wrong: a connector, a space. */
  warn(about: string, message: string): void;
  /** It is right again. */
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
