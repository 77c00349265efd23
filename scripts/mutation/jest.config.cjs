/** The unit project for a mutation run, with only the tests that `MUTATION_TESTS` names (comma-separated globs). */
const { projects } = require('../../jest.config.js');

const { displayName: _displayName, ...unit } = projects.find(
  ({ displayName }) => displayName === 'unit'
);
const tests = (process.env.MUTATION_TESTS ?? '').split(',').filter((glob) => glob !== '');
if (tests.length === 0) throw new Error('MUTATION_TESTS names no tests');

module.exports = {
  ...unit,
  roots: ['common', 'server', 'test'].map((folder) => `<rootDir>/${folder}`),
  testMatch: tests.map((glob) => `<rootDir>/${glob}`),
};
