/**
 * Run as a program of its own, with a Kibana distribution's folder as argument and contracts (JSON) on
 * standard input: prints, for each of them, the names that the distribution really has there.
 */
import { existsSync, readdirSync, readFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { JSDOM, VirtualConsole } from 'jsdom';
import type { Contract, Place } from './typed_names';

type Bag = Record<string, any>; // Another program's modules: nothing is known about them.

const home = process.argv[2];
if (home === undefined) throw new Error('The folder of a Kibana distribution is missing');
const requireFromKibana = createRequire(join(home, 'package.json'));
const never = new Promise(() => undefined);

/** Stands in for anything: every member is one more of it, and so is what it returns. */
function standIn(members: Bag = {}): any {
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

/** A plugin's configuration, as far as some plugins insist on it. */
const initializerContext = () =>
  standIn({
    config: standIn({ get: () => standIn({ preconfigured: {}, allowedHosts: ['*'] }) }),
  });

/** All names of a value: its own and those that it inherits, but for Object's and Function's. */
function namesOf(value: unknown): readonly string[] {
  const names = new Set<string>();
  for (
    let owner = value;
    owner !== null &&
    owner !== undefined &&
    owner !== Object.prototype &&
    owner !== Function.prototype;
    owner = Object.getPrototypeOf(owner)
  ) {
    for (const name of Object.getOwnPropertyNames(owner)) names.add(name);
  }
  return [...names];
}

const inside = (value: Bag, path: readonly string[] = []) =>
  path.reduce<Bag>((outer, name) => outer[name], value);

let browser: Bag | undefined;

/** A window in which Kibana's shared modules, its core and all its plugins' bundles are loaded. */
function browserWindow(): Bag {
  if (browser !== undefined) return browser;
  const { window } = new JSDOM('<!doctype html>', {
    url: 'http://localhost/',
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(),
  });
  const load = (file: string) => window.eval(readFileSync(file, 'utf8'));
  const bundles = new Map<string, () => unknown>();
  Object.assign(window, {
    __kbnThemeTag__: 'v8light',
    __kbnPublicPath__: new Proxy({}, { get: (_, id) => `/${String(id)}/` }),
    __kbnBundles__: {
      has: (key: string) => bundles.has(key),
      define: (key: string, bundleRequire: (id: unknown) => unknown, id: unknown) =>
        bundles.set(key, () => bundleRequire(id)),
      get(key: string) {
        const bundle = bundles.get(key);
        if (bundle === undefined) throw new Error(`There is no bundle ${key}`);
        return bundle();
      },
    },
    matchMedia: () => ({ matches: false, addListener() {}, removeListener() {} }),
    TextEncoder,
    TextDecoder,
    Worker: function NoWorker() {},
  });
  window.URL.createObjectURL = () => 'blob:none';
  const kbn = join(home!, 'node_modules/@kbn');
  load(join(kbn, 'ui-shared-deps-npm/shared_built_assets/kbn-ui-shared-deps-npm.dll.js'));
  load(join(kbn, 'ui-shared-deps-src/shared_built_assets/kbn-ui-shared-deps-src.js'));
  load(join(kbn, 'core/target/public/core.entry.js'));
  for (const name of readdirSync(kbn)) {
    const folder = join(kbn, name, 'target/public');
    const files = existsSync(folder) ? readdirSync(folder) : [];
    for (const file of files) if (file.endsWith('.plugin.js')) load(join(folder, file));
  }
  browser = window as Bag;
  return browser;
}

function plugin(made: Bag, lifecycle: 'setup' | 'start'): Bag {
  const setup = lifecycle === 'start' ? tryTo(() => made.setup(standIn(), standIn())) : undefined;
  return lifecycle === 'setup'
    ? made.setup(standIn(), standIn())
    : made.start(standIn(), standIn(), setup);
}

/** Some plugins start only after their setup, others cannot be set up with stand-ins. */
function tryTo<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function realNames(at: Place): readonly string[] {
  if (at.mentions !== undefined) {
    return readFileSync(join(home!, at.mentions), 'utf8').match(/[\w$]+/g) ?? [];
  }
  if (at.shared !== undefined) {
    return namesOf(inside(browserWindow().__kbnSharedDeps__[at.shared], at.path));
  }
  if (at.bundle !== undefined) {
    const bundle = browserWindow().__kbnBundles__.get(at.bundle);
    if (at.lifecycle === undefined) return namesOf(inside(bundle, at.path));
    return namesOf(inside(plugin(bundle.plugin(initializerContext()), at.lifecycle), at.path));
  }
  if (at.module === undefined) throw new Error('The contract says no place');
  const module = requireFromKibana(at.module);
  if (at.prototype !== undefined) return namesOf(module[at.prototype].prototype);
  if (at.call !== undefined) return namesOf(inside(module[at.call](standIn()), at.path));
  if (at.new !== undefined) {
    const Made = module[at.new];
    return namesOf(new Made(standIn(), standIn(), standIn(), standIn(), standIn()));
  }
  if (at.plugin !== undefined && at.lifecycle !== undefined) {
    const made = new module[at.plugin](initializerContext());
    return namesOf(inside(plugin(made, at.lifecycle), at.path));
  }
  return namesOf(inside(module, at.path));
}

const contracts: readonly Contract[] = JSON.parse(readFileSync(0, 'utf8'));
const answers = contracts.map(({ at }) => {
  try {
    return { names: [...new Set(realNames(at))] };
  } catch (error) {
    return { names: [], problem: error instanceof Error ? error.message : String(error) };
  }
});
// What was loaded may keep timers; and a pipe takes the text only if we wait for it.
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
