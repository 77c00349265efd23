// `npm run mutation`: installs StrykerJS if it is not there, because `npm ci` would take longer with it, and runs it.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const changedAt = (file) => statSync(join(FOLDER, file)).mtimeMs;
const INSTALLED = 'node_modules/.package-lock.json';

if (!existsSync(join(FOLDER, INSTALLED)) || changedAt(INSTALLED) < changedAt('package-lock.json')) {
  const options = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['ci', ...options], { cwd: FOLDER, stdio: 'inherit' });
}
await import('./run.mjs');
