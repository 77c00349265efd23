import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { readProject } from '../build/manifest';
import { readPackage } from './plugin_package';
import { problemsOfRebuilding, rebuild, sha256Of } from './reproducible';
import type { Sources } from './rule';
import { RULES } from './rules';

// `npm run check:package [-- some.zip …]`: whether what `npm run build` made can be given away.

const ROOT = join(__dirname, '..', '..');
const BUILD = join(ROOT, 'build');

/** The zips to check: those asked for, or the newest in build/. */
function zipsToCheck(): string[] {
  const asked = process.argv.slice(2);
  if (asked.length > 0) return asked.map((path) => resolve(path));
  const [newest] = (existsSync(BUILD) ? readdirSync(BUILD) : [])
    .filter((file) => file.endsWith('.zip'))
    .map((file) => join(BUILD, file))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (newest === undefined) throw new Error('There is no zip in build/; run npm run build');
  return [newest];
}

function print(title: string, problems: readonly string[]): boolean {
  console.log(`${problems.length === 0 ? 'ok    ' : 'WRONG '} ${title}`);
  for (const problem of problems) console.log(`         ${problem}`);
  return problems.length === 0;
}

/** Prints a line per rule; returns whether all are kept. */
async function check(zip: string): Promise<boolean> {
  console.log(relative(ROOT, zip));
  const [, kibanaVersion] = /_(\d+\.\d+\.\d+)\.zip$/.exec(zip) ?? [];
  const first = await rebuild(kibanaVersion);
  const second = await rebuild(kibanaVersion);
  const sources: Sources = {
    project: readProject(ROOT),
    pluginId: first.plugin.id,
    licence: readFileSync(join(ROOT, 'LICENSE'), 'utf8'),
    bundled: first.plugin.packages,
  };
  const plugin = await readPackage(zip);
  const kept = RULES.map(({ title, problems }) => print(title, problems(plugin, sources)));
  const zipped = sha256Of(readFileSync(zip));
  const isSame = print(
    'the same sources give the same bytes',
    problemsOfRebuilding(zipped, first.sha256, second.sha256)
  );
  console.log(`sha256 ${zipped}`);
  return isSame && kept.every(Boolean);
}

async function main(): Promise<void> {
  for (const zip of zipsToCheck()) {
    if (!(await check(zip))) process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
