const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * How `update` brings new attributes in: objects are merged key by key, everything else (lists and
 * empty objects too) is replaced; undefined changes nothing.
 */
export function mergeAttributes(
  target: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...target };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    const before = merged[name];
    merged[name] =
      isPlainObject(value) && Object.keys(value).length > 0
        ? mergeAttributes(isPlainObject(before) ? before : {}, value)
        : value;
  }
  return merged;
}
