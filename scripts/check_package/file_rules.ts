import { homedir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { filesByPath, type Rule } from './rule';

const ROOT = join(__dirname, '..', '..');

const NEEDED = ['kibana.json', 'package.json', 'server/index.js', 'LICENSE.txt', 'NOTICE.txt'];
const ASSET = /^target\/public\/[\w.-]+\.js(\.br)?$/;
const OF_DEVELOPERS =
  /(^|[/.])(test|tests|__tests__|mocks?|fixtures?|stories)[/.]|(^|\/)(node_modules|\.[^/]*)(\/|$)|\.(tsx?|map|log|tsbuildinfo)$/;

export const layout: Rule = {
  title: 'everything lies in kibana/<plugin id>/',
  problems: (plugin, sources) => {
    const root = `kibana/${sources.pluginId}/`;
    const paths = plugin.files.map(({ path }) => path);
    const inside = filesByPath(plugin, sources);
    return [
      ...paths.filter((path) => !path.startsWith(root)).map((path) => `${path} is outside ${root}`),
      ...paths
        .filter((path, n) => paths.indexOf(path) !== n)
        .map((path) => `${path} is there more than once`),
      ...[...NEEDED, `target/public/${sources.pluginId}.plugin.js`]
        .filter((path) => !inside.has(path))
        .map((path) => `${path} is missing`),
    ];
  },
};

export const onlyNeeded: Rule = {
  title: 'nothing of tests or development',
  problems: (plugin, sources) =>
    [...filesByPath(plugin, sources).keys()]
      .filter((path) => OF_DEVELOPERS.test(path) || !(NEEDED.includes(path) || ASSET.test(path)))
      .map((path) => `${path} is not for users`),
};

export const noSourceMaps: Rule = {
  title: 'no source maps',
  problems: ({ files }) =>
    files
      .filter(({ path, content }) => path.endsWith('.map') || content.includes('sourceMappingURL='))
      .map(({ path }) => `${path} is or names a source map`),
};

/** Paths of builds and packages, including folders of this machine. */
const TRACES: readonly RegExp[] = [
  /(?<![\w./])\/(?:root|home|work|tmp|Users|private|builds)\/[\w.@-]{2,}/,
  /\b[A-Z]:\\\\?(?:Users|Temp|work)\b/i,
  /\bfile:\/\//,
  /\b(?:registry\.(?:npmjs\.org|yarnpkg\.com)|npm\.pkg\.github\.com|artifactory|verdaccio)\b/,
];

export const noMachinePaths: Rule = {
  title: 'no paths of the machine that built it, no registries',
  problems: ({ files }) => {
    const folders = [ROOT, homedir()].filter((folder) => folder.length > 5);
    return files.flatMap(({ path, content }) => {
      const text = content.toString('latin1');
      const found = [
        ...TRACES.map((trace) => trace.exec(text)?.[0]),
        ...folders.filter((folder) => text.includes(folder)),
      ].filter((one) => one !== undefined);
      return [...new Set(found)].map((one) => `${path} contains ${one}`);
    });
  },
};

const decompressed = (content: Buffer): Buffer | undefined => {
  try {
    return brotliDecompressSync(content);
  } catch {
    return undefined;
  }
};

export const compressed: Rule = {
  title: 'every asset has its compressed twin (.br)',
  problems: (plugin, sources) => {
    const files = filesByPath(plugin, sources);
    const assets = [...files.keys()].filter((path) => path.startsWith('target/public/'));
    return assets.flatMap((path) => {
      if (path.endsWith('.br')) {
        return files.has(path.replace(/\.br$/, '')) ? [] : [`${path} has no plain twin`];
      }
      const twin = files.get(`${path}.br`);
      if (twin === undefined) return [`${path}.br is missing`];
      return decompressed(twin)?.equals(files.get(path)!)
        ? []
        : [`${path}.br does not decompress to ${path}`];
    });
  },
};

export const licences: Rule = {
  title: "the plugin's licence, and a notice of every bundled package",
  problems: (plugin, sources) => {
    const files = filesByPath(plugin, sources);
    const notice = files.get('NOTICE.txt')?.toString('utf8') ?? '';
    return [
      ...(files.get('LICENSE.txt')?.toString('utf8') === sources.licence
        ? []
        : ["LICENSE.txt is not the project's LICENSE"]),
      ...sources.bundled.flatMap(({ name, version, licence, text }) => [
        ...(notice.includes(`${name} ${version} (${licence})`)
          ? []
          : [`NOTICE.txt does not name ${name} ${version} (${licence})`]),
        ...(notice.includes(text) ? [] : [`NOTICE.txt lacks the licence of ${name}`]),
      ]),
      ...(sources.bundled.length === 0 ? ['the build named no bundled package at all'] : []),
    ];
  },
};
