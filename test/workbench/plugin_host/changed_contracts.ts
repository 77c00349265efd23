/** A member of a contract that is changed for the plugin. */
export interface ContractChange {
  readonly phase: 'setup' | 'start';
  /** From `core` or a plugin's id to the member. */
  readonly path: readonly string[];
  /** Its replacement; undefined removes the member. */
  readonly value: unknown;
}

function changed<T extends object>(
  holder: T,
  [name, ...rest]: readonly string[],
  value: unknown
): T {
  return new Proxy(holder, {
    get(target, key) {
      if (key !== name) return Reflect.get(target, key) as unknown;
      if (rest.length === 0) return value;
      return changed(Reflect.get(target, key) as object, rest, value);
    },
  });
}

/** `core` and the contracts of plugins with the changes of a phase. */
export function withChanges<Core extends object>(
  phase: ContractChange['phase'],
  changes: readonly ContractChange[],
  core: Core,
  plugins: Readonly<Record<string, object>>
): readonly [Core, Record<string, object>] {
  let given: { core: Core; plugins: Record<string, object> } = { core, plugins: { ...plugins } };
  for (const change of changes.filter((one) => one.phase === phase)) {
    const [first = '', ...path] = change.path;
    const { value } = change;
    if (first === 'core') given = { ...given, core: changed(given.core, path, value) };
    else if (first in given.plugins) {
      const plugin =
        path.length === 0 ? (value as object) : changed(given.plugins[first]!, path, value);
      given = { ...given, plugins: { ...given.plugins, [first]: plugin } };
    }
  }
  return [given.core, given.plugins];
}
