/** Filters of saved objects (KQL), put together so that no value can be taken for anything else. */

/** A value as a phrase. */
export const phrase = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

/** All that begins with a value. */
export const beginning = (value: string): string => `${value.replace(/[\\():<>"*{}]/g, '\\$&')}*`;

/** `(a or b)` of phrases; at least one value. */
export const anyOf = (values: readonly string[]): string => `(${values.map(phrase).join(' or ')})`;

/** Joins what is there with `and`; undefined when nothing is. */
export function allOf(conditions: ReadonlyArray<string | undefined>): string | undefined {
  const given = conditions.filter((one): one is string => one !== undefined);
  return given.length === 0 ? undefined : given.map((one) => `(${one})`).join(' and ');
}
