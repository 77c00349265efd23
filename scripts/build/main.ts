import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPlugin, type AssetSize } from './build_plugin';
import { readProject } from './manifest';
import { isKnownVersion, untestedNote, versionProblem } from './kibana_versions';
import { buildTrial } from './trial';
import { zipFolder } from './zip';

// `npm run build [-- --kibana-version 8.12.1 --kibana-version 9.2.1]`: a zip per version for `bin/kibana-plugin install`,
// and what docker/compose.yml takes.

const ROOT = join(__dirname, '..', '..');
const BUILD = join(ROOT, 'build');

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);

function printSizes(assets: readonly AssetSize[]): void {
  console.log(`${'raw'.padStart(9)} ${'gzip'.padStart(9)} ${'brotli'.padStart(9)}`);
  for (const { file, raw, gzip, brotli } of assets) {
    console.log(`${kilobytes(raw)} ${kilobytes(gzip)} ${kilobytes(brotli)}  ${file}`);
  }
}

/** The zip for one Kibana version. */
async function build(kibanaVersion: string): Promise<readonly AssetSize[]> {
  const folder = join(BUILD, 'sentineloneResponse');
  const plugin = await buildPlugin({ outDir: folder, kibanaVersion });
  const zip = join(BUILD, `${plugin.id}-${plugin.version}_${plugin.kibanaVersion}.zip`);
  await zipFolder(folder, `kibana/${plugin.id}`, zip);
  // The trial deployment has one Kibana version only.
  if (plugin.kibanaVersion === readProject(ROOT).kibanaVersion) {
    await buildTrial({ outDir: join(BUILD, 'docker'), zip });
  }
  console.log(`${relative(ROOT, zip)} (${kilobytes(statSync(zip).size).trim()})`);
  return plugin.assets;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'kibana-version': { type: 'string', multiple: true },
      'force-version': { type: 'boolean', default: false },
    },
  });
  const versions = values['kibana-version'] ?? [readProject(ROOT).kibanaVersion];
  for (const version of versions) {
    const problem = versionProblem(version, values['force-version']);
    if (problem !== undefined) throw new Error(problem);
  }
  let assets: readonly AssetSize[] = [];
  for (const version of versions) {
    if (!isKnownVersion(version)) console.warn(untestedNote(version));
    assets = await build(version);
  }
  // The code is the same in all of them.
  printSizes(assets);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
