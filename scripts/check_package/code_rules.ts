import { builtinModules } from 'node:module';
import { pluginBundleOf, SHARED_MODULES } from '../build/externals';
import { codeFactsOf, type CodeFacts } from './code_facts';
import type { PluginPackage } from './plugin_package';
import { filesByPath, jsonFile, type Rule, type Sources } from './rule';

/**
 * In bytes, uncompressed. Every page of Kibana loads the entry, whether the plugin is used or not. The limit is half
 * of the median of the plugins in Kibana 8.12.2.
 */
export const LARGEST_ENTRY = 7_500;

const BROWSER = /^target\/public\/.+\.js$/;

const entryOf = ({ pluginId }: Sources): string => `target/public/${pluginId}.plugin.js`;

/** Parsing is the slow part, and several rules look at the same file. */
const known = new WeakMap<Buffer, CodeFacts>();

function scriptsOf(
  plugin: PluginPackage,
  sources: Sources,
  where: RegExp
): readonly (readonly [string, CodeFacts])[] {
  return [...filesByPath(plugin, sources)]
    .filter(([path]) => where.test(path))
    .map(([path, content]) => {
      const facts = known.get(content) ?? codeFactsOf(path, content.toString('utf8'));
      known.set(content, facts);
      return [path, facts] as const;
    });
}

const listed = (plugin: PluginPackage, sources: Sources, ...keys: readonly string[]): string[] => {
  const manifest = jsonFile(plugin, sources, 'kibana.json') ?? {};
  return keys.flatMap((key) => (Array.isArray(manifest[key]) ? (manifest[key] as string[]) : []));
};

export const readable: Rule = {
  title: 'every script parses and names what it loads',
  problems: (plugin, sources) =>
    scriptsOf(plugin, sources, /\.js$/).flatMap(([path, { syntaxErrors, unreadable }]) => [
      ...syntaxErrors.map((error) => `${path} does not parse: ${error}`),
      ...unreadable.map((one) => `${path}: what is loaded here cannot be told: ${one}`),
    ]),
};

const isBuiltin = (name: string): boolean =>
  builtinModules.includes(name.replace(/^node:/, '')) || /^node:[a-z/]+$/.test(name);

export const serverRequires: Rule = {
  title: "the server loads only Node.js and Kibana's packages",
  problems: (plugin, sources) => {
    const required = listed(plugin, sources, 'requiredPlugins');
    return scriptsOf(plugin, sources, /^server\//).flatMap(([path, facts]) =>
      [...new Set([...facts.requires, ...facts.imports, ...facts.lazyImports])].flatMap((name) => {
        if (isBuiltin(name)) return [];
        if (!name.startsWith('@kbn/')) return [`${path} loads ${name}`];
        const bundle = pluginBundleOf(name.replace(/^(@kbn\/[a-z-]+-plugin)\/.*/, '$1/public'));
        const [, id] = bundle?.split('/') ?? [];
        return id === undefined || required.includes(id)
          ? []
          : [`${path} loads ${name}, and ${id} is not a required plugin`];
      })
    );
  },
};

export const entrySize: Rule = {
  title: `the entry has at most ${LARGEST_ENTRY.toLocaleString('en')} bytes`,
  problems: (plugin, sources) => {
    const size = filesByPath(plugin, sources).get(entryOf(sources))?.length ?? 0;
    return size > LARGEST_ENTRY ? [`${entryOf(sources)} has ${size}`] : [];
  },
};

/** The entry is a classic script; all others are modules, loaded by what is loaded already. */
export const lazyFiles: Rule = {
  title: 'what is loaded later is there, and nothing else is',
  problems: (plugin, sources) => {
    const entry = entryOf(sources);
    const scripts = new Map(scriptsOf(plugin, sources, BROWSER));
    const key = `plugin/${sources.pluginId}/public`;
    const problems: string[] = [];
    const reached = new Set([entry]);
    for (const path of reached) {
      const facts = scripts.get(path);
      if (facts === undefined) continue;
      for (const name of [...facts.imports, ...facts.lazyImports]) {
        // A browser resolves other names than "./…" against nothing, or outside of the plugin's folder.
        const file = name.replace(/^\.\//, 'target/public/');
        if (!scripts.has(file)) problems.push(`${path} loads ${name}, which is not there`);
        reached.add(file);
      }
      problems.push(...facts.requires.map((name) => `${path} requires ${name} in the browser`));
    }
    for (const path of scripts.keys()) {
      if (!reached.has(path)) problems.push(`${path} is loaded by nothing`);
    }
    const { imports, bundlesDefined } = scripts.get(entry) ?? { imports: [], bundlesDefined: [] };
    if (imports.length > 0) problems.push(`${entry} is a module; Kibana loads a classic script`);
    if (bundlesDefined.join() !== key) problems.push(`${entry} does not define ${key} once`);
    return problems;
  },
};

export const sharedDeps: Rule = {
  title: 'of Kibana only what it shares, of plugins only those that are required',
  problems: (plugin, sources) => {
    const shared = Object.values(SHARED_MODULES);
    const plugins = listed(plugin, sources, 'requiredPlugins', 'requiredBundles');
    return scriptsOf(plugin, sources, BROWSER).flatMap(([path, facts]) => [
      ...facts.sharedDeps
        .filter((name) => !shared.includes(name))
        .map((name) => `${path} takes ${name}, which Kibana does not share`),
      ...facts.bundlesTaken
        .filter((bundle) => !plugins.includes(bundle.split('/')[1] ?? ''))
        .map((bundle) => `${path} takes ${bundle}, whose plugin is not required`),
    ]);
  },
};

export const noEvaluation: Rule = {
  title: 'no text is made into code',
  problems: (plugin, sources) =>
    scriptsOf(plugin, sources, /\.js$/).flatMap(([path, { evaluations }]) =>
      evaluations.map((one) => `${path}: ${one}`)
    ),
};
