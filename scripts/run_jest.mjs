// What the commands that run several suites have in common: run one, print its counts, add them up.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Folders of `test/` that are a Jest project of the same name. */
const FOLDERS = new Set(['contract', 'crash', 'distribution', 'e2e', 'kibana']);

/** Projects that run files of another one once more: Jest's results do not tell them apart. */
const COUNTED_WITH_OTHERS = new Set(['contract_9_5']);

/**
 * V8 copies what is in use whenever the room for new objects is full, which is a tenth of the time of tests with its 16 MB.
 * Workers get the same options.
 */
const ROOM_FOR_NEW_OBJECTS = '--max-semi-space-size=64';

const started = Date.now();
const results = mkdtempSync(join(tmpdir(), 'sentinelone-response-test-'));
const sum = { passed: 0, failed: 0, skipped: 0 };

const counts = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** Runs a command; resolves to its exit code, everything it printed, and how long it took. */
export const run = (command, args) =>
  new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(command, args, { env: { ...process.env, FORCE_COLOR: '0' } });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const end = (code) =>
      resolve({ code: code ?? 1, output, seconds: ((Date.now() - started) / 1000).toFixed(1) });
    child.on('error', (error) => {
      output += `${error}\n`;
      end(1);
    });
    child.on('close', end);
  });

/** Checks the types of a configuration. With one thread the compiler needs half the time of the processor. */
export const checkTypes = (config, ...options) =>
  run('node', [
    'node_modules/typescript-native/bin/tsc',
    '--singleThreaded',
    '-p',
    config,
    ...options,
  ]);

const add = ({ passed, failed, skipped }) => {
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
};

/** All that was printed if something failed, else only what was measured. */
function printOutput(output, failed) {
  if (failed) console.log(output);
  else for (const [line] of output.matchAll(/^.*Measured: .*$/gm)) console.log(line.trim());
}

/** Prints the counts of a step that is not a test suite, and returns them. */
export function report(name, { output, seconds }, passed, failed) {
  const sums = { passed, failed, skipped: 0 };
  add(sums);
  printOutput(output, failed > 0);
  console.log(`${name}: ${counts(sums)} (${seconds} s)`);
  return [{ project: name, ...sums, seconds }];
}

/** The Jest project that a test file belongs to. */
function projectOf(file) {
  const [first, second] = relative(ROOT, file).split(sep);
  if (first === 'public') return 'ui';
  return first === 'test' && FOLDERS.has(second) ? second : 'unit';
}

/** A project's counts, how long its files took, and which of them took longest. */
function summaryOf(files) {
  const seconds = (file) => (file.endTime - file.startTime) / 1000;
  const statuses = files.flatMap(({ assertionResults }) =>
    assertionResults.map((one) => one.status)
  );
  const count = (...wanted) => statuses.filter((status) => wanted.includes(status)).length;
  const unloaded = files.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0
  ).length;
  const slowest = [...files].sort((a, b) => seconds(b) - seconds(a)).slice(0, 3);
  return {
    passed: count('passed'),
    failed: count('failed') + unloaded,
    skipped: count('pending', 'todo', 'skipped', 'disabled'),
    seconds: files.reduce((total, file) => total + seconds(file), 0).toFixed(1),
    slowest: slowest
      .map((file) => `${relative(ROOT, file.name)} ${seconds(file).toFixed(1)} s`)
      .join(', '),
  };
}

/**
 * Runs Jest projects with so many workers, which take the next file when they are done with one. Reports each project;
 * a file that does not even load counts as one failure. `files` are the test files to run; default: all. Resolves to
 * the counts of each project.
 */
export async function jest(projects, workers, files = []) {
  const file = join(results, `${projects.join('_')}.json`);
  const result = await run(process.execPath, [
    ROOM_FOR_NEW_OBJECTS,
    join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
    ...(files.length > 0 ? ['--runTestsByPath', ...files] : []),
    '--selectProjects',
    ...projects,
    '--json',
    `--outputFile=${file}`,
    `--maxWorkers=${workers}`,
    // A worker keeps some memory of every file.
    ...(workers > 1 ? ['--workerIdleMemoryLimit=1GB'] : []),
  ]);
  let found;
  try {
    found = JSON.parse(readFileSync(file, 'utf8')).testResults;
  } catch {
    return report(projects.join(', '), result, 0, 1);
  }
  const counted = projects.filter((project) => !COUNTED_WITH_OTHERS.has(project));
  const summaries = counted.map((project) => ({
    project,
    ...summaryOf(found.filter(({ name }) => projectOf(name) === project)),
  }));
  const failed = summaries.some((one) => one.failed > 0);
  const unexplained = result.code !== 0 && !failed ? 1 : 0;
  printOutput(result.output, failed || unexplained > 0);
  for (const { project, seconds, slowest, ...sums } of summaries) {
    add(sums);
    console.log(`${project}: ${counts(sums)} (${seconds} s; slowest: ${slowest})`);
  }
  if (unexplained > 0) {
    add({ passed: 0, failed: unexplained, skipped: 0 });
    console.log(`Jest ended with exit code ${result.code}, although no test failed`);
    summaries[0].failed += unexplained;
  }
  return summaries;
}

/** Runs steps one after the other. */
export const lane = async (...steps) => {
  for (const one of steps) await one();
};

/** Prints the sum over all suites and ends, with exit code 1 when anything failed. */
export function endWithSum() {
  console.log(`all: ${((Date.now() - started) / 1000).toFixed(0)} s`);
  console.log(counts(sum));
  process.exit(sum.failed === 0 ? 0 : 1);
}
