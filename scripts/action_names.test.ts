import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ACTIONS } from '../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../common/actions/catalogue';

/** The lint rule that keeps comparisons with the name of an action inside the catalogue. */

const ROOT = join(__dirname, '..');

interface Linted {
  readonly messages: ReadonlyArray<{ readonly ruleId: string | null; readonly line: number }>;
}

/** The lines of a file at `path` on which the rule reports an error; the first line is 1. */
function reportedLines(path: string, lines: readonly string[]): readonly number[] {
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js'),
      '--stdin',
      '--stdin-filename',
      join(ROOT, path),
      '--format',
      'json',
    ],
    { cwd: ROOT, encoding: 'utf8', input: lines.join('\n') }
  );
  const [result] = JSON.parse(stdout) as readonly Linted[];
  return result!.messages
    .filter(({ ruleId }) => ruleId === 'no-restricted-syntax')
    .map(({ line }) => line);
}

const NAMES = ACTIONS.flatMap((action) => [action, ACTION_DEFINITIONS[action].subAction]);
const DECLARED = 'declare const action: string;';
const COMPARISONS = NAMES.flatMap((name) => [
  `export const a_${name} = action === '${name}';`,
  `export const b_${name} = '${name}' !== action;`,
  `export const c_${name} = action === '${name}' ? 1 : 2;`,
  `export const d_${name} = () => { if (!(action === '${name}')) throw new Error('x'); };`,
  `export const e_${name} = () => { switch (action) { case '${name}': return 1; } return 2; };`,
  `export const f_${name} = ['${name}'].includes(action);`,
  `export const g_${name} = (['${name}'] as readonly string[]).includes(action);`,
  `export const h_${name} = action === \`${name}\`;`,
]);
const OTHERS = [
  "export const title = action === 'unchanged';",
  ...ACTIONS.map((name) => `export const table_${name} = { ${name}: '${name}' };`),
];
const SOURCE = [DECLARED, ...COMPARISONS, ...OTHERS];
const COMPARED_LINES = COMPARISONS.map((_line, n) => n + 2);

it.each([
  'server/response_actions/planted.ts',
  'public/actions/bulk/planted.tsx',
  'common/api/planted.ts',
  // Files that may join lists.
  'public/actions/bulk/bulk_form.tsx',
])(
  'ESLint reports each comparison with the name of an action in %s',
  (path) => {
    expect(reportedLines(path, SOURCE)).toEqual(COMPARED_LINES);
  },
  60_000
);

it.each(['common/actions/planted.ts', 'server/response_actions/planted.test.ts'])(
  'ESLint allows comparisons with the name of an action in %s',
  (path) => {
    expect(reportedLines(path, SOURCE)).toEqual([]);
  },
  60_000
);

it.each(['common/actions/planted.ts', 'server/routes/planted.ts'])(
  'ESLint reports a list of any length that is joined in %s',
  (path) => {
    const joined = "export const text = (list: readonly string[]) => list.join(', ');";
    expect(reportedLines(path, [joined])).toEqual([1]);
  },
  60_000
);
