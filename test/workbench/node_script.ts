import { build, type Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from './browser/build_options';
import { cachedFolder } from './browser/cached_folder';

/**
 * The workbench with the plugin and all that they load in one script for Node, because tests start dozens: a process
 * needs 0.5 s of the processor until it answers, and 1.3 s from its 750 modules.
 */

const at = (path: string): string => join(ROOT, path);
const INPUTS = [
  'common',
  'kibana.jsonc',
  'package-lock.json',
  'server',
  'test/libraries/packages.cjs',
  'test/simulator',
  'test/workbench',
  'tsconfig.json',
];

const KBN = /^@kbn\//;
/** Loads the plugin from a folder that is known at run time only; a bundle has it inside. */
const LOADER = at('test/workbench/plugin_host/load_plugin.ts');
const LOADS = 'require(path)';
const LOADS_INSIDE = `require(${JSON.stringify(at('server/index.ts'))})`;

const ownModules: Plugin = {
  name: 'own-modules',
  setup(bundler) {
    bundler.onResolve({ filter: KBN }, ({ path, kind }) =>
      bundler.resolve(`./${path.replace(KBN, '')}`, { kind, resolveDir: at('test/workbench/kbn') })
    );
    bundler.onLoad({ filter: /\.(ts|cjs)$/ }, async ({ path }) => {
      if (path.includes('node_modules')) return undefined;
      const source = await readFile(path, 'utf8');
      if (path === LOADER && !source.includes(LOADS)) throw new Error(`No "${LOADS}" in ${path}`);
      const contents = path === LOADER ? source.replace(LOADS, LOADS_INSIDE) : source;
      return {
        contents: contents.replace(/\b__dirname\b/g, JSON.stringify(dirname(path))),
        loader: path.endsWith('.ts') ? 'ts' : 'js',
      };
    });
  },
};

const SCRIPT = 'script.cjs';

async function buildScript(folder: string, entry: string): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [at(entry)],
    outfile: join(folder, SCRIPT),
    bundle: true,
    platform: 'node',
    target: 'node18',
    // Finds its own executable.
    external: ['esbuild'],
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [ownModules],
  });
}

/** The path of the script of a module (below the project's folder), which is built if its sources have changed since. */
export const nodeScript = (name: string, entry: string): Promise<string> =>
  cachedFolder({
    name,
    inputs: [...INPUTS, dirname(entry)].map(at),
    build: (folder) => buildScript(folder, entry),
  }).then((folder) => join(folder, SCRIPT));
