import type * as t from 'io-ts';
import { LIMITS } from '../lib/constants';
import { closedObject, valueThat, wholeNumber } from '../lib/validation';

/** Retention settings of a space. */

const days = wholeNumber(1, LIMITS.daysKept);
const daysKept = valueThat(
  `a whole number of days from 1 to ${LIMITS.daysKept}, or null for ever`,
  (value): value is number | null => value === null || days.is(value)
);

export const retentionSettingsCodec = closedObject('the settings', {
  /** Days that records are kept after they ended; null means forever. Open records are always kept. */
  daysKept,
});
export type RetentionSettings = t.TypeOf<typeof retentionSettingsCodec>;

export const DEFAULT_RETENTION_SETTINGS: RetentionSettings = { daysKept: null };
