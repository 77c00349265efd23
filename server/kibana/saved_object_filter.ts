/** Filters of saved objects (KQL), with values escaped. */

/** A value as a phrase. */
export const phrase = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

/** Matches texts that begin with the value. */
export const startsWith = (value: string): string => `${value.replace(/[\\():<>"*{}]/g, '\\$&')}*`;

/** `(a or b)` of phrases; at least one value. */
export const anyOf = (values: readonly string[]): string => `(${values.map(phrase).join(' or ')})`;

/** Joins the defined conditions with `and`; undefined if there are none. */
export function allOf(conditions: ReadonlyArray<string | undefined>): string | undefined {
  const given = conditions.filter((one): one is string => one !== undefined);
  return given.length === 0 ? undefined : given.map((one) => `(${one})`).join(' and ');
}
