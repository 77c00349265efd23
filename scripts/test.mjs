// `npm test`: types, lint, format, unit, browser components, build and package, contract, browser.
// Two lanes for two cores; the last line is the sum over all suites.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const results = mkdtempSync(join(tmpdir(), 'sentinelone-response-test-'));
const sum = { passed: 0, failed: 0, skipped: 0 };

/** Runs a command; resolves to its exit code and everything it printed. */
const run = (command, args) =>
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

function report(name, { output, seconds }, passed, failed, skipped = 0) {
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
  if (failed > 0) console.log(output);
  const extra = skipped > 0 ? `, ${skipped} skipped` : '';
  console.log(`${name}: ${passed} passed, ${failed} failed${extra} (${seconds} s)`);
}

/** A step that either works or does not. */
async function step(name, script) {
  const result = await run('npm', ['run', '--silent', script]);
  report(name, result, result.code === 0 ? 1 : 0, result.code === 0 ? 0 : 1);
  return result.code === 0;
}

/** A Jest project; a suite that does not even load counts as one failure. */
async function jest(project, workers) {
  const file = join(results, `${project}.json`);
  const result = await run('npx', [
    'jest',
    '--selectProjects',
    project,
    '--json',
    `--outputFile=${file}`,
    `--maxWorkers=${workers}`,
  ]);
  let counts;
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return report(project, result, 0, 1);
  }
  const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  const unexplained = result.code !== 0 && failed === 0 ? 1 : 0;
  report(project, result, counts.numPassedTests, failed + unexplained, counts.numPendingTests);
}

const lane = async (...steps) => {
  for (const one of steps) await one();
};

await Promise.all([
  lane(
    () => step('types', 'typecheck'),
    () => step('lint', 'lint'),
    () => step('format', 'format:check')
  ),
  lane(
    () => jest('unit', 1),
    () => jest('ui', 1)
  ),
]);
if (await step('build', 'build')) {
  await step('package', 'check:package');
  await jest('host', 1);
  await Promise.all([jest('contract', 1), jest('e2e', 1)]);
}
console.log(
  `${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`
);
process.exit(sum.failed === 0 ? 0 : 1);
