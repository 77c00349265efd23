/**
 * A deep copy of a value as JSON has them. `structuredClone` takes ten times as long for something as small as a record,
 * and is only used for other objects.
 */
export function jsonCopy<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(jsonCopy) as Value;
  const { constructor } = value;
  if (typeof constructor === 'function' && constructor.name !== 'Object') {
    return structuredClone(value);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, jsonCopy(inner as unknown)])
  ) as Value;
}
