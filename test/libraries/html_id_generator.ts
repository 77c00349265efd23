import { useState } from 'react';

/** In place of EUI's module of the same name: ids that are not random, and different for each element. */

let count = 0;

const join = (...parts: ReadonlyArray<string | undefined>): string =>
  parts.filter((part) => part !== undefined && part !== '').join('_');

/** EUI's function of this name. */
export function htmlIdGenerator(prefix?: string): (suffix?: string) => string {
  const id = `id${++count}`;
  return (suffix) => join(prefix, suffix === undefined ? `${id}-${++count}` : id, suffix);
}

/** EUI's hook of this name: the id stays the same while the component is mounted. */
export function useGeneratedHtmlId({
  prefix,
  suffix,
  conditionalId,
}: { prefix?: string; suffix?: string; conditionalId?: string } = {}): string {
  const [id] = useState(() => join(prefix, `id${++count}`, suffix));
  return conditionalId ?? id;
}
