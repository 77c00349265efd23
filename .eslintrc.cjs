/** Kibana's published style where it is on npm, the folders' borders, and safe React. */
const layers = require('./layers.cjs');

const zone = (target, from, message) => ({ target, from, message });

/** Borders that tests keep too. */
const borders = [
  zone('common', ['server', 'public', 'test'], 'common/ stands alone'),
  zone('server', ['public'], 'only common/ is shared'),
  zone('docker', ['server', 'public'], 'the plugin only as it is installed'),
  zone('public', ['server'], 'only common/ is shared'),
  zone('test/workbench', ['server', 'public'], 'the plugin only through its entry points'),
  zone(
    'test/simulator',
    ['server', 'public', 'test/workbench', 'test/helpers'],
    'the simulator stands alone'
  ),
];

/** Lists of whatever comes from outside are of any length. */
const endlessLists = {
  selector: 'CallExpression[callee.property.name="join"][arguments.0.value=/^[,;] $/]',
  message: 'Use listText: distinct values, at most five, and the rest counted.',
};
/** Exempt: what is short, or must be whole. */
const MAY_JOIN = [
  'common/lib/text.ts',
  'common/lib/validation.ts',
  'server/protection/describe_protection_change.ts',
  'server/response_actions/guards.ts',
  'public/pages/alerts/alerts_table.tsx',
  'public/actions/bulk/bulk_form.tsx',
  'public/pages/setup/host_test_choice.tsx',
  'public/pages/setup/tokens_step.tsx',
];

/** An action or its sub-action. `scripts/action_names.test.ts` checks that every action is among them. */
const ACTION_NAME = '/^(isolate|release|scan)(Host)?$|^abortScan$/';
const NAMED = [
  `Literal[value=${ACTION_NAME}]`,
  `TemplateLiteral[quasis.length=1][quasis.0.value.cooked=${ACTION_NAME}]`,
];
/** Comparisons, cases of a switch, and lists in which something is looked up. */
const comparedActions = [
  ...['===', '!==', '==', '!='].map((operator) => `BinaryExpression[operator="${operator}"]`),
  'SwitchCase',
  'CallExpression[callee.property.name=/^(includes|indexOf)$/] > MemberExpression > ArrayExpression',
  'CallExpression[callee.property.name=/^(includes|indexOf)$/] > MemberExpression > TSAsExpression > ArrayExpression',
].flatMap((parent) =>
  NAMED.map((named) => ({
    selector: `${parent} > ${named}`,
    message:
      'Read what you need from the row of the action in ACTION_DEFINITIONS (common/actions).',
  }))
);

/** Every link leaves clicks with Shift, Ctrl and so on to the browser. */
const modifiedClicks = {
  selector: 'MemberExpression[property.name=/^(metaKey|ctrlKey|shiftKey|altKey)$/]',
  message: 'Use isModifiedClick (public/lib/kibana_link.ts).',
};

const TESTS = ['*.test.ts', '*.test.tsx'];

module.exports = {
  root: true,
  parser: '@typescript-eslint/parser',
  parserOptions: { ecmaVersion: 2022, sourceType: 'module', ecmaFeatures: { jsx: true } },
  env: { es2022: true, node: true },
  plugins: ['@typescript-eslint', 'import', 'react-hooks', 'jsx-a11y'],
  extends: [
    'eslint:recommended',
    'plugin:@typescript-eslint/recommended',
    'plugin:jsx-a11y/recommended',
    'prettier',
  ],
  settings: { 'import/resolver': { typescript: { alwaysTryTypes: true } } },
  reportUnusedDisableDirectives: true,
  rules: {
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-console': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'object-shorthand': 'error',
    'no-useless-rename': 'error',
    'no-undef': 'off', // TypeScript's own
    '@typescript-eslint/no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', ignoreRestSiblings: true },
    ],
    '@typescript-eslint/consistent-type-imports': [
      'error',
      { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
    ],
    'import/no-default-export': 'error',
    'import/no-cycle': 'error',
    'import/no-duplicates': ['error', { 'prefer-inline': true }],
    'react-hooks/rules-of-hooks': 'error',
    'react-hooks/exhaustive-deps': 'error',
    'import/no-restricted-paths': ['error', { basePath: __dirname, zones: borders }],
  },
  overrides: [
    {
      // The layers: tests may use what is above the code that they test.
      files: ['common/**', 'server/**', 'public/**'],
      excludedFiles: TESTS,
      rules: {
        'import/no-restricted-paths': [
          'error',
          { basePath: __dirname, zones: [...borders, ...layers.zones] },
        ],
      },
    },
    {
      files: ['server/sentinelone_client/**'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [{ group: ['@kbn/*'], message: 'The Management API client knows no host.' }],
          },
        ],
      },
    },
    {
      // React.lazy wants a default export; tools read theirs from configuration files.
      files: ['public/**/lazy_*.tsx'],
      rules: { 'import/no-default-export': 'off' },
    },
    {
      files: ['common/**', 'server/**', 'public/**'],
      excludedFiles: TESTS,
      rules: {
        'no-restricted-syntax': ['error', endlessLists, modifiedClicks, ...comparedActions],
      },
    },
    {
      files: MAY_JOIN,
      rules: { 'no-restricted-syntax': ['error', modifiedClicks, ...comparedActions] },
    },
    {
      files: ['common/actions/**'],
      excludedFiles: TESTS,
      rules: { 'no-restricted-syntax': ['error', endlessLists] },
    },
    {
      files: ['*.cjs', 'jest.config.js'],
      parserOptions: { sourceType: 'script' },
      rules: { '@typescript-eslint/no-var-requires': 'off' },
    },
    {
      files: [
        'scripts/**',
        'test/simulator/main.ts',
        'test/workbench/main.ts',
        'test/bench/**',
        'test/crash/main.ts',
        'test/crash/official*.ts',
        'docker/**',
      ],
      rules: { 'no-console': 'off' },
    },
  ],
  ignorePatterns: ['/build', '/target', 'node_modules', 'test/artifacts'],
};
