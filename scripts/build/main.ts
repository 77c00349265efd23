import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPlugin, type AssetSize } from './build_plugin';
import { readProject } from './manifest';
import { buildTrial } from './trial';
import { zipFolder } from './zip';

// `npm run build [-- --kibana-version 8.12.1]`: the zip that `bin/kibana-plugin install` takes, and what
// docker/compose.yml takes.

const ROOT = join(__dirname, '..', '..');
const BUILD = join(ROOT, 'build');

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);

function printSizes(assets: readonly AssetSize[]): void {
  console.log(`${'raw'.padStart(9)} ${'gzip'.padStart(9)} ${'brotli'.padStart(9)}`);
  for (const { file, raw, gzip, brotli } of assets) {
    console.log(`${kilobytes(raw)} ${kilobytes(gzip)} ${kilobytes(brotli)}  ${file}`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'kibana-version': { type: 'string' } } });
  const kibanaVersion = values['kibana-version'];
  if (kibanaVersion !== undefined && !/^8\.\d+\.\d+$/.test(kibanaVersion)) {
    throw new Error(
      `--kibana-version: got "${kibanaVersion}"; accepted is a Kibana 8 version such as 8.12.2`
    );
  }
  const folder = join(BUILD, 'sentineloneResponse');
  const plugin = await buildPlugin({ outDir: folder, kibanaVersion });
  const zip = join(BUILD, `${plugin.id}-${plugin.version}_${plugin.kibanaVersion}.zip`);
  await zipFolder(folder, `kibana/${plugin.id}`, zip);
  // The trial deployment has one Kibana version only.
  if (plugin.kibanaVersion === readProject(ROOT).kibanaVersion) {
    await buildTrial({ outDir: join(BUILD, 'docker'), zip });
  }
  printSizes(plugin.assets);
  console.log(`${relative(ROOT, zip)} (${kilobytes(statSync(zip).size).trim()})`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
