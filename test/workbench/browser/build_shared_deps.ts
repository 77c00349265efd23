import { build, type Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commonOptions, ROOT } from './build_options';

const ICONS = 'workbench-eui-icons';
const ICON_FOLDER = join(ROOT, 'node_modules/@elastic/eui/es/components/icon');
const ICON_IMPORT = /import\([^)]*'\.\/assets\/' \+ typeToPathMap\[iconType\]\)/;

/** EUI's own map of an icon's name to its file. */
function iconPaths(): ReadonlyMap<string, string> {
  const source = readFileSync(join(ICON_FOLDER, 'icon_map.js'), 'utf8');
  const paths = [...source.matchAll(/^\s+'?([A-Za-z0-9_]+)'?: '([a-z0-9_-]+)',?$/gim)];
  if (paths.length < 400) throw new Error('EUI has another form of icon map than 90.0.0 has');
  return new Map(paths.map(([, name, file]) => [name!, file!]));
}

function iconModule(): string {
  const files = [...new Set(iconPaths().values())];
  const variableOf = (file: string) => `icon${files.indexOf(file)}`;
  return [
    ...files.map((file) => `import { icon as ${variableOf(file)} } from './assets/${file}';`),
    `export const icons = {`,
    ...[...iconPaths()].map(([name, file]) => `  ${JSON.stringify(name)}: ${variableOf(file)},`),
    `};`,
  ].join('\n');
}

/** Puts all of EUI's icons into the bundle, and takes the request for one at run time out of it. */
const euiIcons: Plugin = {
  name: 'eui-icons',
  setup(bundler) {
    bundler.onResolve({ filter: /^workbench:eui-icons$/ }, ({ path }) => ({
      path,
      namespace: ICONS,
    }));
    bundler.onLoad({ filter: /.*/, namespace: ICONS }, () => ({
      contents: iconModule(),
      resolveDir: ICON_FOLDER,
    }));
    bundler.onLoad({ filter: /eui[\\/]es[\\/]components[\\/]icon[\\/]icon\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!ICON_IMPORT.test(source)) throw new Error('EUI loads icons in another way than 90.0.0');
      return {
        contents: source.replace(ICON_IMPORT, `Promise.reject(new Error('No such icon'))`),
        loader: 'js',
      };
    });
  },
};

/** EUI's highlighter sets up 277 languages, which takes a third of the time that a page needs to start. */
const fewLanguages: Plugin = {
  name: 'few-languages',
  setup(bundler) {
    const path = resolve(ROOT, 'test/libraries/refractor.cjs');
    bundler.onResolve({ filter: /^refractor$/ }, () => ({ path }));
  },
};

/** Kibana's packages, of which the workbench has its own, and one copy of EUI in one form. */
const ALIASES: Readonly<Record<string, string>> = {
  '@elastic/eui/lib/services': '@elastic/eui/es/services',
  '@kbn/datemath': resolve(ROOT, 'test/workbench/kbn/datemath/index.ts'),
  '@kbn/i18n': resolve(ROOT, 'test/workbench/kbn/i18n/index.ts'),
  '@kbn/i18n-react': resolve(ROOT, 'test/workbench/kbn/i18n-react/index.tsx'),
  '@kbn/rison': resolve(ROOT, 'test/workbench/kbn/rison/index.ts'),
};

/** Bundles the modules that Kibana shares into `outfile`, a classic script. */
export async function buildSharedDeps(outfile: string): Promise<void> {
  await build({
    ...commonOptions,
    entryPoints: [join(ROOT, 'test/workbench/browser/shared_deps/main.ts')],
    outfile,
    alias: ALIASES,
    plugins: [euiIcons, fewLanguages],
  });
}
