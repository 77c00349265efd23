/**
 * Run as a program of its own, with a Kibana distribution's folder as argument and contracts (JSON) on
 * standard input: prints, for each of them, the names that the distribution really has there.
 */
import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { browserWindow } from './real_browser';
import { standIn, type Bag } from './stand_in';
import type { Contract, Place } from './typed_names';

const home = process.argv[2];
if (home === undefined) throw new Error('The folder of a Kibana distribution is missing');
const requireFromKibana = createRequire(join(home, 'package.json'));
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
    return namesOf(inside(browserWindow(home!).__kbnSharedDeps__[at.shared], at.path));
  }
  if (at.bundle !== undefined) {
    const bundle = browserWindow(home!).__kbnBundles__.get(at.bundle);
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
