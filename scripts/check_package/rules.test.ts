import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { MANIFEST_KEYS } from '../build/manifest';
import { zipFolder } from '../build/zip';
import { readPackage, type PluginPackage } from './plugin_package';
import { problemsOfRebuilding, sha256Of } from './reproducible';
import type { Sources } from './rule';
import { RULES } from './rules';

const ID = 'someResponse';
const ROOT = `kibana/${ID}/`;
const ENTRY = `target/public/${ID}.plugin.js`;
const FILE_NAME = `${ID}-1.2.3_8.12.2.zip`;
/** A path from the root; put together here, so that this file itself names none of a machine's. */
const rooted = (...names: readonly string[]): string => ['', ...names].join('/');

const sources: Sources = {
  project: {
    name: 'some-response',
    version: '1.2.3',
    license: 'Apache-2.0',
    description: 'Responds',
    kibanaVersion: '8.12.2',
  },
  pluginId: ID,
  licence: 'Apache License',
  bundled: [{ name: 'fp-ts', version: '2.8.6', licence: 'MIT', text: 'Permission is granted' }],
};

const manifest = {
  id: ID,
  version: '1.2.3',
  kibanaVersion: '8.12.2',
  type: 'standard',
  owner: { name: 'someone' },
  configPath: [ID],
  server: true,
  ui: true,
  requiredPlugins: ['actions', 'triggersActionsUi'],
  optionalPlugins: ['spaces'],
  requiredBundles: ['esUiShared'],
};

const packageJson = {
  name: 'some-response',
  version: '1.2.3',
  license: 'Apache-2.0',
  kibana: { version: '8.12.2' },
};

const key = `plugin/${ID}/public`;
const entryCode = `(function(){var bundle=(()=>{var React=__kbnSharedDeps__.React;
return {open:()=>import("./page.AAAA.js")}})();
__kbnBundles__.define("${key}",function(){return bundle},"${key}")})();`;

type Files = Readonly<Record<string, string | Buffer>>;

const scripts: Record<string, string> = {
  [ENTRY]: entryCode,
  'target/public/page.AAAA.js':
    'import{a}from"./shared.BBBB.js";__kbnBundles__.get("plugin/esUiShared/public");a();',
  'target/public/shared.BBBB.js': 'export const a=()=>__kbnSharedDeps__["ElasticEui"];',
};

const good: Files = {
  'kibana.json': JSON.stringify(manifest),
  'package.json': JSON.stringify(packageJson),
  'LICENSE.txt': sources.licence,
  'NOTICE.txt': 'fp-ts 2.8.6 (MIT)\n\nPermission is granted\n',
  'server/index.js':
    'const fs = require("node:fs"), z = require("zlib"), k = require("@kbn/i18n");\n' +
    'const a = require("@kbn/actions-plugin/server/sub_action_framework/types"); // eval("1")',
  ...scripts,
  ...Object.fromEntries(
    Object.entries(scripts).map(([path, code]) => [`${path}.br`, brotliCompressSync(code)])
  ),
};

const packageOf = (files: Files, fileName = FILE_NAME): PluginPackage => ({
  fileName,
  files: Object.entries(files).map(([path, content]) => ({
    path: `${ROOT}${path}`,
    content: Buffer.from(content),
  })),
});

/** The good package with a script changed, and its compressed twin with it. */
const withScript = (path: string, code: string): PluginPackage =>
  packageOf({ ...good, [path]: code, [`${path}.br`]: brotliCompressSync(code) });

const withServer = (code: string): PluginPackage => packageOf({ ...good, 'server/index.js': code });

const withJson = (path: string, base: object, changes: object): PluginPackage =>
  packageOf({ ...good, [path]: JSON.stringify({ ...base, ...changes }) });

const withManifest = (changes: object): PluginPackage => withJson('kibana.json', manifest, changes);

const without = (path: string): PluginPackage => {
  const { [path]: _, ...rest } = good;
  return packageOf(rest);
};

const outside = (path: string): PluginPackage => ({
  fileName: FILE_NAME,
  files: [...packageOf(good).files, { path, content: Buffer.alloc(0) }],
});

const problemsOf = (plugin: PluginPackage, of: Sources = sources): string[] =>
  RULES.flatMap(({ title, problems }) => problems(plugin, of).map((one) => `${title}: ${one}`));

