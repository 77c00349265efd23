/**
 * What the workbench lacks throws, so that no test passes here that would use something else than Kibana's
 * contracts. `what` is Kibana's name of it.
 */
export function notInTheWorkbench(what: string): never {
  throw new Error(`not in the workbench: ${what}`);
}

/** Names that JavaScript and test runners read from any object. */
const ALWAYS_READABLE = new Set(['then', 'toJSON', 'constructor', 'asymmetricMatch', '$$typeof']);

/** A contract of which only `members` exist; reading anything else throws "not in the workbench". */
export function onlyThese<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, key) {
      if (key in target || typeof key === 'symbol' || ALWAYS_READABLE.has(key)) {
        return Reflect.get(target, key);
      }
      return notInTheWorkbench(`${name}.${key}`);
    },
  });
}
