import { tenantUrlProblem } from './connector';

/**
 * Corrects text that was typed or pasted into the connector form, where the correction is
 * unambiguous.
 */

export type Correction = 'blanks' | 'path';

export interface Corrected {
  readonly value: string;
  /** What was corrected, in the order of the text; empty when nothing was. */
  readonly corrections: readonly Correction[];
}

/**
 * Blanks of every kind, line breaks and zero-width characters, which are often copied unnoticed.
 */
const BLANKS = '[\\s\\u200B-\\u200D\\u2060\\uFEFF]';
const AROUND = new RegExp(`^${BLANKS}+|${BLANKS}+$`, 'g');
const INSIDE = new RegExp(BLANKS);

/** The text without blanks around it. */
export function withoutBlanks(text: string): Corrected {
  const value = text.replace(AROUND, '');
  return { value, corrections: value === text ? [] : ['blanks'] };
}

/** Whether a text has blanks inside. These are not corrected. */
export const hasBlanksInside = (text: string): boolean => INSIDE.test(withoutBlanks(text).value);

/** The address of the console: without blanks around it, and without path, query and fragment. */
export function correctedUrl(text: string): Corrected {
  const { value, corrections } = withoutBlanks(text);
  let origin: string;
  try {
    ({ origin } = new URL(value));
  } catch {
    return { value, corrections };
  }
  // Only a path is removed. Any other error stays as it was typed.
  return !hasBlanksInside(value) &&
    tenantUrlProblem(value) === 'it has a path or query' &&
    tenantUrlProblem(origin) === undefined
    ? { value: origin, corrections: [...corrections, 'path'] }
    : { value, corrections };
}