test('a valid package has no problems', () => {
  expect(problemsOf(packageOf(good))).toEqual([]);
});

const LAYOUT = 'everything lies in';
const MANIFEST = "kibana.json keeps Kibana's rules";
const VERSIONS = 'one version of the plugin';
const PEOPLE = 'nothing of tests or development';
const MAPS = 'no source maps';
const PATHS = 'no paths of the machine';
const READABLE = 'every script parses';
const SERVER = 'the server loads only';
const SIZE = 'the entry has at most 7,500 bytes';
const LAZY = 'what is loaded later is there';
const SHARED = 'of Kibana only what it shares';
const TEXT = 'no text is made into code';
const TWINS = 'every asset has its compressed twin';
const LICENCES = "the plugin's licence";
const SHARED_CHUNK = 'target/public/shared.BBBB.js';

const damaged: readonly (readonly [string, string, PluginPackage, string])[] = [
  ['a file outside the folder', LAYOUT, outside('kibana/other/a.js'), 'kibana/other/a.js'],
  ['a file at the top', LAYOUT, outside('README.md'), 'README.md is outside'],
  ['a file twice', LAYOUT, outside(`${ROOT}kibana.json`), 'more than once'],
  ['no entry', LAYOUT, without(ENTRY), `${ENTRY} is missing`],
  ['no server', LAYOUT, without('server/index.js'), 'server/index.js is missing'],
  [
    'a manifest that is no JSON',
    MANIFEST,
    packageOf({ ...good, 'kibana.json': '{' }),
    'not a JSON',
  ],
  ['a key unknown to Kibana', MANIFEST, withManifest({ author: 'me' }), 'the key author'],
  ['another id', MANIFEST, withManifest({ id: 'otherResponse' }), 'id is "otherResponse"'],
  ['an id in kebab case', MANIFEST, withManifest({ id: 'some-response' }), 'not in camel case'],
  ['another type', MANIFEST, withManifest({ type: 'preboot' }), 'type is "preboot"'],
  ['no owner', MANIFEST, withManifest({ owner: undefined }), 'owner.name is missing'],
  ['no browser side', MANIFEST, withManifest({ ui: false }), 'server and ui'],
  ['a wrong configPath', MANIFEST, withManifest({ configPath: [1] }), 'configPath'],
  ['wrong required plugins', MANIFEST, withManifest({ requiredBundles: 'a' }), 'requiredBundles'],
  ['a wrong plugin id', MANIFEST, withManifest({ optionalPlugins: ['a-b'] }), 'a-b is not'],
  [
    'a plugin required and optional',
    MANIFEST,
    withManifest({ optionalPlugins: ['actions'] }),
    'required and optional at once',
  ],
  ['a wrong name', VERSIONS, packageOf(good, `${ID}-1.2.3.zip`), `not ${FILE_NAME}`],
  ['an old version', VERSIONS, withManifest({ version: '1.2.2' }), '1.2.2, not 1.2.3'],
  ['another Kibana', VERSIONS, withManifest({ kibanaVersion: '8.13.0' }), 'Kibana 8.12.2'],
  [
    'a range of Kibanas',
    VERSIONS,
    withManifest({ kibanaVersion: '8.x' }),
    'not one version of Kibana',
  ],
  [
    'an old package.json',
    VERSIONS,
    withJson('package.json', packageJson, { version: '1.0.0' }),
    'the package.json inside is of version 1.0.0',
  ],
  [
    'another licence',
    VERSIONS,
    withJson('package.json', packageJson, { license: 'MIT' }),
    "project's name and licence",
  ],
  ['a test', PEOPLE, packageOf({ ...good, 'server/index.test.js': '' }), 'index.test.js'],
  ['a chunk of tests', PEOPLE, packageOf({ ...good, 'target/public/mocks.js': '' }), 'mocks.js'],
  ['a source', PEOPLE, packageOf({ ...good, 'server/index.ts': '' }), 'server/index.ts'],
  ['a package', PEOPLE, packageOf({ ...good, 'node_modules/a/b.js': '' }), 'node_modules'],
  ['a configuration', PEOPLE, packageOf({ ...good, 'tsconfig.json': '{}' }), 'tsconfig.json'],
  ['a hidden file', PEOPLE, packageOf({ ...good, '.env': '' }), '.env'],
  ['a source map', MAPS, packageOf({ ...good, 'server/index.js.map': '{}' }), 'index.js.map'],
  [
    'a source map within',
    MAPS,
    withScript(SHARED_CHUNK, 'export const a=1;\n//# sourceMappingURL=data:x'),
    SHARED_CHUNK,
  ],
  ...[
    rooted('root', 'x1'),
    rooted('home', 'me'),
    rooted('tmp', 'build'),
    rooted('Users', 'me'),
    ['C:', 'Users', 'me'].join('\\\\'),
  ].map(
    (path) =>
      [`the path ${path}`, PATHS, withServer(`const a = "${path}";`), 'server/index'] as const
  ),
  ['a file URL', PATHS, withServer('const a = "file:///x";'), 'file://'],
  [
    'a registry',
    PATHS,
    packageOf({ ...good, 'NOTICE.txt': 'see registry.npmjs.org/a' }),
    'registry.npmjs.org',
  ],
  [
    'the folder that it was built in',
    PATHS,
    withServer(`const a = "${join(__dirname, '../..')}";`),
    join(__dirname, '../..'),
  ],
  ['a script that does not parse', READABLE, withServer('const = 1;'), 'does not parse'],
  [
    'a computed module',
    READABLE,
    withServer('require("@kbn/" + name);'),
    'require("@kbn/" + name)',
  ],
  [
    'a chunk below a computed folder',
    READABLE,
    withScript(ENTRY, entryCode.replace('import(', 'import(__kbnPublicPath__.a+')),
    'import(__kbnPublicPath__.a+"./page.AAAA.js")',
  ],
  ['a computed chunk', READABLE, withScript(SHARED_CHUNK, 'import(x)'), 'import(x)'],
  ['all shared modules', READABLE, withScript(SHARED_CHUNK, 'f(__kbnSharedDeps__)'), 'f(__kbn'],
  ['a package on the server', SERVER, withServer('require("lodash");'), 'loads lodash'],
  ['a file on the server', SERVER, withServer('require("./a.js");'), 'loads ./a.js'],
  ['a late package on the server', SERVER, withServer('import("got");'), 'loads got'],
  [
    'a plugin that is not required',
    SERVER,
    withServer('require("@kbn/features-plugin/server");'),
    'features is not a required plugin',
  ],
  ['a large entry', SIZE, withScript(ENTRY, entryCode + ' '.repeat(7_500)), ENTRY],
  [
    'a chunk that is not there',
    LAZY,
    withScript(SHARED_CHUNK, 'export const a=()=>import("./gone.js");'),
    'gone.js, which is not there',
  ],
  [
    'a page that is not there',
    LAZY,
    withScript(ENTRY, entryCode.replace('page.AAAA', 'page.CCCC')),
    'page.CCCC.js, which is not there',
  ],
  [
    'a page by a name that the browser does not resolve',
    LAZY,
    withScript(ENTRY, entryCode.replace('./page.AAAA', 'page.AAAA')),
    'loads page.AAAA.js, which is not there',
  ],
  ['a chunk that nothing loads', LAZY, withScript('target/public/old.js', ''), 'by nothing'],
  [
    'an entry that is a module',
    LAZY,
    withScript(ENTRY, `import"./page.AAAA.js";${entryCode}`),
    'a module',
  ],
  ['require in the browser', LAZY, withScript(SHARED_CHUNK, 'require("react")'), 'requires react'],
  ['no bundle', LAZY, withScript(ENTRY, entryCode.replace('define', 'get')), 'does not define'],
  [
    'a module that Kibana does not share',
    SHARED,
    withScript(SHARED_CHUNK, '__kbnSharedDeps__.Redux'),
    'takes Redux',
  ],
  [
    'a bundle of a plugin that is not required',
    SHARED,
    withScript(SHARED_CHUNK, '__kbnBundles__.get("plugin/cases/public")'),
    'plugin/cases/public',
  ],
  ...[
    'eval("1")',
    '(0,eval)("1")',
    'globalThis.eval("1")',
    'new Function("return 1")',
    'Function("return this")()',
    'setTimeout("1", 0)',
  ].map((code) => [code, TEXT, withScript(SHARED_CHUNK, code), SHARED_CHUNK] as const),
  ['eval on the server', TEXT, withServer('eval("1")'), 'server/index.js'],
  ['no compressed twin', TWINS, without(`${ENTRY}.br`), `${ENTRY}.br is missing`],
  ['no plain twin', TWINS, without(SHARED_CHUNK), 'has no plain twin'],
  [
    'another compressed twin',
    TWINS,
    packageOf({ ...good, [`${ENTRY}.br`]: brotliCompressSync('other') }),
    'does not decompress',
  ],
  ['a damaged twin', TWINS, packageOf({ ...good, [`${ENTRY}.br`]: 'x' }), 'does not decompress'],
  ['no licence', LICENCES, without('LICENSE.txt'), "not the project's LICENSE"],
  [
    'a notice without the package',
    LICENCES,
    packageOf({ ...good, 'NOTICE.txt': 'Permission is granted' }),
    'does not name fp-ts 2.8.6 (MIT)',
  ],
  [
    "a notice without the package's licence",
    LICENCES,
    packageOf({ ...good, 'NOTICE.txt': 'fp-ts 2.8.6 (MIT)' }),
    'lacks the licence of fp-ts',
  ],
];

