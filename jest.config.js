const { browserLibraries } = require('./test/libraries/bundle.cjs');

/** One Jest project per kind of test; `npx jest --selectProjects unit` runs one kind. */
const transform = {
  '^.+\\.(t|j)sx?$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2021',
        parser: { syntax: 'typescript', tsx: true, decorators: false },
        transform: { react: { runtime: 'automatic', importSource: '@emotion/react' } },
      },
      module: { type: 'commonjs' },
    },
  ],
};

// Kibana's own packages are not on npm: tests get the workbench's implementation of the same contracts.
const moduleNameMapper = {
  '^@kbn/es-ui-shared-plugin/static/forms/hook_form_lib$':
    '<rootDir>/test/workbench/browser/host/forms/hook_form_lib.tsx',
  '^@kbn/kibana-react-plugin/public$':
    '<rootDir>/test/workbench/browser/host/plugins/kibana_react.tsx',
  '^@kbn/triggers-actions-ui-plugin/public$': '<rootDir>/test/helpers/ui/triggers_actions_ui.tsx',
  '^@kbn/([^/]+)$': '<rootDir>/test/workbench/kbn/$1',
  '^@kbn/([^/]+)/(.+)$': '<rootDir>/test/workbench/kbn/$1/$2',
};

const base = {
  // One id for all projects in Node: they share the cache of compiled sources.
  id: 'node',
  rootDir: __dirname,
  transform,
  moduleNameMapper,
  clearMocks: true,
  setupFilesAfterEnv: ['<rootDir>/test/setup_expect.ts'],
  modulePathIgnorePatterns: ['<rootDir>/build/'],
};

module.exports = {
  testSequencer: '<rootDir>/test/sequencer.cjs',
  projects: [
    {
      ...base,
      displayName: 'unit',
      testEnvironment: 'node',
      testMatch: [
        '<rootDir>/{common,server,scripts,docker,test/simulator,test/libraries,test/workbench}/**/*.test.ts',
      ],
    },
    {
      ...base,
      id: 'ui',
      displayName: 'ui',
      testEnvironment: 'jsdom',
      globalSetup: '<rootDir>/test/libraries/global_setup.cjs',
      moduleNameMapper: { ...moduleNameMapper, ...browserLibraries },
      setupFilesAfterEnv: [...base.setupFilesAfterEnv, '<rootDir>/test/setup_dom.ts'],
      testMatch: ['<rootDir>/public/**/*.test.{ts,tsx}'],
    },
    {
      ...base,
      displayName: 'contract',
      globalSetup: '<rootDir>/test/contract_setup.ts',
      testEnvironment: '<rootDir>/test/helpers/workbench_environment.ts',
      setupFilesAfterEnv: [...base.setupFilesAfterEnv, '<rootDir>/test/setup_slow.ts'],
      testMatch: ['<rootDir>/test/contract/**/*.test.ts'],
    },
    {
      ...base,
      // What changed most since Kibana 8.12, in the workbench's last version, for which nothing is installed.
      displayName: 'contract_9_5',
      globalSetup: '<rootDir>/test/contract_setup.ts',
      testEnvironment: '<rootDir>/test/helpers/workbench_environment.ts',
      setupFiles: ['<rootDir>/test/setup_kibana_9_5.ts'],
      setupFilesAfterEnv: [...base.setupFilesAfterEnv, '<rootDir>/test/setup_slow.ts'],
      testMatch: [
        '<rootDir>/test/contract/{audit_log,automation_hosts,case_results,cases,execute,public_api}.test.ts',
      ],
    },
    {
      ...base,
      // Nodes that are killed, and several over one store: processes of their own.
      displayName: 'crash',
      globalSetup: '<rootDir>/test/crash_setup.ts',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/crash/**/*.test.ts'],
    },
    {
      ...base,
      displayName: 'e2e',
      globalSetup: '<rootDir>/test/e2e_setup.ts',
      testEnvironment: '<rootDir>/test/helpers/browser_environment.ts',
      testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
    },
    {
      ...base,
      // In the pages of an official Kibana, when KIBANA_URL names one; skipped otherwise.
      displayName: 'kibana',
      globalSetup: '<rootDir>/test/e2e_setup.ts',
      testEnvironment: '<rootDir>/test/helpers/browser_environment.ts',
      testMatch: ['<rootDir>/test/kibana/**/*.test.ts'],
    },
    {
      ...base,
      // Against an unpacked official Kibana, when KIBANA_HOME names one; skipped otherwise.
      displayName: 'distribution',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/distribution/**/*.test.ts'],
    },
  ],
};
