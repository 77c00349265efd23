// `npm install` runs this at its end: it writes the address of each package into package-lock.json. Without addresses
// `npm ci` asks the registry for all versions of every package first, which takes longer than to unpack them.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url));
/** npm puts the configured registry in the place of any host (`replace-registry-host` in `.npmrc`). */
const REGISTRY = 'https://registry.invalid';

/** The address of the package at a path such as `node_modules/a/node_modules/@b/c`. */
function addressOf(path, { name = path.split('node_modules/').at(-1), version }) {
  return `${REGISTRY}/${name}/-/${name.split('/').at(-1)}-${version}.tgz`;
}

const text = readFileSync(LOCK, 'utf8');
const lock = JSON.parse(text);
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === '') continue;
  entry.resolved = addressOf(path, entry);
}
const written = `${JSON.stringify(lock, undefined, 2)}\n`;
if (written !== text) writeFileSync(LOCK, written);
