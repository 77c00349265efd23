import { listText } from '../../common/lib/list_text';
import { visibleText } from '../../common/lib/visible_text';

/**
 * A value within a sentence for a log: in quotes, with everything that could end them or hide in them as an
 * escape, so that no value can be taken for a part of the sentence. The result is a JSON string.
 */
export const quoted = (value: string): string => visibleText(JSON.stringify(value));

/** Values one after the other, as `listText` has them; `total` is how many there are in all: `"a", "b" and 3 more`. */
export const quotedList = (values: readonly string[], total = values.length): string =>
  listText(values.map(quoted), ', ', total);
