import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { isKnownVersion, untestedNote, versionProblem } from '../build/kibana_versions';
import { knownReleases, makeRelease } from './make_release';

// `npm run release [-- --kibana-version 9.2.1 …]`: everything that a release consists of, in build/release/.

const ROOT = join(__dirname, '..', '..');
const RELEASE = join(ROOT, 'build', 'release');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'kibana-version': { type: 'string', multiple: true },
      'force-version': { type: 'boolean', default: false },
    },
  });
  const kibanaVersions = values['kibana-version'] ?? knownReleases();
  for (const version of kibanaVersions) {
    const problem = versionProblem(version, values['force-version']);
    if (problem !== undefined) throw new Error(problem);
    if (!isKnownVersion(version)) console.warn(untestedNote(version));
  }
  const files = await makeRelease({ outDir: RELEASE, kibanaVersions });
  const bytes = files.reduce((sum, file) => sum + statSync(join(RELEASE, file)).size, 0);
  for (const file of files) console.log(relative(ROOT, join(RELEASE, file)));
  console.log(`${files.length} files, ${(bytes / 1_000_000).toFixed(1)} MB`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
