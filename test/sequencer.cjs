const { statSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Projects whose tests wait for half of their time, and those whose tests compute all the time. Files of the second fill the
 * gaps of the first. Long files come first in each, so that no worker idles at the end.
 */
const KINDS = [
  ['crash', 'e2e', 'kibana', 'contract', 'contract_9_5'],
  ['ui', 'unit', 'distribution'],
];

const projectOf = ({ context }) => context.config.displayName?.name;

/** When the last file that waits starts, as a part of the whole run: at the end nothing would fill its gaps. */
const LAST_THAT_WAITS = 0.85;

/** Orders test files by their project, and those of a project by how long they took, or else by their size. */
function longestFirst(tests, projects) {
  const weightOf = (test) => test.duration ?? statSync(test.path).size;
  const known = tests
    .map((test) => ({ test, project: projects.indexOf(projectOf(test)), weight: weightOf(test) }))
    .filter(({ project }) => project >= 0);
  known.sort((a, b) => a.project - b.project || b.weight - a.weight);
  return known.map(({ test }) => test);
}

/** Spreads the files of each kind evenly over the whole run. */
module.exports = class extends Sequencer {
  sort(tests) {
    const placed = KINDS.flatMap((projects, kind) => {
      const ordered = longestFirst(tests, projects);
      const length = kind === 0 ? LAST_THAT_WAITS : 1;
      return ordered.map((test, n) => ({ test, place: (length * (n + 0.5)) / ordered.length }));
    });
    placed.sort((a, b) => a.place - b.place);
    return placed.map(({ test }) => test);
  }
};
