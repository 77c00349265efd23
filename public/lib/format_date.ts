import moment from 'moment-timezone';
import type { IUiSettingsClient } from '@kbn/core/public';

/** The time of day, for moments of the same day. */
const TIME_OF_DAY = 'HH:mm';

/** Dates as Kibana's settings want them, and how long ago they are. */
export interface FormattedDate {
  readonly absolute: string;
  /** Only the time of day, such as "02:27", for a moment of today; else `absolute`. */
  readonly short: string;
  /** Such as "3 minutes ago". */
  readonly relative: string;
}

/** Returns undefined for what is no date. `iso` is ISO 8601. */
export function formatDate(
  uiSettings: Pick<IUiSettingsClient, 'get'>,
  iso: string | null | undefined
): FormattedDate | undefined {
  const date = moment.utc(iso ?? '', moment.ISO_8601);
  if (!date.isValid()) return undefined;
  const zone = timeZoneOf(uiSettings);
  const local = date.clone().tz(zone);
  const absolute = local.format(uiSettings.get<string>('dateFormat'));
  return {
    absolute,
    short: local.isSame(moment.tz(zone), 'day') ? local.format(TIME_OF_DAY) : absolute,
    relative: date.fromNow(),
  };
}

/** The time zone that Kibana shows times in, such as `Europe/Berlin`. */
export function timeZoneOf(uiSettings: Pick<IUiSettingsClient, 'get'>): string {
  const timezone = uiSettings.get<string>('dateFormat:tz');
  return timezone === 'Browser' ? moment.tz.guess() : timezone;
}
