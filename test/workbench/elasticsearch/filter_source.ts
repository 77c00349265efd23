import { notInTheWorkbench } from '../not_in_the_workbench';
import type { Source } from '../search/source_values';

const escape = (text: string): string => text.replace(/[.\\+?^${}()|[\]]/g, '\\$&');

/** True for a field, what lies below it, and (with `*`) what the pattern stands for. */
function matcher(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map(
    (pattern) => new RegExp(`^${pattern.split('*').map(escape).join('.*')}(\\..*)?$`)
  );
  return (path) => expressions.some((expression) => expression.test(path));
}

function pick(value: Source, prefix: string, wanted: (path: string) => boolean): Source {
  const entries = Object.entries(value).flatMap(([key, inner]): Array<[string, unknown]> => {
    const path = `${prefix}${key}`;
    if (wanted(path)) return [[key, inner]];
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return [];
    const picked = pick(inner as Source, `${path}.`, wanted);
    return Object.keys(picked).length > 0 ? [[key, picked]] : [];
  });
  return Object.fromEntries(entries);
}

/** `_source` of a search: all, none, or these fields; keys keep the form that the document gave them. */
export function filterSource(source: Source, filter: unknown): Source | undefined {
  if (filter === undefined || filter === true) return source;
  if (filter === false) return undefined;
  const fields = typeof filter === 'string' ? [filter] : filter;
  if (!Array.isArray(fields)) {
    return notInTheWorkbench('_source with includes or excludes');
  }
  return pick(source, '', matcher(fields as string[]));
}
