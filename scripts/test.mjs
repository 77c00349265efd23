// `npm test`: types, lint, format, build and package, and beside them all tests. The last line is the sum over all suites.
import { endWithSum, jest, lane, report, run } from './run_jest.mjs';

/** More than the two cores of the CI: browser, contract and crash tests wait for half of their time. */
const WORKERS = 5;

/** A step that either works or does not. */
async function step(name, script) {
  const result = await run('npm', ['run', '--silent', script]);
  report(name, result, result.code === 0 ? 1 : 0, result.code === 0 ? 0 : 1);
  return result.code === 0;
}

await Promise.all([
  lane(
    () => step('types', 'typecheck'),
    () => step('lint', 'lint'),
    () => step('format', 'format:check'),
    async () => (await step('build', 'build')) && step('package', 'check:package')
  ),
  jest(['e2e', 'crash', 'contract', 'contract_9_5', 'ui', 'unit', 'distribution'], WORKERS),
]);
endWithSum();
