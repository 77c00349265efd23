// `npm test`: types, lint, format, unit, browser components, build and package, contract, browser, and nodes
// that are killed.
// Two lanes for two cores; the last line is the sum over all suites.
import { endWithSum, jest, lane, report, run } from './run_jest.mjs';

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
    () => jest('ui', 1, '1/2')
  ),
  lane(
    () => jest('unit', 1),
    () => jest('ui', 1, '2/2')
  ),
]);
if (await step('build', 'build')) {
  await step('package', 'check:package');
  await jest('distribution', 1);
  await Promise.all([
    lane(
      () => jest('contract', 1),
      () => jest('e2e', 1, '3/3')
    ),
    lane(
      () => jest('e2e', 1, '1/3'),
      () => jest('e2e', 1, '2/3'),
      () => jest('crash', 1)
    ),
  ]);
}
endWithSum();
