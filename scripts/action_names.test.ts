import { ACTIONS } from '../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../common/actions/catalogue';
import { lintTexts } from '../test/helpers/lint_text';

/** The lint rules that keep comparisons with the name of an action inside the catalogue, and lists short. */

const NAMES = [
  ...new Set(ACTIONS.flatMap((action) => [action, ACTION_DEFINITIONS[action].subAction])),
];
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

const JOINED = "export const text = (list: readonly string[]) => list.join(', ');";

const REPORTED = [
  'server/response_actions/planted.ts',
  'public/actions/bulk/planted.tsx',
  'common/api/planted.ts',
  // Files that may join lists.
  'public/actions/bulk/bulk_form.tsx',
];
const ALLOWED = ['common/actions/planted.ts', 'server/response_actions/planted.test.ts'];
const JOINING = ['common/actions/planted_list.ts', 'server/routes/planted.ts'];

/** The lines on which these rules report an error. */
let linesOf: ReadonlyArray<readonly number[]>;
beforeAll(() => {
  const found = lintTexts([
    ...[...REPORTED, ...ALLOWED].map((path) => ({ path, text: SOURCE.join('\n') })),
    ...JOINING.map((path) => ({ path, text: JOINED })),
  ]);
  linesOf = found.map((messages) =>
    messages
      .filter(({ rule }) => rule === 'action-names' || rule === 'joined-lists')
      .map(({ line }) => line)
  );
}, 120_000);

it.each(REPORTED.map((path, n) => [path, n] as const))(
  'The linter reports each comparison with the name of an action in %s',
  (_, n) => expect(linesOf[n]).toEqual(COMPARED_LINES)
);

it.each(ALLOWED.map((path, n) => [path, REPORTED.length + n] as const))(
  'The linter allows comparisons with the name of an action in %s',
  (_, n) => expect(linesOf[n]).toEqual([])
);

it.each(JOINING.map((path, n) => [path, REPORTED.length + ALLOWED.length + n] as const))(
  'The linter reports a list of any length that is joined in %s',
  (_, n) => expect(linesOf[n]).toEqual([1])
);
