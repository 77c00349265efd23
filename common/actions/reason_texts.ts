import type { ActionName } from './action_name';

export interface ReasonText {
  /** What happened, in a sentence or two. */
  readonly what: string;
  /** What to do next. */
  readonly todo: string;
}

/** What was tried: an action, or reading. */
export type Tried = ActionName | 'read';

/** What the texts of a reason are filled with. */
export type ReasonValues = {
  readonly host: string;
  /** What was tried, as it stands in a sentence after "to". */
  readonly tried: string;
  /** How long SentinelOne was waited for, or when to read again. */
  readonly seconds: number;
};

/** The texts of one reason. */
export interface ReasonTexts {
  readonly text: (values: ReasonValues, tried: Tried) => ReasonText;
  /** A few words, for the middle of a sentence. */
  readonly short: () => string;
}
