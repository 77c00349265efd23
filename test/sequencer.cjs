const { statSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** When the last file that waits for half of its time starts, as a part of the work of the whole run. */
const LAST_THAT_WAITS = 0.85;

/**
 * The projects, and the part of the run over which their files are spread. Files of those that wait and of those that
 * compute fill each other's gaps, so the last ones to start compute.
 */
const SPREAD_OVER = {
  ...{ crash: LAST_THAT_WAITS, e2e: LAST_THAT_WAITS, kibana: LAST_THAT_WAITS },
  ...{ contract: LAST_THAT_WAITS, contract_9_5: LAST_THAT_WAITS },
  ...{ ui: 1, unit: 1, distribution: 1 },
};

const projectOf = ({ context }) => context.config.displayName?.name;

/** How long a test file took, or else its size. */
const workOf = (test) => test.duration ?? statSync(test.path).size;

/** The files of one project, those with most work first, each with its place in the run: from 0 to 1. */
function placed(tests, spreadOver) {
  const ordered = tests
    .map((test) => ({ test, work: workOf(test) }))
    .sort((a, b) => b.work - a.work);
  const total = ordered.reduce((sum, { work }) => sum + work, 0);
  let before = 0;
  return ordered.map(({ test, work }) => {
    const place = (spreadOver * before) / total;
    before += work;
    return { test, place };
  });
}

/** Spreads the files of each project over the run by their work. */
module.exports = class extends Sequencer {
  sort(tests) {
    return Object.entries(SPREAD_OVER)
      .flatMap(([project, spreadOver]) =>
        placed(
          tests.filter((test) => projectOf(test) === project),
          spreadOver
        )
      )
      .sort((a, b) => a.place - b.place)
      .map(({ test }) => test);
  }
};
