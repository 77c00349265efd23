// `npm run test:quick`: types, lint, and the tests nearest to what has changed since `main`, within a minute. It prints
// how many other tests the changes reach; `npm test` runs them all.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkTypes, endWithSum, jest, report, run } from './run_jest.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(ROOT, 'node_modules', '.cache');
const WORKERS = 2;
/** Seconds of tests, all workers together. */
const BUDGET = 40;
/** Seconds per kilobyte of a test file, on average. */
const SECONDS_PER_KB = { ui: 0.6, unit: 0.15 };
/** Seconds that each file takes at least. */
const SECONDS_PER_FILE = { ui: 1.5, unit: 0.3 };

const ENDS = ['.ts', '.tsx', '.cjs', '.mjs', '/index.ts', '/index.tsx'];

const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
const lines = (text) => text.split('\n').filter((line) => line !== '');

/** Files that differ from where the branch left `main`, committed or not. */
function changedFiles() {
  let base = 'HEAD';
  for (const main of ['main', 'origin/main']) {
    try {
      base = git('merge-base', 'HEAD', main);
      break;
    } catch {
      // This clone has no branch of that name.
    }
  }
  const changed = lines(git('diff', '--name-only', '--diff-filter=d', base));
  const added = lines(git('ls-files', '--others', '--exclude-standard'));
  return [...new Set([...changed, ...added])].filter((file) => existsSync(join(ROOT, file)));
}

/** For each file, the files that import it. */
function importers() {
  const files = lines(git('ls-files', '--cached', '--others', '--exclude-standard')).filter(
    (file) => /\.[cm]?[jt]sx?$/.test(file) && existsSync(join(ROOT, file))
  );
  const known = new Set(files);
  const found = new Map();
  for (const file of files) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const [, path] of text.matchAll(/(?:from|import\(|require\()\s*'(\.[^']*)'/g)) {
      const base = join(dirname(file), path);
      const target = [base, ...ENDS.map((end) => base + end)].find((one) => known.has(one));
      if (target !== undefined) found.set(target, [...(found.get(target) ?? []), file]);
    }
  }
  return found;
}

const projectOf = (file) => {
  if (!/\.test\.tsx?$/.test(file)) return undefined;
  if (file.startsWith('public/')) return 'ui';
  return /^test\/(contract|crash|distribution|e2e|kibana)\//.test(file) ? undefined : 'unit';
};
const secondsOf = (file) => {
  const project = projectOf(file);
  const kilobytes = statSync(join(ROOT, file)).size / 1000;
  return SECONDS_PER_FILE[project] + kilobytes * SECONDS_PER_KB[project];
};

/** Unit and component tests that the changed files reach, the nearest first. */
function testsOf(changed) {
  const importedBy = importers();
  const reached = new Set(changed);
  // A set is walked in the order of its growth: by the number of imports in between.
  for (const file of reached) for (const one of importedBy.get(file) ?? []) reached.add(one);
  return [...reached].filter((file) => projectOf(file) !== undefined);
}

async function step(name, running) {
  const result = await running;
  report(name, result, result.code === 0 ? 1 : 0, result.code === 0 ? 0 : 1);
}

const changed = changedFiles();
const tests = testsOf(changed);
let left = BUDGET;
const chosen = tests.filter((file, n) => {
  left -= secondsOf(file);
  return n === 0 || left > 0;
});
const incremental = ['--incremental', '--tsBuildInfoFile', join(CACHE, 'tsbuildinfo')];

await Promise.all([
  (async () => {
    await step('types', checkTypes('.', ...incremental));
    await step('lint', run('npm', ['run', '--silent', 'lint']));
    await step('format', run('npm', ['run', '--silent', 'format:check']));
  })(),
  chosen.length > 0 ? jest(['unit', 'ui'], WORKERS, chosen) : undefined,
]);
const rest = tests.length - chosen.length;
if (rest > 0) console.log(`Not run: ${rest} test files that are further away. npm test runs all.`);
const others = changed.filter((file) => /^test\/(contract|crash|e2e)\/.*\.test\.ts$/.test(file));
if (others.length > 0) console.log(`Not run, although changed: ${others.join(', ')}`);
endWithSum();
