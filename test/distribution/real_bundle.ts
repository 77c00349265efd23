/**
 * Run as a program of its own, with a Kibana distribution's folder as argument: loads our browser
 * bundle after Kibana's own shared modules and bundles, as a page of Kibana does, and says what came of
 * it. Lazy parts come as classic scripts that set `lazyPart`.
 */
import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { browserWindow } from './real_browser';
import { standIn, type Bag } from './stand_in';

export interface BundleQuestion {
  readonly pluginId: string;
  readonly entry: string;
  readonly lazyParts: Readonly<Record<string, string>>;
}

export interface BundleAnswer {
  /** Where Kibana's own bundles find its shared modules, by module. */
  readonly definitions: Readonly<Record<string, string>>;
  /** Names that are there at run time. */
  readonly shared: readonly string[];
  readonly eui: readonly string[];
  /** Ids of the connector types and applications that the plugin registers. */
  readonly connectorTypes: readonly string[];
  readonly applications: readonly string[];
  /** What each lazy part exports once it is loaded, or why it could not be. */
  readonly lazyParts: Readonly<Record<string, readonly string[] | string>>;
}

const home = process.argv[2];
if (home === undefined) throw new Error('The folder of a Kibana distribution is missing');
const question: BundleQuestion = JSON.parse(readFileSync(0, 'utf8'));
const { externals } = createRequire(join(home, 'package.json'))(
  '@kbn/ui-shared-deps-src/src/definitions'
);

const window = browserWindow(home);

/** Sets the plugin up and starts it, with the real shared modules below and stand-ins around it. */
function run(): { connectorTypes: string[]; applications: string[] } {
  const connectorTypes: string[] = [];
  const applications: string[] = [];
  window.eval(question.entry);
  const bundle = window.__kbnBundles__.get(`plugin/${question.pluginId}/public`);
  const plugin = bundle.plugin(standIn());
  const register = (into: string[]) => (one: Bag) => void into.push(one.id);
  const core = standIn({ application: standIn({ register: register(applications) }) });
  const plugins = standIn({
    triggersActionsUi: standIn({
      actionTypeRegistry: standIn({ register: register(connectorTypes) }),
    }),
  });
  plugin.setup(core, plugins);
  plugin.start(standIn(), plugins);
  return { connectorTypes, applications };
}

function load(code: string): readonly string[] | string {
  try {
    window.eval(`var lazyPart;${code}`);
    return Object.keys(window.lazyPart);
  } catch (error) {
    return String(error);
  }
}

const answer: BundleAnswer = {
  definitions: Object.fromEntries(
    Object.entries<string>(externals).map(([module, at]) => [
      module,
      at.replace(/^__kbnSharedDeps__\./, ''),
    ])
  ),
  shared: Object.keys(window.__kbnSharedDeps__),
  eui: Object.keys(window.__kbnSharedDeps__.ElasticEui),
  ...run(),
  lazyParts: Object.fromEntries(
    Object.entries(question.lazyParts).map(([name, code]) => [name, load(code)])
  ),
};
process.stdout.write(JSON.stringify(answer), () => process.exit(0));
