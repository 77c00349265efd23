import { IntlMessageFormat } from 'intl-messageformat';

type Values = Readonly<Record<string, unknown>>;

interface TranslateOptions {
  readonly defaultMessage: string;
  readonly values?: Values;
  readonly description?: string;
  readonly ignoreTag?: boolean;
}

const LOCALE = 'en';
const formats = new Map<string, IntlMessageFormat>();

/** Kibana's parser of messages drops the spaces at the beginning of a branch of `plural` and `select`. */
export const withoutLeadingSpaces = (message: string): string =>
  message.replace(/([\w=]\s*\{)\s+/g, '$1');

function formatOf(message: string): IntlMessageFormat {
  const known = formats.get(message);
  if (known !== undefined) return known;
  const format = new IntlMessageFormat(withoutLeadingSpaces(message), LOCALE, undefined, {
    ignoreTag: true,
  });
  formats.set(message, format);
  return format;
}

/** `@kbn/i18n` of Kibana 8.12.2: ICU messages, in English. Works in the browser and on the server. */
export const i18n = {
  /** Throws as Kibana does: without an id, without a message, and when a value is missing. */
  translate(id: string, { defaultMessage, values = {} }: TranslateOptions): string {
    if (typeof id !== 'string' || id === '') {
      throw new Error('[I18n] An `id` must be a non-empty string to translate a message.');
    }
    if (!defaultMessage) {
      throw new Error(`[I18n] Cannot format message: "${id}". Default message must be provided.`);
    }
    try {
      return String(formatOf(defaultMessage).format(values as Record<string, string>));
    } catch (error) {
      throw new Error(
        `[I18n] Error formatting the default message for: "${id}".\n${String(error)}`
      );
    }
  },
  getLocale: (): string => LOCALE,
};
