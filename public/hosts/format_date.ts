import moment from 'moment-timezone';
import type { IUiSettingsClient } from '@kbn/core/public';

/** Dates as Kibana's settings want them, and how long ago they are. */
export interface FormattedDate {
  readonly absolute: string;
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
  return {
    absolute: date.clone().tz(timeZoneOf(uiSettings)).format(uiSettings.get<string>('dateFormat')),
    relative: date.fromNow(),
  };
}

/** The time zone that Kibana shows times in, such as `Europe/Berlin`. */
export function timeZoneOf(uiSettings: Pick<IUiSettingsClient, 'get'>): string {
  const timezone = uiSettings.get<string>('dateFormat:tz');
  return timezone === 'Browser' ? moment.tz.guess() : timezone;
}
