import { basename, dirname, join, relative, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { BUNDLED_PACKAGES, pluginBundleOf, SHARED_MODULES } from './externals';

/**
 * The browser bundle in Kibana's format: a small classic script that defines the plugin's bundle, and
 * ES module chunks, named by their content, for everything that it imports lazily. Kibana's content
 * security policy (`script-src 'self'`, no eval) allows both.
 */

const SHARED = 'kibana-shared';
const PLUGIN = 'kibana-plugin';
const JSX_RUNTIME = 'jsx-runtime';

/** React's automatic JSX runtime is not among Kibana's shared modules; emotion's `jsx` is. */
const JSX_RUNTIME_SOURCE = `
const { jsx: create } = __kbnSharedDeps__.EmotionReact;
const { Fragment } = __kbnSharedDeps__.React;
const jsx = (type, props, key) => create(type, key === undefined ? props : { ...props, key });
module.exports = { Fragment, jsx, jsxs: jsx };
`;

/**
 * The members of shared modules that the entry imports. They are ES exports there, because the interoperation with
 * CommonJS modules would be a sixth of the entry.
 */
const ENTRY_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  '@elastic/eui': ['EuiButtonIcon', 'EuiToolTip'],
  react: ['Component', 'createElement', 'Fragment', 'lazy', 'Suspense'],
};

/**
 * Texts have ids that begin with `sentineloneResponse.`, and default messages. The entry writes that once, in a function
 * that replaces `i18n.translate` in its sources.
 */
const I18N = '@kbn/i18n';
const TEXTS_OF_ENTRY = `
const { i18n } = __kbnSharedDeps__.${SHARED_MODULES[I18N]};
export const translate = (id, { m: defaultMessage, ...values }) =>
  i18n.translate('sentineloneResponse.' + id, { defaultMessage, ...values });
`;
const shortTexts: Plugin = {
  name: 'short-texts',
  setup(bundler) {
    bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes(`import { i18n } from '${I18N}'`)) return undefined;
      const contents = source
        .replace('import { i18n }', 'import { translate }')
        .replace(/\bi18n\.translate\((\s*)'sentineloneResponse\./g, "translate($1'")
        .replace(/\bdefaultMessage:/g, 'm:');
      return { contents, loader: 'ts' };
    });
  },
};

const inChunks = (path: string): string =>
  `module.exports = __kbnSharedDeps__.${SHARED_MODULES[path]};`;
const inEntry = (path: string): string =>
  path === I18N
    ? TEXTS_OF_ENTRY
    : `export const { ${(ENTRY_MEMBERS[path] ?? []).join(', ')} } = __kbnSharedDeps__.${SHARED_MODULES[path]};`;

/**
 * Uses the modules that Kibana shares, and refuses modules that are neither shared by Kibana nor meant to be bundled.
 * `sourceOf` returns the source of a shared module.
 */
const fromKibana = (sourceOf: (path: string) => string): Plugin => ({
  name: 'from-kibana',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point') return undefined;
      if (/^@emotion\/react\/jsx-(dev-)?runtime$/.test(path))
        return { path, namespace: JSX_RUNTIME };
      if (path in SHARED_MODULES) return { path, namespace: SHARED };
      const bundle = pluginBundleOf(path);
      if (bundle !== undefined) return { path: bundle, namespace: PLUGIN };
      const bundled = BUNDLED_PACKAGES.some((name) => path === name || path.startsWith(`${name}/`));
      if (bundled || importer.includes('node_modules')) return undefined;
      const text = `"${path}" is not shared by Kibana and is not meant to be bundled (scripts/build/externals.ts)`;
      return { errors: [{ text }] };
    });
    bundler.onLoad({ filter: /.*/, namespace: JSX_RUNTIME }, () => ({
      contents: JSX_RUNTIME_SOURCE,
    }));
    bundler.onLoad({ filter: /.*/, namespace: SHARED }, ({ path }) => ({
      contents: sourceOf(path),
    }));
    bundler.onLoad({ filter: /.*/, namespace: PLUGIN }, ({ path }) => ({
      contents: `module.exports = __kbnBundles__.get(${JSON.stringify(path)});`,
    }));
  },
});

/**
 * Leaves the files that are imported lazily out of the entry. `fileOf` returns the file of each, relative to the
 * entry.
 */
const lazyFilesOutside = (fileOf: (path: string) => string): Plugin => ({
  name: 'lazy-files-outside',
  setup(bundler) {
    bundler.onResolve({ filter: /^\./ }, async ({ kind, path, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === 'resolved') return undefined;
      const found = await bundler.resolve(path, {
        kind: 'import-statement',
        resolveDir,
        pluginData: 'resolved',
      });
      if (found.errors.length > 0) return { errors: found.errors };
      return { path: `./${fileOf(found.path)}`, external: true };
    });
  },
});

/** The entry's source: registers `public/index.ts` as the plugin's bundle, under the key that Kibana looks up. */
const entrySource = (pluginId: string): string => `
import { plugin } from './public/index';
__kbnBundles__.define('plugin/${pluginId}/public', () => ({ plugin }), 0);
`;

export interface BrowserBundleOptions {
  readonly root: string;
  readonly outDir: string;
  readonly pluginId: string;
  readonly minify: boolean;
}

export interface BrowserBundle {
  readonly entry: string;
  /** Everything that went into the files, for licences. */
  readonly metafiles: readonly Metafile[];
}

/**
 * Builds `public/index.ts` into `outDir`. Throws when it does not compile, or imports a module that Kibana does
 * not share and that is not in `BUNDLED_PACKAGES`.
 *
 * The entry and the chunks are separate builds, because the bundler splits code between modules only, and a
 * module's static imports are not available to a classic script.
 */
export async function buildBrowserBundle({
  root,
  outDir,
  pluginId,
  minify,
}: BrowserBundleOptions): Promise<BrowserBundle> {
  const entry = join(outDir, `${pluginId}.plugin.js`);
  const common: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    minify,
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: '@emotion/react',
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    logLevel: 'silent',
  };
  const buildEntry = (fileOf: (path: string) => string, write: boolean) =>
    build({
      ...common,
      stdin: { contents: entrySource(pluginId), resolveDir: root, sourcefile: 'entry.js' },
      // A classic script. As an IIFE of the bundler, it would have helpers that nothing uses.
      format: 'esm',
      banner: { js: '(()=>{' },
      footer: { js: '})();' },
      outfile: entry,
      write,
      plugins: [lazyFilesOutside(fileOf), shortTexts, fromKibana(inEntry)],
    });

  const lazy = new Set<string>();
  await buildEntry((path) => {
    lazy.add(path);
    return 'chunk';
  }, false);
  const chunks = await build({
    ...common,
    entryPoints: [...lazy].sort(),
    format: 'esm',
    splitting: true,
    outdir: outDir,
    outbase: join(root, 'public'),
    entryNames: '[name].[hash]',
    chunkNames: 'shared.[hash]',
    plugins: [fromKibana(inChunks)],
  });
  const fileOf = new Map<string, string>();
  for (const [file, { entryPoint }] of Object.entries(chunks.metafile!.outputs)) {
    if (entryPoint !== undefined) fileOf.set(resolve(root, entryPoint), basename(file));
  }
  const built = await buildEntry((path) => fileOf.get(path)!, true);
  return {
    entry: relative(dirname(outDir), entry),
    metafiles: [built.metafile!, chunks.metafile!],
  };
}
