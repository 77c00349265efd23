// `npm run test:versions`: types, component, contract and browser tests in each version of Kibana that the workbench
// simulates; `-- 9.5` in one, `-- 9.5 contract ui` only those. A failure does not stop the others: a table of all is
// printed at the end. Installs the React and EUI of a version if they are not installed yet.
import { createRequire } from 'node:module';
import { checkTypes, endWithSum, jest, report } from './run_jest.mjs';

const { installPackages, typeConfig, versionNames } = createRequire(import.meta.url)(
  '../test/libraries/packages.cjs'
);
const WORKERS = 2;
/** The version whose packages are the project's own. */
const [OWN] = versionNames;
const SUITES = ['types', 'contract', 'e2e', 'ui'];

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => ![...versionNames, ...SUITES].includes(name));
if (unknown !== undefined) {
  console.error(
    `Versions are ${versionNames.join(', ')}, and suites ${SUITES.join(', ')}, not "${unknown}"`
  );
  process.exit(2);
}
/** Those that were named; all if none was. */
const selected = (all) => {
  const named = all.filter((name) => wanted.includes(name));
  return named.length > 0 ? named : all;
};

const COLUMNS = ['version', 'project', 'passed', 'failed', 'skipped', 'seconds'];
const rows = [];
/** Runs a step and adds its counts to the table; an error counts as one failure. */
async function step(version, name, run) {
  let found;
  try {
    found = await run();
  } catch (error) {
    found = report(name, { output: String(error?.stack ?? error), seconds: '0.0' }, 0, 1);
  }
  rows.push(...found.map((counts) => ({ version, ...counts })));
  return found.every(({ failed }) => failed === 0);
}

function printTable() {
  const lines = [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => String(row[column])))];
  const widths = COLUMNS.map((_, n) => Math.max(...lines.map((line) => line[n].length)));
  for (const line of lines) {
    const cells = line.map((cell, n) =>
      n < 2 ? cell.padEnd(widths[n]) : cell.padStart(widths[n])
    );
    console.log(cells.join('  '));
  }
}

for (const version of selected(versionNames)) {
  console.log(`\nKibana ${version}`);
  process.env.KIBANA_VERSION = version;
  const isInstalled = await step(version, 'packages', async () => {
    await installPackages(version);
    return [];
  });
  // Contract tests need no package of the version.
  for (const suite of selected(SUITES).filter((one) => isInstalled || one === 'contract')) {
    await step(version, suite, async () => {
      if (suite !== 'types') return jest([suite], WORKERS);
      const config = version === OWN ? '.' : typeConfig(version);
      const types = await checkTypes(config);
      return report(suite, types, types.code === 0 ? 1 : 0, types.code === 0 ? 0 : 1);
    });
  }
}
console.log('');
printTable();
endWithSum();
