import moment from 'moment-timezone';
import type { IUiSettingsClient } from '@kbn/core/public';
import { useServices } from './services';

/** Writes an ISO 8601 time as Kibana's settings want it; what is none stays as it is. */
export function useFormatTime(): (iso: string) => string {
  const { uiSettings } = useServices().core;
  return (iso) => formatDate(uiSettings, iso)?.absolute ?? iso;
}

/** The same, with only the time of day for a moment of today: for sentences. */
export function useFormatShortTime(): (iso: string) => string {
  const { uiSettings } = useServices().core;
  return (iso) => formatDate(uiSettings, iso)?.short ?? iso;
}

/** Times as records and SentinelOne's words have them, in the middle of a text. */
const TIMES = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** The text with its ISO 8601 times (UTC) written as the reader wants them. */
export const withLocalTimes = (text: string, formatTime: (iso: string) => string): string =>
  text.replace(TIMES, (iso) => formatTime(iso));

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
