const { statSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** What waits most comes first, so that other files fill the gaps, and short files last, so that no worker idles. */
const PROJECTS = [
  'crash',
  'e2e',
  'kibana',
  'contract',
  'contract_9_5',
  'ui',
  'unit',
  'distribution',
];

const projectOf = ({ context }) => PROJECTS.indexOf(context.config.displayName?.name);

/** Between two crash tests, which wait for two thirds of their time: files that fill the gaps. */
const FILES_BETWEEN = 5;

/** Puts crash tests, which are first, between those that follow. */
function spread(tests) {
  const crash = tests.filter((test) => projectOf(test) === 0);
  const others = tests.filter((test) => projectOf(test) !== 0);
  crash.forEach((test, n) => others.splice(n * (FILES_BETWEEN + 1), 0, test));
  return others;
}

/** Orders test files by their project, and those of a project by how long they took, or else by their size. */
module.exports = class extends Sequencer {
  sort(tests) {
    const known = tests.map((test) => ({
      test,
      project: projectOf(test),
      weight: test.duration ?? statSync(test.path).size,
    }));
    known.sort((a, b) => a.project - b.project || b.weight - a.weight);
    return spread(known.map(({ test }) => test));
  }
};
