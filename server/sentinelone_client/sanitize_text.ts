import { LIMITS } from '../../common/lib/constants';
import { visibleText } from '../../common/lib/visible_text';
import { isRecord } from '../../common/lib/is_record';

/**
 * Replaces every occurrence of the token, plain or as a URL or JSON would carry it. Cutting comes
 * after this, so that no half of a token is left at the end.
 */
export function redact(text: string, token: string): string {
  if (token === '') return text;
  const forms = new Set([token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)]);
  let safe = text;
  for (const form of forms) safe = safe.split(form).join('[token]');
  return safe;
}

/**
 * SentinelOne's own words in an error body: the first `errors[]` entry's `detail`, or its `title`,
 * or its `message`. Redacted, in one line and cut at 500 characters; undefined when it says nothing.
 */
export function saidBySentinelOne(body: unknown, token: string): string | undefined {
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

/** A text of SentinelOne's that is not an error: trimmed, in one line, cut at 500 characters; undefined for none. */
export const saidText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== ''
    ? visibleText(value.trim()).slice(0, LIMITS.sanitizeText)
    : undefined;
