import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBrowserBundle } from '../../../scripts/build/browser_bundle';
import { readManifest } from '../plugin_host/manifest';
import { buildHost } from './build_host';
import { ROOT } from './build_options';
import { buildSharedDeps } from './build_shared_deps';
import { hashOf } from './input_hash';

export interface WorkbenchAssets {
  /** The workbench's own scripts and styles: `shared_deps.js`, `workbench.js`, `light.css`, `dark.css`. */
  readonly assetsDir: string;
  /** The plugin's browser bundle, as Kibana's build lays it out. */
  readonly publicDir: string;
}

/** Something that is built, where to, and everything that it is made of. */
interface Target {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  build(): Promise<void>;
}

const OUT = join(ROOT, 'build', 'workbench');
const at = (...paths: readonly string[]): string => join(ROOT, ...paths);
const BROWSER = 'test/workbench/browser';
const EVERYWHERE = [at('package-lock.json'), at('scripts/build')];

function targets({ assetsDir, publicDir }: WorkbenchAssets): readonly Target[] {
  const { id } = readManifest(ROOT);
  const builders = ['build.ts', 'build_options.ts', 'build_shared_deps.ts', 'build_host.ts'];
  const common = [...EVERYWHERE, ...builders.map((file) => at(BROWSER, file))];
  const sharedDeps = join(assetsDir, 'shared_deps.js');
  const host = join(assetsDir, 'workbench.js');
  const themes = ['light', 'dark'].map((theme) => ({
    from: at(`node_modules/@elastic/eui/dist/eui_theme_${theme}.min.css`),
    to: join(assetsDir, `${theme}.css`),
  }));
  return [
    {
      name: 'shared_deps',
      inputs: [
        ...common,
        at(BROWSER, 'shared_deps'),
        at('test/workbench/kbn/i18n'),
        at('test/workbench/kbn/i18n-react'),
        at('test/workbench/kbn/rison'),
        at('test/workbench/not_in_the_workbench.ts'),
      ],
      outputs: [sharedDeps],
      build: () => buildSharedDeps(sharedDeps),
    },
    {
      name: 'host',
      inputs: [
        ...common,
        at(BROWSER, 'host'),
        at('test/workbench/not_in_the_workbench.ts'),
        at('test/workbench/kibana_version.ts'),
        at('kibana.jsonc'),
        at('package.json'),
      ],
      outputs: [host],
      build: () => buildHost(host),
    },
    {
      name: 'themes',
      inputs: common,
      outputs: themes.map(({ to }) => to),
      build: async () => {
        await Promise.all(themes.map(({ from, to }) => copyFile(from, to)));
      },
    },
    {
      name: 'plugin',
      inputs: [...common, at('public'), at('common'), at('kibana.jsonc'), at('package.json')],
      outputs: [join(publicDir, `${id}.plugin.js`)],
      build: async () => {
        await rm(publicDir, { recursive: true, force: true });
        await mkdir(publicDir, { recursive: true });
        await buildBrowserBundle({ root: ROOT, outDir: publicDir, pluginId: id, minify: true });
      },
    },
  ];
}

/** Builds a target unless it is there already, made of the same inputs. */
async function bringUpToDate({ name, inputs, outputs, build }: Target): Promise<void> {
  const stamp = join(OUT, `${name}.hash`);
  const hash = hashOf(inputs);
  const isFresh = outputs.every(existsSync) && existsSync(stamp);
  if (isFresh && readFileSync(stamp, 'utf8') === hash) return;
  await rm(stamp, { force: true });
  await build();
  writeFileSync(stamp, hash);
}

/**
 * Builds what the workbench's page loads, under `build/workbench/`: everything on a first call, later
 * only what has changed. Throws when something does not compile.
 */
export async function buildWorkbenchAssets(): Promise<WorkbenchAssets> {
  const assets = {
    assetsDir: join(OUT, 'assets'),
    publicDir: join(OUT, 'plugin', 'target', 'public'),
  };
  await mkdir(assets.assetsDir, { recursive: true });
  await Promise.all(targets(assets).map(bringUpToDate));
  return assets;
}
