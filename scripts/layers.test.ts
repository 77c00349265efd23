import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The layers: one table, which ESLint enforces and CONTRIBUTING prints. */

const ROOT = join(__dirname, '..');
// The table is CommonJS, because ESLint's configuration reads it.
// eslint-disable-next-line @typescript-eslint/no-var-requires
const { rows } = require('../layers.cjs') as {
  readonly rows: ReadonlyArray<{ readonly folder: string; readonly contents: string }>;
};

const productFolders = (): ReadonlySet<string> => {
  const files = execFileSync('git', ['ls-files', 'common', 'server', 'public'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const folders = files
    .trim()
    .split('\n')
    .map((file) => file.split('/').slice(0, -1).join('/'));
  return new Set(folders);
};

it('every folder of the product is in a layer, and every layer is a folder', () => {
  const folders = productFolders();
  const layers = rows.map(({ folder }) => folder);
  const isInLayer = (folder: string) =>
    layers.some((layer) => folder === layer || folder.startsWith(`${layer}/`));
  expect([...folders].filter((folder) => !isInLayer(folder))).toEqual([]);
  expect(layers.filter((layer) => !folders.has(layer))).toEqual([]);
});

it('CONTRIBUTING prints the table', () => {
  const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const printed = [...text.matchAll(/^\| `((?:common|server|public)[a-z_/]*)\/` +\| (.+?) +\|$/gm)];
  expect(printed.map(([, folder, contents]) => ({ folder, contents }))).toEqual(rows);
});

interface Linted {
  readonly messages: ReadonlyArray<{ readonly ruleId: string | null }>;
}

/** How many errors of layers ESLint finds in a file of `folder` that imports the type of a module. */
function layerErrors(folder: string, imported: string): number {
  const up = '../'.repeat(folder.split('/').length);
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js'),
      '--stdin',
      '--stdin-filename',
      join(ROOT, folder, 'planted.ts'),
      '--format',
      'json',
    ],
    {
      cwd: ROOT,
      encoding: 'utf8',
      input: `import type * as imported from '${up}${imported}';\nexport type X = typeof imported;\n`,
    }
  );
  const [result] = JSON.parse(stdout) as readonly Linted[];
  return result!.messages.filter(({ ruleId }) => ruleId === 'import/no-restricted-paths').length;
}

it.each([
  ['server/lib', 'server/response_actions/ports', 1],
  ['server/response_actions', 'server/routes/register_routes', 1],
  ['public/actions', 'public/actions/single/alert_flyout_content', 1],
  ['public/lib', 'server/lib/typed_error', 1],
  ['server/routes', 'server/response_actions/ports', 0],
])(
  'ESLint knows of a type in %s from %s: %i errors',
  (folder, imported, errors) => expect(layerErrors(folder, imported)).toBe(errors),
  60_000
);
