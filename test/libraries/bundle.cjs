/**
 * Jest loads every module anew for each test file, and EUI alone has 1,500. So what the tests use of npm is bundled
 * into one script, once, and Jest's `moduleNameMapper` sends each package's name to its part of that script.
 */
const { build } = require('esbuild');
const { createHash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { builtinModules } = require('node:module');
const { basename, join } = require('node:path');
const {
  folderOf,
  installPackages,
  packageLists,
  packagesFrom,
  selectedName,
} = require('./packages.cjs');

const ROOT = join(__dirname, '..', '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'test-libraries');

const EMOTION = join(__dirname, 'emotion.cjs');
const EMOTION_RUNTIME = join(__dirname, 'emotion_runtime.cjs');
const REMEMBER = join(__dirname, 'remember.cjs');

/** What each package's name stands for, where that is not the package itself. */
const BROWSER_PACKAGES = {
  '@elastic/charts': '@elastic/charts',
  '@elastic/datemath': '@elastic/datemath',
  // EUI's own for tests: without animations, and icons as their names.
  '@elastic/eui': '@elastic/eui/test-env',
  '@emotion/cache': '@emotion/cache',
  '@emotion/css': '@emotion/css',
  '@emotion/react': '@emotion/react',
  '@emotion/react/jsx-runtime': '@emotion/react/jsx-runtime',
  '@tanstack/react-query': '@tanstack/react-query',
  '@testing-library/dom': '@testing-library/dom',
  '@testing-library/jest-dom': '@testing-library/jest-dom',
  '@testing-library/react': '@testing-library/react',
  '@testing-library/user-event': '@testing-library/user-event',
  'fast-check': 'fast-check',
  'fp-ts/lib/Either': 'fp-ts/lib/Either',
  history: 'history',
  'intl-messageformat': 'intl-messageformat',
  'io-ts': 'io-ts',
  'ipaddr.js': 'ipaddr.js',
  lodash: 'lodash',
  moment: 'moment',
  'moment-timezone': 'moment-timezone',
  react: 'react',
  'react-dom': 'react-dom',
  'react-dom/test-utils': 'react-dom/test-utils',
  'react-router': 'react-router',
  'react-router-dom': 'react-router-dom',
  'react/jsx-runtime': 'react/jsx-runtime',
  rxjs: 'rxjs',
};

const ID_GENERATOR = /html_id_generator$/;
/** EUI's for tests gives every element one and the same id: labels would name the wrong field. */
const replacements = {
  name: 'replacements',
  setup(bundler) {
    bundler.onResolve({ filter: /^refractor$/ }, () => ({
      path: join(__dirname, 'refractor.cjs'),
    }));
    bundler.onResolve({ filter: ID_GENERATOR }, ({ importer }) =>
      importer.includes(join('@elastic', 'eui', 'test-env'))
        ? { path: join(__dirname, 'html_id_generator.ts') }
        : undefined
    );
  },
};

/** Emotion names its classes after the component, which it finds in a stack trace per element: a quarter of the time. */
const noStackTraces = {
  name: 'no-stack-traces',
  setup(bundler) {
    const stack = 'new Error().stack';
    bundler.onLoad(
      { filter: /@emotion.react.dist.emotion-element-\w+\.cjs\.dev\.js$/ },
      ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (!source.includes(stack))
          throw new Error('Emotion finds names in another way than 11.11.1');
        return { contents: source.replaceAll(stack, "''"), loader: 'js' };
      }
    );
  },
};

/** Modules of EUI that compute styles and colors from a theme and a few words. */
const COMPUTES_STYLES =
  /eui[\\/]test-env[\\/](components[\\/].*\.styles|services[\\/]color[\\/](contrast|manipulation))\.js$/;
/** Elements without styles, and without computing them. */
const noStyles = {
  name: 'no-styles',
  setup(bundler) {
    bundler.onResolve({ filter: /^@emotion\/react$/ }, ({ importer }) =>
      importer === EMOTION ? undefined : { path: EMOTION }
    );
    bundler.onLoad({ filter: COMPUTES_STYLES }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}\nrequire(${JSON.stringify(REMEMBER)})(exports);`,
      loader: 'js',
    }));
  },
};

/**
 * React asks the module that it is in for Node's timers, of which a bundle has none, and React 18 warns about
 * `ReactDOM.render`, with which Kibana renders.
 */
const REACT = {
  'react.development.js': ['module && module[requireString]', 'require'],
  'react-dom.development.js': ["error('ReactDOM.render is no longer supported", "void ('"],
  'react-dom-test-utils.development.js': ['module && module[requireString]', 'require'],
};
const reactInBundle = {
  name: 'react-in-bundle',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]cjs[\\/]react[\w.-]*\.js$/ }, ({ path }) => {
      const replacement = REACT[basename(path)];
      if (replacement === undefined) return undefined;
      return { contents: readFileSync(path, 'utf8').replace(...replacement), loader: 'js' };
    });
  },
};

const NAME = selectedName();
/**
 * Component tests of the project's own EUI do without styles. Later ones keep them: EUI 121 makes classes itself, from
 * what Emotion registers.
 */
const HAS_STYLES = folderOf(NAME, '@elastic/eui') !== ROOT;
if (!HAS_STYLES) BROWSER_PACKAGES['@emotion/react/jsx-runtime'] = EMOTION_RUNTIME;
/** React's major version. Kibana with React 18 renders as React 17 did, into roots of `ReactDOM.render`. */
const IS_REACT_17 = folderOf(NAME, 'react') === ROOT;
if (!IS_REACT_17) {
  BROWSER_PACKAGES['@testing-library/react'] = join(__dirname, 'testing_library_18.cjs');
}
const INPUTS = [
  join(ROOT, 'package-lock.json'),
  ...packageLists(NAME),
  __filename,
  join(__dirname, 'packages.cjs'),
  EMOTION,
  EMOTION_RUNTIME,
  REMEMBER,
  join(__dirname, 'html_id_generator.ts'),
  join(__dirname, 'refractor.cjs'),
  join(__dirname, 'testing_library_18.cjs'),
];
const hash = createHash('sha256');
for (const file of INPUTS) hash.update(readFileSync(file)).update('\0');
const FOLDER = join(CACHE, hash.digest('hex').slice(0, 16));

const fileOf = (name) => join(FOLDER, `${name.replace(/\W/g, '_')}.js`);

/** The names of the packages, as Jest maps them. */
const browserLibraries = Object.fromEntries(
  Object.keys(BROWSER_PACKAGES).map((name) => [`^${name.replace(/[/.]/g, '\\$&')}$`, fileOf(name)])
);

/** Builds the bundle if it is not there. It appears whole or not at all: several processes may ask for it. */
async function buildLibraries() {
  if (existsSync(FOLDER)) return;
  await installPackages(NAME);
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(join(CACHE, 'unfinished-'));
  const names = Object.keys(BROWSER_PACKAGES);
  try {
    await build({
      absWorkingDir: ROOT,
      bundle: true,
      format: 'cjs',
      platform: 'neutral',
      mainFields: ['main'],
      external: [...builtinModules],
      // Those of Jest's environment.
      conditions: ['browser'],
      target: 'es2021',
      legalComments: 'none',
      // Each test file reads and parses the bundle: a third less.
      minifyWhitespace: true,
      logLevel: 'error',
      outfile: join(unfinished, 'all.js'),
      plugins: [
        replacements,
        HAS_STYLES ? noStackTraces : noStyles,
        packagesFrom(NAME),
        reactInBundle,
      ],
      stdin: {
        resolveDir: ROOT,
        contents: names
          .map(
            (name) =>
              `exports[${JSON.stringify(name)}] = () => require(${JSON.stringify(BROWSER_PACKAGES[name])});`
          )
          .join('\n'),
      },
    });
    for (const name of names) {
      writeFileSync(
        join(unfinished, `${name.replace(/\W/g, '_')}.js`),
        `module.exports = require('./all.js')[${JSON.stringify(name)}]();\n`
      );
    }
    renameSync(unfinished, FOLDER);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process has built it in the meantime.
    if (!existsSync(FOLDER)) throw error;
  }
}

module.exports = { browserLibraries, buildLibraries };
