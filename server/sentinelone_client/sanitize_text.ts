import { LIMITS } from '../../common/lib/constants';
import { visibleText } from '../../common/lib/visible_text';
import { isRecord } from '../../common/lib/is_record';

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
export function errorTextOf(body: unknown, token: string): string | undefined {
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
