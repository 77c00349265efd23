import type { ActionName } from './action_name';

export interface ReasonText {
  /** What happened, in a sentence or two. */
  readonly what: string;
  /** What to do next. */
  readonly todo: string;
}

/** What was tried: an action, or a read. */
export type Tried = ActionName | 'read';

/** The values in the texts of a reason. */
export type ReasonValues = {
  readonly host: string;
  /** What was tried, for a sentence after "to". */
  readonly tried: string;
  /** The status that the action changes, within a sentence after "the". */
  readonly status: string;
  /** How many seconds Kibana waited for SentinelOne, or after how many it reads again. */
  readonly seconds: number;
};

/** The texts of one reason. */
export interface ReasonTexts {
  readonly text: (values: ReasonValues, tried: Tried) => ReasonText;
  /** A few words, for use within a sentence. */
  readonly short: () => string;
}
