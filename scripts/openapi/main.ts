import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import { installRequireHook } from '../../test/workbench/plugin_host/require_hook';

/** `npm run openapi`: writes the description of the public API. */
async function main(): Promise<void> {
  // The texts of actions need `@kbn/i18n`, which only Kibana and the workbench have.
  installRequireHook();
  const { openApiDocument } = await import('./document');
  const path = join(__dirname, '..', '..', 'docs', 'openapi.json');
  writeFileSync(path, JSON.stringify(openApiDocument(version)));
  execFileSync('npx', ['oxfmt', path]);
  console.log(`Wrote ${path}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
