import type * as t from 'io-ts';
import { LIMITS } from '../lib/constants';
import { closedObject, valueThat, wholeNumber } from '../lib/validation';

/** What can be set in a space. */

const days = wholeNumber(1, LIMITS.daysKept);
const daysKept = valueThat(
  `a whole number of days from 1 to ${LIMITS.daysKept}, or null for ever`,
  (value): value is number | null => value === null || days.is(value)
);

export const settingsCodec = closedObject('the settings', {
  /** How many days records are kept after they have ended; null: for ever. Open records always are. */
  daysKept,
});
export type Settings = t.TypeOf<typeof settingsCodec>;

export const DEFAULT_SETTINGS: Settings = { daysKept: null };
