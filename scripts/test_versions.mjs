// `npm run test:versions`: types, component, contract and browser tests in each version of Kibana that the workbench
// stands in for; `npm run test:versions -- 9.5` in one. Installs the React and EUI of a version when it has not yet.
import { createRequire } from 'node:module';
import { endWithSum, jest, report, run } from './run_jest.mjs';

const { installPackages, typeConfig, versionNames } = createRequire(import.meta.url)(
  '../test/libraries/packages.cjs'
);
const WORKERS = 2;
/** The project's own packages, whose types `npm test` checks. */
const [OWN] = versionNames;

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !versionNames.includes(name));
if (unknown !== undefined) {
  console.error(`Versions are ${versionNames.join(', ')}, not "${unknown}"`);
  process.exit(2);
}

for (const name of wanted.length > 0 ? wanted : versionNames) {
  console.log(`\nKibana ${name}`);
  await installPackages(name);
  if (name !== OWN) {
    const types = await run('npx', ['tsc', '-p', typeConfig(name)]);
    report('types', types, types.code === 0 ? 1 : 0, types.code === 0 ? 0 : 1);
  }
  process.env.KIBANA_VERSION = name;
  await jest(['e2e', 'contract', 'ui'], WORKERS);
}
endWithSum();
