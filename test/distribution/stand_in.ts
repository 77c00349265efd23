/** Another program's modules: nothing is known about them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- modules of another program have no declared types
export type Bag = Record<string, any>;

const never = new Promise(() => undefined);

/** Stands in for anything: every member is one more of it, and so is what it returns. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each test reads other members of it
export function standIn(members: Bag = {}): any {
  const known = new Map<string | symbol, unknown>(Object.entries(members));
  known.set('then', undefined);
  known.set('getStartServices', () => never);
  known.set(Symbol.toPrimitive, () => '1');
  known.set(Symbol.iterator, function* nothing() {});
  const target = Object.assign(function anything() {}, members);
  return new Proxy(target, {
    get(_, name) {
      if (name === 'prototype') return target.prototype;
      if (!known.has(name)) known.set(name, standIn());
      return known.get(name);
    },
    apply: () => standIn(),
    construct: () => standIn(),
  });
}
