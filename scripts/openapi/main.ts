import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { version } from '../../package.json';
import { openApiDocument } from './document';

/** `npm run openapi`: writes the description of the public API. */
async function main(): Promise<void> {
  const path = join(__dirname, '..', '..', 'docs', 'openapi.json');
  const options = { ...(await resolveConfig(path)), parser: 'json' };
  writeFileSync(path, await format(JSON.stringify(openApiDocument(version)), options));
  console.log(`Written: ${path}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
