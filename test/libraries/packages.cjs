/**
 * The version of Kibana that tests and the workbench stand in for, and the packages that it has in other versions than
 * 8.12: React, EUI, and what tests need with them. Those of 8.12 are the project's own. The others are installed when
 * they are first needed, because `npm ci` would take twice as long with them.
 */
const { execFile } = require('node:child_process');
const { createHash } = require('node:crypto');
const {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { join } = require('node:path');
const { promisify } = require('node:util');

const ROOT = join(__dirname, '..', '..');
const VERSIONS = join(ROOT, 'test', 'workbench', 'versions');
const INSTALLED = join(ROOT, 'build', 'versions');
const DEFAULT = '8.12';
const FILES = ['package.json', 'package-lock.json'];

const names = readdirSync(VERSIONS)
  .flatMap((file) => /^kibana_(\d+)_(\d+)\.ts$/.exec(file)?.slice(1).join('.') ?? [])
  .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/** What KIBANA_VERSION says, else 8.12. Throws for a version without a file. */
function selectedName() {
  const name = process.env.KIBANA_VERSION || DEFAULT;
  if (names.includes(name)) return name;
  throw new Error(`KIBANA_VERSION is one of ${names.join(', ')}, not "${name}"`);
}

const listOf = (name) => join(VERSIONS, 'packages', name);
const dependenciesIn = (folder) => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8')
  );
  return new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
};

/** Files that say which packages a version has; none for 8.12. */
const packageLists = (name) =>
  name === DEFAULT ? [] : FILES.map((file) => join(listOf(name), file));

/** Where the packages of a version are, or will be: the project's folder for 8.12. */
function packageFolder(name) {
  if (name === DEFAULT) return ROOT;
  const hash = createHash('sha256');
  for (const file of packageLists(name)) hash.update(readFileSync(file));
  return join(INSTALLED, `${name}-${hash.digest('hex').slice(0, 12)}`);
}

/** Installs the packages of a version, if they are not there. They appear whole or not at all. */
async function installPackages(name) {
  const folder = packageFolder(name);
  if (existsSync(folder)) return folder;
  mkdirSync(INSTALLED, { recursive: true });
  const unfinished = mkdtempSync(join(INSTALLED, 'unfinished-'));
  try {
    for (const file of FILES) copyFileSync(join(listOf(name), file), join(unfinished, file));
    const options = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
    await promisify(execFile)('npm', ['ci', ...options], { cwd: unfinished });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process has installed them in the meantime.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The folder whose `node_modules` have a package: the version's if it names the package, else the project's. */
const folderOf = (name, packageName) =>
  name !== DEFAULT && dependenciesIn(listOf(name)).has(packageName) ? packageFolder(name) : ROOT;

const packageOf = (path) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
const resolvedHere = Symbol('resolved');

/**
 * A plugin of esbuild that takes each package from one place, whoever imports it: from the version's folder if the
 * version names it, else from the project's. Two copies of React or Emotion would not know each other's contexts.
 */
function packagesFrom(name) {
  const folder = packageFolder(name);
  const ofVersion = name === DEFAULT ? new Set() : dependenciesIn(listOf(name));
  const ofProject = dependenciesIn(ROOT);
  return {
    name: 'packages-of-version',
    setup(bundler) {
      if (name === DEFAULT) return;
      bundler.onResolve({ filter: /^[^./]/ }, ({ path, kind, pluginData }) => {
        const from = packageOf(path);
        if (pluginData === resolvedHere) return undefined;
        const resolveDir = ofVersion.has(from) ? folder : ofProject.has(from) ? ROOT : undefined;
        if (resolveDir === undefined) return undefined;
        return bundler.resolve(path, { kind, resolveDir, pluginData: resolvedHere });
      });
    },
  };
}

/**
 * Writes a configuration for the compiler that takes the types of a version's packages, and returns its path. React's are
 * in packages of their own.
 */
function typeConfig(name) {
  const folder = packageFolder(name);
  const paths = {};
  // EUI's types bring types of another React along.
  for (const one of new Set([...dependenciesIn(listOf(name)), 'react', 'react-dom'])) {
    if (one.startsWith('@types/')) continue;
    const modules = join(folderOf(name, one), 'node_modules');
    const types = join('@types', one);
    const at = join(modules, existsSync(join(modules, types)) ? types : one);
    Object.assign(paths, { [one]: [at], [`${one}/*`]: [join(at, '*')] });
  }
  const config = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { typeRoots: [join(ROOT, 'node_modules', '@types')], paths },
    include: ['common', 'server', 'public', 'typings', 'test'].map((one) => join(ROOT, one)),
    exclude: [join(ROOT, 'build'), join(ROOT, 'node_modules')],
  };
  const file = join(folder, 'tsconfig.json');
  writeFileSync(file, JSON.stringify(config, undefined, 2));
  return file;
}

module.exports = {
  folderOf,
  installPackages,
  packageLists,
  packagesFrom,
  selectedName,
  typeConfig,
  versionNames: names,
};
