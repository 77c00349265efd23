import { notInTheWorkbench, onlyThese } from '../../not_in_the_workbench';

/** Kibana's registry of browser bundles: `__kbnBundles__`. */
export interface Bundles {
  define(key: string, require: (key: string) => unknown, moduleKey: string): void;
  get(key: string): unknown;
}

/** Each bundle is evaluated when it is first asked for, once. Asking for one that is not there throws. */
export function createBundles(): Bundles {
  const definitions = new Map<string, () => unknown>();
  const modules = new Map<string, unknown>();
  return {
    define(key, require, moduleKey) {
      if (definitions.has(key)) {
        throw new Error(`a bundle with the key [${key}] is defined already`);
      }
      definitions.set(key, () => require(moduleKey));
    },
    get(key) {
      const definition = definitions.get(key) ?? notInTheWorkbench(`__kbnBundles__ "${key}"`);
      if (!modules.has(key)) modules.set(key, definition());
      return modules.get(key);
    },
  };
}

/**
 * A module of which the workbench has only `members`. A bundler copies a module's own members and keeps
 * its prototype, so it is the prototype that throws for the rest.
 */
export const moduleOf = (name: string, members: object): object =>
  Object.assign(Object.create(onlyThese(name, {})) as object, members, { __esModule: true });
