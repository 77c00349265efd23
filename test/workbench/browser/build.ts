import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBrowserBundle } from '../../../scripts/build/browser_bundle';
import { folderOf, installPackages, packageLists } from '../../libraries/packages.cjs';
import { readManifest } from '../plugin_host/manifest';
import type { KibanaVersion } from '../versions/kibana_version';
import { kibanaVersion } from '../versions/selected_version';
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
  at('test/libraries/packages.cjs'),
  at('test/libraries/refractor.cjs'),
  at('test/libraries/remember.cjs'),
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

const sharedDeps = ({ name }: KibanaVersion): Promise<string> =>
  cachedFolder({
    name: `shared-deps-${name}`,
    inputs: [...SHARED_DEPS, ...packageLists(name)],
    build: async (folder) => {
      await installPackages(name);
      await buildSharedDeps(name, join(folder, 'shared_deps.js'));
    },
  });

const assets = (version: KibanaVersion): Promise<string> =>
  cachedFolder({
    name: `assets-${version.name}`,
    inputs: [...HOST, ...packageLists(version.name)],
    build: async (folder) => {
      const shared = await sharedDeps(version);
      // Kibana's core has the styles of the charts, too. EUI has had none in files since it has its second theme.
      const theme = async (name: string): Promise<void> => {
        const sheets = [
          join(
            folderOf(version.name, '@elastic/eui'),
            `node_modules/@elastic/eui/dist/eui_theme_${name}.min.css`
          ),
          at(`node_modules/@elastic/charts/dist/theme_only_${name}.css`),
        ].filter((sheet) => existsSync(sheet));
        const texts = await Promise.all(sheets.map((sheet) => readFile(sheet, 'utf8')));
        await writeFile(join(folder, `${name}.css`), texts.join('\n'));
      };
      await Promise.all([buildHost(join(folder, 'workbench.js')), theme('light'), theme('dark')]);
      await copyFile(join(shared, 'shared_deps.js'), join(folder, 'shared_deps.js'));
    },
  });

/** The plugin's bundle is the same for all versions. */
const plugin = (): Promise<string> =>
  cachedFolder({
    name: 'plugin',
    inputs: PLUGIN,
    build: async (folder) => {
      const outDir = join(folder, 'target', 'public');
      await mkdir(outDir, { recursive: true });
      const { id: pluginId } = readManifest(ROOT, kibanaVersion().version);
      await buildBrowserBundle({ root: ROOT, outDir, pluginId, minify: true });
    },
  });

/**
 * Builds what the workbench's page loads in a version of Kibana, under `build/workbench/`: everything on a first call,
 * later only what has changed. Throws when something does not compile, or packages cannot be installed.
 */
export async function buildWorkbenchAssets(
  version: KibanaVersion = kibanaVersion()
): Promise<WorkbenchAssets> {
  const [assetsDir, pluginDir] = await Promise.all([assets(version), plugin()]);
  return { assetsDir, publicDir: join(pluginDir, 'target', 'public') };
}
