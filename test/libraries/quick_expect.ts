/**
 * Jest's `expect` makes each of its matchers in six forms at every call, which is a fifth of the time of the unit tests:
 * properties call it a million times. This one runs the matcher that is named, and nothing else. Whatever does not pass,
 * Jest's own reports.
 */

interface Context {
  readonly isNot: boolean;
  readonly promise: string;
  readonly expand: boolean;
  readonly customTesters: readonly unknown[];
}
type Matcher = (
  this: Context,
  received: unknown,
  ...args: unknown[]
) => { readonly pass: boolean } | PromiseLike<unknown>;
type Matchers = Readonly<Record<string, Matcher>>;
type Methods = Record<string, (...args: unknown[]) => unknown>;
type Forms = Methods & { readonly not: Methods };

/** Where Jest keeps its matchers and their state, and how it marks its own (`expect/build/jestMatchersObject.js`). */
const MATCHERS = Symbol.for('$$jest-matchers-object');
const IS_JESTS = Symbol.for('$$jest-internal-matcher');
interface Kept {
  readonly matchers: Matchers;
  readonly customEqualityTesters: readonly unknown[];
  readonly state: { assertionCalls: number };
}

/** Matchers that call what they are given, or write: they must run once. */
const RUNS_ONCE = /^toThrow|Snapshot/;
const isQuick = (name: string, matcher: Matcher): boolean =>
  Reflect.get(matcher, IS_JESTS) === true && !RUNS_ONCE.test(name);

/** Lets a failure point to the test, as Jest's own does, and not to this file. */
const pointTo = (caller: (...args: never[]) => unknown, error: unknown): unknown => {
  if (error instanceof Error) Error.captureStackTrace(error, caller);
  return error;
};

export function quickExpect(jests: typeof expect): typeof expect {
  const kept = Reflect.get(globalThis, MATCHERS) as Kept;
  const jestsOn = (actual: unknown) =>
    jests(actual) as unknown as Forms & { readonly resolves: Forms; readonly rejects: Forms };

  class Expectation {
    constructor(readonly actual: unknown) {}
    get not() {
      return new Negated(this.actual);
    }
    get resolves() {
      return promised(jestsOn(this.actual).resolves);
    }
    get rejects() {
      return promised(jestsOn(this.actual).rejects);
    }
  }
  class Negated {
    constructor(readonly actual: unknown) {}
  }

  /** Jest's methods, which wait for a promise. What they are called with is known only when they are. */
  const promised = (forms: Forms): Forms => {
    const pointed = (methods: Methods): Methods =>
      new Proxy(methods, {
        get(target, name, receiver) {
          const method = Reflect.get(target, name, receiver) as unknown;
          if (name === 'not') return pointed(method as Methods);
          if (typeof method !== 'function') return method;
          return function called(...args: unknown[]) {
            const here: { stack?: string } = {};
            Error.captureStackTrace(here, called);
            const result = Reflect.apply(method, undefined, args) as Promise<unknown>;
            return result.catch((error: unknown) => {
              if (error instanceof Error) {
                error.stack = here.stack!.replace(/^.*/, () => String(error));
              }
              throw error;
            });
          };
        },
      });
    return pointed(forms) as Forms;
  };

  const define = (name: string, matcher: Matcher) => {
    for (const isNot of [false, true]) {
      const context: Context = {
        ...{ isNot, promise: '', expand: false },
        customTesters: kept.customEqualityTesters,
      };
      const passes = (actual: unknown, args: unknown[]): boolean => {
        const result = matcher.apply(context, [actual, ...args]) as { readonly pass: boolean };
        return result.pass !== isNot;
      };
      const quick = isQuick(name, matcher);
      const { prototype } = isNot ? Negated : Expectation;
      const method = function (this: Expectation | Negated, ...args: unknown[]): unknown {
        const { actual } = this;
        try {
          if (quick && passes(actual, args)) {
            kept.state.assertionCalls += 1;
            return undefined;
          }
          const forms = jestsOn(actual);
          return (isNot ? forms.not : forms)[name]!(...args);
        } catch (error) {
          throw pointTo(method, error);
        }
      };
      Object.defineProperty(prototype, name, { value: method, configurable: true });
    }
  };
  for (const [name, matcher] of Object.entries(kept.matchers)) define(name, matcher);

  const quick = (...args: [unknown]) => {
    if (args.length > 1) throw new Error('Expect takes at most one argument.');
    return new Expectation(args[0]);
  };
  return Object.assign(quick, jests, {
    extend(matchers: Record<string, Matcher>) {
      jests.extend(matchers as unknown as Parameters<typeof jests.extend>[0]);
      for (const [name, matcher] of Object.entries(matchers)) {
        define(name, matcher);
        Reflect.set(quick, name, Reflect.get(jests, name));
      }
    },
  }) as unknown as typeof expect;
}
