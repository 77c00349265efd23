import * as React from 'react';
import { createContext, runInContext } from 'node:vm';
import { codeFactsOf } from './code_facts';
import type { PluginPackage } from './plugin_package';

/** What a plugin's zip and its browser bundle look like to Kibana. `<id>` stands for the plugin's id. */
export interface BundleFormat {
  readonly manifestKeys: readonly string[];
  readonly entry: string;
  /** Whether the entry is an ES module; Kibana loads it as a classic script. */
  readonly isModule: boolean;
  /** Whether every script has a twin that is compressed by Brotli. */
  readonly isCompressed: boolean;
  /** The bundles that the entry defines, in order. */
  readonly bundles: readonly string[];
  /** Types of the arguments of `__kbnBundles__.define`. */
  readonly defineArguments: readonly string[];
  /** Where the entry reads while it runs from which address it loads the rest. */
  readonly publicPath: readonly ('__kbnPublicPath__' | 'document.currentScript')[];
  /** Members of `__kbnSharedDeps__` that any of its scripts takes. */
  readonly sharedModules: readonly string[];
}

/** Stands for every shared module and what is in it. */
const anything = (): unknown =>
  new Proxy(function () {}, {
    get: (_, name) => (name === Symbol.toPrimitive ? () => '' : anything()),
    apply: () => anything(),
    construct: () => anything() as object,
  });

/** React is real, because classes extend its components while the entry runs. */
const SHARED = new Proxy<Record<string, unknown>>(
  { React },
  { get: (known, name) => known[String(name)] ?? anything() }
);

type Definition = readonly [key: string, require: (module: unknown) => unknown, module: unknown];

/** Runs an entry as a page of Kibana does, and returns what it defines and where it reads its address. */
export function runEntry(pluginId: string, code: string) {
  const definitions: Definition[] = [];
  const publicPath = new Set<BundleFormat['publicPath'][number]>();
  const address = `https://kibana.example/bundles/plugin/${pluginId}/1.0.0/`;
  const window: Record<string, unknown> = {
    __kbnSharedDeps__: SHARED,
    __kbnBundles__: {
      define: (...definition: Definition) => void definitions.push(definition),
      get: () => {
        throw new Error('Bundles of other plugins may be defined later');
      },
    },
    get __kbnPublicPath__() {
      publicPath.add('__kbnPublicPath__');
      return { [pluginId]: address };
    },
    document: {
      get currentScript() {
        publicPath.add('document.currentScript');
        return { tagName: 'SCRIPT', src: `${address}${pluginId}.plugin.js` };
      },
      getElementsByTagName: () => [],
    },
  };
  window.window = window;
  window.self = window;
  window.globalThis = window;
  runInContext(code, createContext(window), { timeout: 5_000 });
  return { definitions, publicPath: [...publicPath].sort() };
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

/** The format of a zip that holds one plugin. Throws if it has no manifest or no entry. */
export function bundleFormatOf({ files }: PluginPackage): BundleFormat {
  const manifestFile = files.find(({ path }) => /^kibana\/[^/]+\/kibana\.json$/.test(path));
  const manifest = JSON.parse(String(manifestFile?.content)) as { readonly id: string };
  const [root] = manifestFile!.path.split('kibana.json');
  const content = new Map(files.map((file) => [file.path.replace(root!, ''), file.content]));
  const scripts = [...content.keys()].filter((path) => /^target\/public\/.*\.js$/.test(path));
  const entry = `target/public/${manifest.id}.plugin.js`;
  const code = String(content.get(entry));
  const { definitions, publicPath } = runEntry(manifest.id, code);
  const { imports } = codeFactsOf(entry, code);
  return {
    manifestKeys: Object.keys(manifest).sort(),
    entry: entry.replace(manifest.id, '<id>'),
    isModule: imports.length > 0,
    isCompressed: scripts.every((path) => content.has(`${path}.br`)),
    bundles: definitions.map(([key]) => key.replace(manifest.id, '<id>')),
    defineArguments: unique(
      definitions.map((one) => one.map((argument) => typeof argument).join(', '))
    ),
    publicPath,
    sharedModules: unique(
      scripts.flatMap((path) => codeFactsOf(path, String(content.get(path))).sharedDeps)
    ),
  };
}
