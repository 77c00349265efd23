import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBrowserBundle } from '../../../scripts/build/browser_bundle';
import { readManifest } from '../plugin_host/manifest';
import { buildHost } from './build_host';
import { ROOT } from './build_options';
import { buildSharedDeps } from './build_shared_deps';
import { cachedFolder } from './cached_folder';

export interface WorkbenchAssets {
  /** The workbench's own scripts and styles: `shared_deps.js`, `workbench.js`, `light.css`, `dark.css`. */
  readonly assetsDir: string;
  /** The plugin's browser bundle, as Kibana's build lays it out. */
  readonly publicDir: string;
}

const at = (path: string): string => join(ROOT, path);
const browser = (path: string): string => at(`test/workbench/browser/${path}`);

const COMMON = [
  at('package-lock.json'),
  at('scripts/build'),
  at('test/workbench/not_in_the_workbench.ts'),
  browser('build.ts'),
  browser('build_options.ts'),
];
const SHARED_DEPS = [
  ...COMMON,
  at('test/libraries/refractor.cjs'),
  at('test/workbench/kbn/datemath'),
  at('test/workbench/kbn/i18n'),
  at('test/workbench/kbn/i18n-react'),
  at('test/workbench/kbn/rison'),
  browser('build_shared_deps.ts'),
  browser('shared_deps'),
];
const HOST = [
  ...SHARED_DEPS,
  at('kibana.jsonc'),
  at('package.json'),
  at('test/workbench/plugin_host/manifest.ts'),
  browser('build_host.ts'),
  browser('host'),
];
const PLUGIN = [...COMMON, at('common'), at('kibana.jsonc'), at('public')];

const sharedDeps = (): Promise<string> =>
  cachedFolder({
    name: 'shared-deps',
    inputs: SHARED_DEPS,
    build: (folder) => buildSharedDeps(join(folder, 'shared_deps.js')),
  });

const assets = (): Promise<string> =>
  cachedFolder({
    name: 'assets',
    inputs: HOST,
    build: async (folder) => {
      // Kibana's core has the styles of the charts, too.
      const theme = async (name: string): Promise<void> => {
        const sheets = [
          `node_modules/@elastic/eui/dist/eui_theme_${name}.min.css`,
          `node_modules/@elastic/charts/dist/theme_only_${name}.css`,
        ];
        const texts = await Promise.all(sheets.map((sheet) => readFile(at(sheet), 'utf8')));
        await writeFile(join(folder, `${name}.css`), texts.join('\n'));
      };
      const [shared] = await Promise.all([
        sharedDeps(),
        buildHost(join(folder, 'workbench.js')),
        theme('light'),
        theme('dark'),
      ]);
      await copyFile(join(shared, 'shared_deps.js'), join(folder, 'shared_deps.js'));
    },
  });

const plugin = (): Promise<string> =>
  cachedFolder({
    name: 'plugin',
    inputs: PLUGIN,
    build: async (folder) => {
      const outDir = join(folder, 'target', 'public');
      await mkdir(outDir, { recursive: true });
      const { id: pluginId } = readManifest(ROOT);
      await buildBrowserBundle({ root: ROOT, outDir, pluginId, minify: true });
    },
  });

/**
 * Builds what the workbench's page loads, under `build/workbench/`: everything on a first call, later
 * only what has changed. Throws when something does not compile.
 */
export async function buildWorkbenchAssets(): Promise<WorkbenchAssets> {
  const [assetsDir, pluginDir] = await Promise.all([assets(), plugin()]);
  return { assetsDir, publicDir: join(pluginDir, 'target', 'public') };
}
