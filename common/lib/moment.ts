import { stringThat } from './validation';
import * as t from 'io-ts';

/**
 * A moment on the monotonic clock of one Kibana process. It has no relation to the time of day; moments of different
 * clocks cannot be compared.
 */
export const serverMomentCodec = t.type({
  /** Identifies the process. */
  clock: t.string,
  /** Milliseconds. */
  at: t.number,
});
export type ServerMoment = Readonly<t.TypeOf<typeof serverMomentCodec>>;

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-](\d{2}):(\d{2}))$/;
const HOURS_FROM_UTC = 18;

/**
 * Whether Elasticsearch accepts the time. `Date.parse` also accepts 31 February and 24:00, which it moves to a later
 * day, and any offset from UTC.
 */
function isMoment(text: string): boolean {
  const [, day = '', hour, minute, second = '0', hoursOff = '0', minutesOff = '0'] =
    MOMENT.exec(text) ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  return (
    // `Date` changes a day that is not in the calendar to another one.
    !Number.isNaN(midnight.getTime()) &&
    midnight.toISOString().startsWith(day) &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    Number(second) <= 59 &&
    Number(minutesOff) <= 59 &&
    Number(hoursOff) * 60 + Number(minutesOff) <= HOURS_FROM_UTC * 60 &&
    // In UTC, its year may not fit in four digits.
    /^\d{4}-/.test(new Date(text).toISOString())
  );
}

/** Minutes or finer, with a time zone: `2024-07-03T03:45:00Z`. */
export const momentCodec = stringThat(
  'an ISO 8601 time of a real day with its time zone, such as 2024-07-03T03:45:00Z',
  isMoment,
  { format: 'date-time' }
);
