import { visibleText } from '../common/visible_text';

/**
 * A value within a sentence for a log: in quotes, with everything that could end them or hide in them as an
 * escape, so that no value can be taken for a part of the sentence. The result is a JSON string.
 */
export const quoted = (value: string): string => visibleText(JSON.stringify(value));

/** Values one after the other; after `limit` of them the rest is counted: `"a", "b" and 3 more`. */
export function quotedList(values: readonly string[], limit: number): string {
  const shown = values.slice(0, limit).map(quoted).join(', ');
  return values.length > limit ? `${shown} and ${values.length - limit} more` : shown;
}