test.each(damaged)('%s is found', (_, title, plugin, problem) => {
  const ofTheRule = problemsOf(plugin).filter((one) => one.startsWith(title));
  expect(ofTheRule.join('\n')).toContain(problem);
});

test('every rule has a package that violates it', () => {
  const broken = RULES.filter(({ title }) => damaged.some(([, of]) => title.startsWith(of)));
  expect(broken).toEqual(RULES);
});

test('refuses a build that contains no package', () => {
  expect(problemsOf(packageOf(good), { ...sources, bundled: [] })).toEqual([
    expect.stringContaining('no bundled package'),
  ]);
});

test.each([
  'const text = "eval(1) new Function()";',
  'exports.Function = new FunctionType();',
  'const { evaluate } = page; evaluate("1"); page.eval("1");',
  'setTimeout(() => 1, 0); typeof require;',
  `const path = "${rooted('api', 'home', 'tmp', 'status')}", other = "https://host${rooted('root', 'page')}";`,
])('no rule reports %s', (code) => {
  expect(problemsOf(withServer(code))).toEqual([]);
});

test('accepts every key that Kibana supports', () => {
  const all = Object.fromEntries(MANIFEST_KEYS.map((name) => [name, []]));
  expect(problemsOf(withJson('kibana.json', all, manifest))).toEqual([]);
});

