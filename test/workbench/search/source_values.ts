export type Source = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Source =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function collect(value: unknown, path: string, found: unknown[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, path, found);
  } else if (path === '') {
    if (value !== null && value !== undefined && !isObject(value)) found.push(value);
  } else if (isObject(value)) {
    // A key may hold dots itself: `"event.category": […]` beside `host: { name }`.
    if (path in value) collect(value[path], '', found);
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
      const head = path.slice(0, dot);
      if (head in value) collect(value[head], path.slice(dot + 1), found);
    }
  }
}

/** All values at a field as Elasticsearch indexes them: through lists, nested and dotted keys. */
export function valuesAt(source: Source, field: string): unknown[] {
  const found: unknown[] = [];
  collect(source, field, found);
  return found;
}
