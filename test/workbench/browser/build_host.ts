import { build, type Plugin } from 'esbuild';
import { join } from 'node:path';
import { SHARED_MODULES } from '../../../scripts/build/externals';
import { readManifest } from '../plugin_host/manifest';
import { kibanaVersion } from '../versions/selected_version';
import { commonOptions, ROOT } from './build_options';

/** What the workbench's own code takes beside what the plugin takes. */
const HOST_MODULES: Readonly<Record<string, string>> = {
  ...SHARED_MODULES,
  '@emotion/cache': 'EmotionCache',
  history: 'History',
  lodash: 'Lodash',
  moment: 'Moment',
  'react-router': 'ReactRouter',
  rxjs: 'Rxjs',
  uuid: 'Uuid',
};

const SHARED = 'kibana-shared';
const MANIFEST = 'workbench-manifest';

/** The workbench's own code uses the same copies of the shared modules as the plugin. */
const fromSharedDeps: Plugin = {
  name: 'from-shared-deps',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path in HOST_MODULES ? { path, namespace: SHARED } : undefined
    );
    bundler.onLoad({ filter: /.*/, namespace: SHARED }, ({ path }) => ({
      contents: `module.exports = __kbnSharedDeps__.${HOST_MODULES[path]};`,
    }));
  },
};

/** What `kibana.jsonc` declares, so that the plugin gets in the browser what it would in Kibana. */
const manifest: Plugin = {
  name: 'manifest',
  setup(bundler) {
    bundler.onResolve({ filter: /^workbench:manifest$/ }, ({ path }) => ({
      path,
      namespace: MANIFEST,
    }));
    bundler.onLoad({ filter: /.*/, namespace: MANIFEST }, () => {
      const { id, requiredPlugins, optionalPlugins, requiredBundles } = readManifest(
        ROOT,
        kibanaVersion().version
      );
      const value = { id, requiredPlugins, optionalPlugins, requiredBundles };
      return { contents: `export const manifest = ${JSON.stringify(value)};` };
    });
  },
};

/** Bundles the workbench's browser side into `outfile`, a classic script. */
export async function buildHost(outfile: string): Promise<void> {
  await build({
    ...commonOptions,
    entryPoints: [join(ROOT, 'test/workbench/browser/host/main.tsx')],
    outfile,
    plugins: [fromSharedDeps, manifest],
  });
}