describe('a zip', () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-package-'));
  const zip = join(folder, FILE_NAME);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    for (const [path, content] of Object.entries(good)) {
      const file = join(folder, 'plugin', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    await zipFolder(join(folder, 'plugin'), `kibana/${ID}`, zip);
  });

  test('is read as it was written', async () => {
    const plugin = await readPackage(zip);
    const byPath = (files: PluginPackage['files']) =>
      Object.fromEntries(files.map(({ path, content }) => [path, content.toString('latin1')]));
    expect(plugin.fileName).toBe(FILE_NAME);
    expect(byPath(plugin.files)).toEqual(byPath(packageOf(good).files));
    expect(problemsOf(plugin)).toEqual([]);
  });

  test.each([
    ['is no zip', Buffer.from(homedir())],
    ['leads out of its folder', undefined],
  ])('is refused when it %s', async (_, content) => {
    const bad = join(folder, 'bad.zip');
    const evil = async () => {
      await zipFolder(join(folder, 'plugin'), 'AAAAAA', bad);
      const text = readFileSync(bad).toString('latin1').replaceAll('AAAAAA/', '../../x');
      writeFileSync(bad, Buffer.from(text, 'latin1'));
    };
    if (content === undefined) await evil();
    else writeFileSync(bad, content);
    await expect(readPackage(bad)).rejects.toThrow(/central directory|invalid relative path/);
  });

  test('must be reproducible from the sources', () => {
    const [a, b] = [sha256Of(Buffer.from('a')), sha256Of(Buffer.from('b'))];
    expect(problemsOfRebuilding(a, a, a)).toEqual([]);
    expect(problemsOfRebuilding(b, a, a)).toEqual([expect.stringContaining('run npm run build')]);
    expect(problemsOfRebuilding(a, a, b)).toEqual([expect.stringContaining('builds')]);
  });
});
