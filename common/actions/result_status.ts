import type { RecordedOutcome } from './record';

/** How an action stands for a host, in the words that people filter and read by. */

export const RESULT_STATUSES = [
  'awaiting_approval',
  'in_progress',
  'succeeded',
  'failed',
  'refused',
  'unchanged',
] as const;
export type ResultStatus = (typeof RESULT_STATUSES)[number];

const STATUS_OF: Readonly<Record<RecordedOutcome, ResultStatus>> = {
  awaiting_approval: 'awaiting_approval',
  pending: 'in_progress',
  requested: 'in_progress',
  done: 'succeeded',
  failed: 'failed',
  refused: 'refused',
  unchanged: 'unchanged',
};

/** The status that a recorded outcome stands for. */
export const statusOfOutcome = (outcome: RecordedOutcome): ResultStatus => STATUS_OF[outcome];

/** The recorded outcomes that a status stands for; at least one. */
export const outcomesOfStatus = (status: ResultStatus): readonly RecordedOutcome[] =>
  (Object.keys(STATUS_OF) as RecordedOutcome[]).filter((outcome) => STATUS_OF[outcome] === status);
