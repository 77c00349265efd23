import moment from 'moment-timezone';
import type { IUiSettingsClient } from '@kbn/core/public';
import { useServices } from './services';

/** Formats an ISO 8601 time by Kibana's settings; any other text is returned unchanged. */
export function useFormatTime(): (iso: string) => string {
  const { uiSettings } = useServices().core;
  return (iso) => formatDate(uiSettings, iso)?.absolute ?? iso;
}

/** The same for use within sentences: a time of today has only the time of day. */
export function useFormatShortTime(): (iso: string) => string {
  const { uiSettings } = useServices().core;
  return (iso) => formatDate(uiSettings, iso)?.short ?? iso;
}

/** Times within a text, in the format of records and of SentinelOne's messages. */
const TIMES = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** Returns the text with its ISO 8601 times (UTC) formatted by Kibana's settings. */
export const withLocalTimes = (text: string, formatTime: (iso: string) => string): string =>
  text.replace(TIMES, (iso) => formatTime(iso));

/** Formats the time of day. */
const TIME_OF_DAY = 'HH:mm';

/** Dates in the format of Kibana's settings, and relative to now. */
export interface FormattedDate {
  readonly absolute: string;
  /** Only the time of day, such as "02:27", for a time of today; else `absolute`. */
  readonly short: string;
  /** Such as "3 minutes ago". */
  readonly relative: string;
}

/** Returns undefined for an invalid date. `iso` is ISO 8601. */
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

/** The time zone of Kibana's settings, such as `Europe/Berlin`. */
export function timeZoneOf(uiSettings: Pick<IUiSettingsClient, 'get'>): string {
  const timezone = uiSettings.get<string>('dateFormat:tz');
  return timezone === 'Browser' ? moment.tz.guess() : timezone;
}
