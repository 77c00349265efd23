import { build, type Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folderOf, packagesFrom } from '../../libraries/packages.cjs';
import type { KibanaName } from '../versions/kibana_version';
import { commonOptions, ROOT } from './build_options';

const ICONS = 'workbench-eui-icons';
/** EUI without the types of its properties, which Kibana takes too: two thirds of its size. */
const euiFolderOf = (name: KibanaName): string =>
  join(folderOf(name, '@elastic/eui'), 'node_modules/@elastic/eui/optimize/es');
/** EUI, or one of its modules. */
const EUI = /^@elastic\/eui(?:\/es\/(.+))?$/;
const ICON_IMPORT = /import\([^)]*'\.\/assets\/' \+ typeToPathMap\[iconType\]\)/;
/** An entry of the map: `name: 'file'` in EUI 90 and 104, a function that imports `./assets/file` in 121. */
const ICON_ENTRIES = [
  /^\s+'?(\w+)'?: (?:withMetadata\(function \(\)|function \w+\(\)) \{\s*return import\('\.\/assets\/([\w-]+)'\)/gim,
  /^\s+'?(\w+)'?: '([\w-]+)',?$/gim,
];

/** EUI's own map of an icon's name to its file. */
function iconPaths(folder: string): ReadonlyMap<string, string> {
  const source = readFileSync(join(folder, 'icon_map.js'), 'utf8');
  for (const entry of ICON_ENTRIES) {
    const paths = [...source.matchAll(entry)];
    if (paths.length >= 400) return new Map(paths.map(([, name, file]) => [name!, file!]));
  }
  throw new Error('EUI has another form of icon map than 90, 104 and 121');
}

function iconModule(folder: string): string {
  const paths = iconPaths(folder);
  const files = [...new Set(paths.values())];
  const variableOf = (file: string) => `icon${files.indexOf(file)}`;
  return [
    ...files.map((file) => `import { icon as ${variableOf(file)} } from './assets/${file}';`),
    `export const icons = {`,
    ...[...paths].map(([name, file]) => `  ${JSON.stringify(name)}: ${variableOf(file)},`),
    `};`,
  ].join('\n');
}

/** Takes EUI from its folder, puts all of its icons into the bundle, and takes the request for one at run time out of it. */
const eui = (euiFolder: string): Plugin => ({
  name: 'eui',
  setup(bundler) {
    const folder = join(euiFolder, 'components', 'icon');
    bundler.onResolve({ filter: EUI }, ({ path }) => ({
      path: join(euiFolder, `${path.replace(EUI, '$1') || 'index'}.js`),
    }));
    bundler.onResolve({ filter: /^workbench:eui-icons$/ }, ({ path }) => ({
      path,
      namespace: ICONS,
    }));
    bundler.onLoad({ filter: /.*/, namespace: ICONS }, () => ({
      contents: iconModule(folder),
      resolveDir: folder,
    }));
    bundler.onLoad(
      { filter: /eui[\\/]optimize[\\/]es[\\/]components[\\/]icon[\\/]icon\.js$/ },
      ({ path }) => {
        const source = readFileSync(path, 'utf8');
        // EUI 121 has the imports in its map, where the bundler finds them.
        if (!source.includes('typeToPathMap[iconType]()') && !ICON_IMPORT.test(source)) {
          throw new Error('EUI loads icons in another way than 90, 104 and 121');
        }
        return {
          contents: source.replace(ICON_IMPORT, `Promise.reject(new Error('No such icon'))`),
          loader: 'js',
        };
      }
    );
  },
});

const REMEMBER = resolve(ROOT, 'test/libraries/remember.cjs');
/** Modules of EUI that compute styles and colors from a theme and a few words. */
const COMPUTES_STYLES =
  /eui[\\/]optimize[\\/]es[\\/](components[\\/].*(\.styles|color_utils)|global_styling[\\/](mixins|functions)[\\/]\w+|themes[\\/].*[\\/]mixins[\\/]\w+|services[\\/]color[\\/](contrast|manipulation))\.js$/;
const STYLE_FUNCTION = /^export var (\w+) = function /gm;
/**
 * EUI 90 computes the styles of an element whenever it is rendered, which takes a fifth of a page's time. Later versions
 * keep most of them.
 */
const stylesOnce: Plugin = {
  name: 'styles-once',
  setup(bundler) {
    bundler.onLoad({ filter: COMPUTES_STYLES }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const names = [...source.matchAll(STYLE_FUNCTION)].map(([, name]) => name).join(', ');
      const contents = `${source}
import remember from ${JSON.stringify(REMEMBER)};
const remembered = { ${names} };
remember(remembered);
({ ${names} } = remembered);`;
      return { contents: names === '' ? source : contents, loader: 'js' };
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

/** Kibana's packages, of which the workbench has its own. */
const ALIASES: Readonly<Record<string, string>> = {
  '@kbn/datemath': resolve(ROOT, 'test/workbench/kbn/datemath/index.ts'),
  '@kbn/i18n': resolve(ROOT, 'test/workbench/kbn/i18n/index.ts'),
  '@kbn/i18n-react': resolve(ROOT, 'test/workbench/kbn/i18n-react/index.tsx'),
  '@kbn/rison': resolve(ROOT, 'test/workbench/kbn/rison/index.ts'),
  // The time zones of these years, which are a fifth of all.
  'moment-timezone': 'moment-timezone/builds/moment-timezone-with-data-1970-2030',
};

/** Bundles the modules that a version of Kibana shares into `outfile`, a classic script. */
export async function buildSharedDeps(name: KibanaName, outfile: string): Promise<void> {
  const isEui90 = folderOf(name, '@elastic/eui') === ROOT;
  await build({
    ...commonOptions,
    entryPoints: [join(ROOT, 'test/workbench/browser/shared_deps/main.ts')],
    outfile,
    alias: ALIASES,
    plugins: [
      eui(euiFolderOf(name)),
      ...(isEui90 ? [stylesOnce] : []),
      fewLanguages,
      packagesFrom(name),
    ],
  });
}
