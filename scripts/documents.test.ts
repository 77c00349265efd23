import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files that documents name. */

const ROOT = join(__dirname, '..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
}).split('\n');

/** `server/a/{b,c}.ts` as `server/a/b.ts` and `server/a/c.ts`. */
function expanded(path: string): readonly string[] {
  const [, before = '', names, after = ''] = /^(.*)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  return names === undefined
    ? [path]
    : names.split(',').map((name) => `${before}${name.trim()}${after}`);
}

/** The names of source files in code spans, with or without their folders. `*` stands for a part of a name. */
const namedIn = (document: string): readonly string[] =>
  [...document.matchAll(/`([\w./{},*-]+\.(?:tsx?|mjs|cjs))`/g)].flatMap(([, path]) =>
    expanded(path!)
  );

const exists = (name: string): boolean => {
  const pattern = new RegExp(`(^|/)${name.replace(/[.]/g, '\\.').replace(/\*/g, '[^/]*')}$`);
  return files.some((file) => pattern.test(file));
};

it('finds names of files in a document, and reports which do not exist', () => {
  const names = namedIn('`server/{plugin,no_such_file}.ts`, `layers.cjs` and `server/*_ports.ts`');
  expect(names.filter((name) => !exists(name))).toEqual(['server/no_such_file.ts']);
  expect(names).toHaveLength(4);
});

it.each(['README.md', 'CONTRIBUTING.md'])('%s names files that exist', (document) => {
  const names = namedIn(readFileSync(join(ROOT, document), 'utf8'));
  expect(names.filter((name) => !exists(name))).toEqual([]);
});
