/**
 * The workbench is honestly small: what it lacks throws, so that nothing passes here that was never
 * tried. `what` names it as Kibana does.
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
