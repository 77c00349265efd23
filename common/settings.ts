import * as t from 'io-ts';
import { LIMITS } from './constants';
import { closedObject, wholeNumber } from './validation';

/** What can be set in a space. */

const daysKept = new t.Type<number | null, unknown>(
  `a whole number of days from 1 to ${LIMITS.daysKept}, or null for ever`,
  (value): value is number | null => value === null || wholeNumber(1, LIMITS.daysKept).is(value),
  (input, context) =>
    input === null || wholeNumber(1, LIMITS.daysKept).is(input)
      ? t.success(input)
      : t.failure(input, context),
  t.identity
);

export const settingsCodec = closedObject('the settings', {
  /** How many days records are kept after they have ended; null: for ever. Open records always are. */
  daysKept,
});
export type Settings = t.TypeOf<typeof settingsCodec>;

export const DEFAULT_SETTINGS: Settings = { daysKept: null };
