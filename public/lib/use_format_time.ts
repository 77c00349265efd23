import { formatDate } from './format_date';
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
