import { cutText, visibleText } from '../../common/lib/text';
import { isRecord } from '../../common/lib/is_record';
import { LIMITS } from '../../common/lib/constants';

/**
 * Replaces every occurrence of the token, plain or encoded as in a URL or JSON. Cut texts only
 * after this, so that no part of a token remains at the end.
 */
export function redact(text: string, token: string): string {
  if (token === '') return text;
  const forms = new Set([token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)]);
  let safe = text;
  for (const form of forms) safe = safe.split(form).join('[token]');
  return safe;
}

/**
 * SentinelOne's message in an error body: the `detail`, `title` or `message` of the first entry in
 * `errors[]` that has one. Redacted, on one line and cut at 500 characters; undefined if there is
 * none.
 */
function errorTextOf(body: unknown, token: string): string | undefined {
  const errors = isRecord(body) && Array.isArray(body.errors) ? body.errors : [];
  for (const error of errors) {
    if (!isRecord(error)) continue;
    for (const field of ['detail', 'title', 'message'] as const) {
      const text = error[field];
      if (typeof text === 'string' && text.trim() !== '') {
        return visibleText(redact(text.trim(), token)).slice(0, LIMITS.sanitizeText);
      }
    }
  }
  return undefined;
}

/**
 * A text from SentinelOne that is not an error: trimmed, on one line, cut at 500 characters;
 * undefined if empty.
 */
export const descriptionText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== ''
    ? visibleText(value.trim()).slice(0, LIMITS.sanitizeText)
    : undefined;

/** The content of an HTTP response, as far as it shows who sent it. */
export interface ReceivedContent {
  /**
   * - `error`, `data`: JSON of SentinelOne's form (`errors: [{ code, title, detail }]`, `data`).
   * - `json`, `broken_json`, `web_page`, `text`, `empty`: something else.
   */
  readonly form: 'error' | 'data' | 'json' | 'broken_json' | 'web_page' | 'text' | 'empty';
  /**
   * SentinelOne's message, the title of a web page, or the start of a text. On one line, redacted.
   */
  readonly excerpt?: string;
  /** SentinelOne's code, such as 4030010. */
  readonly code?: number;
  /** The header `Server`. */
  readonly server?: string;
  /** The origin in the header `Location`. */
  readonly redirectsTo?: string;
}

export interface HttpAnswer {
  readonly data?: unknown;
  readonly headers?: unknown;
}

/** Maximum characters of the name of an unknown server or page. */
const NAME = 80;

/** The value of a header. HTTP clients provide header names in lower case. */
export function headerOf(headers: unknown, name: string): unknown {
  return isRecord(headers) ? headers[name] : undefined;
}

const FIELDS_OF_ERRORS = ['code', 'title', 'detail', 'message'];

/** SentinelOne's errors in a body; undefined if the body has another form. */
function errorsIn(body: unknown): readonly Record<string, unknown>[] | undefined {
  if (!isRecord(body) || !Array.isArray(body.errors)) return undefined;
  const errors = body.errors.filter(isRecord);
  return errors.some((error) => FIELDS_OF_ERRORS.some((field) => field in error))
    ? errors
    : undefined;
}

function originOf(location: unknown): string | undefined {
  try {
    return typeof location === 'string' ? new URL(location).origin : undefined;
  } catch {
    // It is a path of the same server.
    return undefined;
  }
}

/** Classifies the content of a response. The token is redacted everywhere. */
export function contentOf({ data, headers }: HttpAnswer, token: string): ReceivedContent {
  const shown = (text: unknown): string | undefined =>
    typeof text === 'string' && text.trim() !== ''
      ? cutText(visibleText(redact(text.trim(), token)), NAME)
      : undefined;
  const server = shown(headerOf(headers, 'server'));
  const redirectsTo = shown(originOf(headerOf(headers, 'location')));
  const sender = {
    ...(server === undefined ? {} : { server }),
    ...(redirectsTo === undefined ? {} : { redirectsTo }),
  };
  const excerpt = (text: string | undefined) => (text === undefined ? {} : { excerpt: text });

  const errors = errorsIn(data);
  if (errors !== undefined) {
    const code = errors.map((error) => error.code).find((one) => typeof one === 'number');
    return {
      form: 'error',
      ...excerpt(errorTextOf(data, token)),
      ...(typeof code === 'number' ? { code } : {}),
      ...sender,
    };
  }
  if (isRecord(data) && 'data' in data) return { form: 'data', ...sender };
  if (data === undefined || data === null) return { form: 'empty', ...sender };
  if (typeof data !== 'string') return { form: 'json', ...sender };
  const text = data.trim();
  if (text === '') return { form: 'empty', ...sender };
  if (text.startsWith('<')) {
    const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.replace(/\s+/g, ' ');
    return { form: 'web_page', ...excerpt(shown(title)), ...sender };
  }
  if (/^[{[]/.test(text)) return { form: 'broken_json', ...sender };
  return { form: 'text', ...excerpt(shown(text.replace(/\s+/g, ' '))), ...sender };
}
