import { writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
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

/** An import that `classicScript` rewrites: its names, and the shared module that has them. */
const SHARED_IMPORT = /\bimport\s*\{([^}]*)\}\s*from\s*"kibana-shared:(\w+)";?/g;

/** What the entry takes of Kibana's shared modules: names, by module. */
type Taken = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Leaves Kibana's shared modules out of the entry, as imports that `classicScript` rewrites. Each name that is
 * `taken` is imported once for all files, where the bundler would import it once for each.
 */
const sharedOutside = (taken: Taken): Plugin => ({
  name: 'shared-outside',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path, kind, namespace }) => {
      if (kind === 'entry-point') return undefined;
      if (namespace === SHARED) return { path, external: true };
      const module = SHARED_MODULES[path];
      if (module === undefined) return undefined;
      return taken.has(module)
        ? { path: module, namespace: SHARED }
        : { path: `kibana-shared:${module}`, external: true };
    });
    bundler.onLoad({ filter: /.*/, namespace: SHARED }, ({ path }) => ({
      contents: `export {${[...taken.get(path)!].join()}} from "kibana-shared:${path}";`,
    }));
  },
});

/** What a built entry takes, by its imports. */
function takenIn(code: string): Taken {
  const taken = new Map<string, Set<string>>();
  for (const [, names, module] of code.matchAll(SHARED_IMPORT)) {
    const known = taken.get(module!) ?? new Set();
    for (const name of names!.split(',')) known.add(name.trim().split(/\s+as\s+/)[0]!);
    taken.set(module!, known);
  }
  return taken;
}

/** The entry's name for the plugin's public path; longer than the bundler's own names become. */
const BELOW = '__p';

/**
 * A classic script of the entry's module: what it imports is taken from Kibana, what it exports is defined
 * as the plugin's bundle, and lazy files lie below the plugin's public path. It is far smaller than what
 * bundlers make of modules, and every page of Kibana loads it. Throws when something else is imported.
 */
function classicScript(code: string, pluginId: string): string {
  const key = JSON.stringify(`plugin/${pluginId}/public`);
  let exported = '';
  const constants = [`${BELOW}=__kbnPublicPath__.${pluginId}`];
  const script = code
    .replace(SHARED_IMPORT, (_, names: string, module: string) => {
      const own = names.trim().replace(/\s+as\s+/g, ':');
      constants.push(`{${own}}=__kbnSharedDeps__.${module}`);
      return '';
    })
    .replace(/\bexport\s*\{([^}]*)\};?\s*$/, (_, names: string) => {
      exported = names.replace(/(\w+)\s+as\s+(\w+)/g, '$2:$1');
      return '';
    })
    .replace(/\bimport\("\.\/([^"]+)"\)/g, (_, file: string) => `import(${BELOW}+"${file}")`);
  if (exported === '' || /(^|[;}\s])import\s*[{*"\w]/.test(script)) {
    throw new Error('public/index.ts cannot be made into a classic script');
  }
  // The last argument is what Kibana calls the function before it with; there is one module, so it needs no name.
  const define = `__kbnBundles__.define(${key},()=>({${exported}}),0);`;
  return `(()=>{"use strict";const ${constants.join()};${script.trim()}\n${define}})();\n`;
}

/** Takes from Kibana what Kibana has, and refuses whatever is neither Kibana's nor meant to be bundled. */
const fromKibana: Plugin = {
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
      contents: `module.exports = __kbnSharedDeps__.${SHARED_MODULES[path]};`,
    }));
    bundler.onLoad({ filter: /.*/, namespace: PLUGIN }, ({ path }) => ({
      contents: `module.exports = __kbnBundles__.get(${JSON.stringify(path)});`,
    }));
  },
};

/** Leaves lazy imports out of the entry: `chunkOf` names the file of each, or takes note of it. */
const lazily = (chunkOf: (path: string) => string): Plugin => ({
  name: 'lazily',
  setup(bundler) {
    bundler.onResolve({ filter: /^\./ }, async ({ kind, path, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === 'resolved') return undefined;
      const found = await bundler.resolve(path, {
        kind: 'import-statement',
        resolveDir,
        pluginData: 'resolved',
      });
      if (found.errors.length > 0) return { errors: found.errors };
      return { path: `./${chunkOf(found.path)}`, external: true };
    });
  },
});

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

/** Builds `public/index.ts` into `outDir`. Throws when it does not compile or imports something foreign. */
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
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: '@emotion/react',
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    logLevel: 'silent',
  };
  const buildEntry = (chunkOf: (path: string) => string, taken: Taken) =>
    build({
      ...common,
      entryPoints: [join(root, 'public/index.ts')],
      format: 'esm',
      outfile: entry,
      write: false,
      plugins: [lazily(chunkOf), sharedOutside(taken), fromKibana],
    });

  const lazy = new Set<string>();
  const first = await buildEntry((path) => {
    lazy.add(path);
    return 'chunk';
  }, new Map());
  const chunks = await build({
    ...common,
    entryPoints: [...lazy].sort(),
    format: 'esm',
    splitting: true,
    outdir: outDir,
    outbase: join(root, 'public'),
    entryNames: '[name].[hash]',
    chunkNames: 'shared.[hash]',
    plugins: [fromKibana],
  });
  const fileOf = new Map<string, string>();
  for (const [file, { entryPoint }] of Object.entries(chunks.metafile!.outputs)) {
    if (entryPoint !== undefined) fileOf.set(resolve(root, entryPoint), basename(file));
  }
  const taken = takenIn(first.outputFiles[0]!.text);
  const built = await buildEntry((path) => fileOf.get(path)!, taken);
  writeFileSync(entry, classicScript(built.outputFiles[0]!.text, pluginId));
  return {
    entry: relative(dirname(outDir), entry),
    metafiles: [built.metafile!, chunks.metafile!],
  };
}
