/** Times as records and SentinelOne's words have them, in the middle of a text. */
const TIMES = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** The text with its ISO 8601 times (UTC) written as the reader wants them. */
export const withLocalTimes = (text: string, formatTime: (iso: string) => string): string =>
  text.replace(TIMES, (iso) => formatTime(iso));
