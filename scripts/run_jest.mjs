// What the commands that run several suites have in common: run one, print its counts, add them up.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
    child.on('close', (code) =>
      resolve({ code: code ?? 1, output, seconds: ((Date.now() - started) / 1000).toFixed(1) })
    );
  });

/** Prints a suite's counts, what it measured, and, when something failed, all that it printed. */
export function report(name, { output, seconds }, passed, failed, skipped = 0) {
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
  if (failed > 0) console.log(output);
  else for (const [line] of output.matchAll(/^Measured: .*$/gm)) console.log(line);
  console.log(`${name}: ${counts({ passed, failed, skipped })} (${seconds} s)`);
}

/**
 * Runs a Jest project, or one part of it such as `1/2`; a suite that does not even load counts as one failure.
 * Parts share a project's files evenly.
 */
export async function jest(project, workers, part = '1/1') {
  const name = part === '1/1' ? project : `${project} ${part}`;
  const file = join(results, `${name.replace(/\W/g, '_')}.json`);
  const result = await run('npx', [
    'jest',
    '--selectProjects',
    project,
    '--json',
    `--outputFile=${file}`,
    `--maxWorkers=${workers}`,
    `--shard=${part}`,
  ]);
  let found;
  try {
    found = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return report(name, result, 0, 1);
  }
  const failed = found.numFailedTests + found.numRuntimeErrorTestSuites;
  const unexplained = result.code !== 0 && failed === 0 ? 1 : 0;
  report(name, result, found.numPassedTests, failed + unexplained, found.numPendingTests);
}

/** Runs steps one after the other. */
export const lane = async (...steps) => {
  for (const one of steps) await one();
};

/** Prints the sum over all suites and ends, with exit code 1 when anything failed. */
export function endWithSum() {
  console.log(counts(sum));
  process.exit(sum.failed === 0 ? 0 : 1);
}
