import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { lintTexts } from '../test/helpers/lint_text';

/** The layers: one table, which the linter enforces and CONTRIBUTING prints. */

const ROOT = join(__dirname, '..');
// eslint-disable-next-line @typescript-eslint/no-var-requires -- CommonJS, because the linter reads it
const { rows } = require('../layers.cjs') as {
  readonly rows: ReadonlyArray<{ readonly folder: string; readonly contents: string }>;
};

const productFiles = (): readonly string[] =>
  execFileSync('git', ['ls-files', 'common', 'server', 'public'], { cwd: ROOT, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((file) => existsSync(join(ROOT, file)));

const productFolders = (): ReadonlySet<string> =>
  new Set(productFiles().map((file) => file.split('/').slice(0, -1).join('/')));

/** The files of ours that a file imports, types included. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']*)'/g)].flatMap(([, path]) => {
    const base = relative(ROOT, join(ROOT, dirname(file), path!));
    return ['.ts', '.tsx'].map((end) => base + end).filter((one) => existsSync(join(ROOT, one)));
  });
}

/** The first cycle that is found, as a path; undefined: there is none. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

it('every folder of the product is in a layer, and every layer is a folder', () => {
  const folders = productFolders();
  const layers = rows.map(({ folder }) => folder);
  const isInLayer = (folder: string) =>
    layers.some((layer) => folder === layer || folder.startsWith(`${layer}/`));
  expect([...folders].filter((folder) => !isInLayer(folder))).toEqual([]);
  expect(layers.filter((layer) => !folders.has(layer))).toEqual([]);
});

it('no imports form a cycle, types included', () => {
  expect(
    cycleIn(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['a']],
      ])
    )
  ).toEqual(['a', 'b', 'c', 'a']);
  const files = productFiles().filter((file) => !/\.test\.tsx?$/.test(file));
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  expect([...graph.values()].flat().length).toBeGreaterThan(1_000);
  expect(cycleIn(graph)).toBeUndefined();
});

it('CONTRIBUTING prints the table', () => {
  const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const printed = [...text.matchAll(/^\| `((?:common|server|public)[a-z_/]*)\/` +\| (.+?) +\|$/gm)];
  expect(printed.map(([, folder, contents]) => ({ folder, contents }))).toEqual(rows);
});

const IMPORTS = [
  ['server/lib', 'server/response_actions/ports', 1],
  ['server/response_actions', 'server/routes/register_routes', 1],
  ['public/actions', 'public/actions/single/alert_flyout', 1],
  ['public/lib', 'server/lib/typed_error', 1],
  ['server/routes', 'server/response_actions/ports', 0],
] as const;

/** How many errors of layers the linter finds in a file of each folder that imports the type of a module. */
let layerErrors: readonly number[];
beforeAll(() => {
  const files = IMPORTS.map(([folder, imported]) => ({
    path: `${folder}/planted.ts`,
    text: `import type * as imported from '${'../'.repeat(folder.split('/').length)}${imported}';\nexport type X = typeof imported;\n`,
  }));
  layerErrors = lintTexts(files).map(
    (messages) => messages.filter(({ rule }) => rule === 'layers').length
  );
}, 120_000);

it.each(IMPORTS.map(([folder, imported, errors], n) => [folder, imported, errors, n] as const))(
  'The linter finds in a file of %s that imports a type from %s: %i errors',
  (_folder, _imported, errors, n) => expect(layerErrors[n]).toBe(errors)
);
