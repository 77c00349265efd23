import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign';
import { ACTIONS, tableOf, type Action, type Row } from './rows';
import { seededRandom } from './seeded_random';

/**
 * `npm run campaign`: the long fault campaign, as a table. Options:
 * - `--random N`: so many random kills (default 200), besides one at each chosen point;
 * - `--seed N`: the random kill times of an earlier campaign, which prints its seed;
 * - `--kill-after MS --action isolate|release`: one kill of an earlier campaign, `--random` times.
 */

const numberOf = (name: string, value: string): number => {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < 0) {
    throw new Error(`--${name}: "${value}" is not a number from 0`);
  }
  return number;
};

/** The options that repeat a row's kill. */
const repeatedBy = ({ killedAfter, action }: Row): string =>
  killedAfter === undefined ? '' : ` (--kill-after ${killedAfter} --action ${action})`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      random: { type: 'string', default: '200' },
      seed: { type: 'string' },
      'kill-after': { type: 'string' },
      action: { type: 'string', default: ACTIONS[0] },
    },
  });
  const seed = values.seed === undefined ? randomInt(2 ** 32) : numberOf('seed', values.seed);
  const action = ACTIONS.find((one) => one === values.action);
  if (action === undefined) throw new Error(`--action: accepted are ${ACTIONS.join(', ')}`);
  const killAfter = values['kill-after'];
  const only: { killedAfter: number; action: Action } | undefined =
    killAfter === undefined
      ? undefined
      : { killedAfter: numberOf('kill-after', killAfter), action };
  console.log(`seed ${seed}`);
  const started = Date.now();
  let count = 0;
  const rows = await runCampaign({
    random: numberOf('random', values.random),
    chance: seededRandom(seed),
    only,
    onRow: (row) => {
      count += 1;
      const { problem, point, action: acted } = row;
      if (problem !== '') {
        console.log(`run ${count}, ${point}, ${acted}: ${problem}${repeatedBy(row)}`);
      } else if (count % 20 === 0) console.log(`${count} runs`);
    },
  });
  console.log(`\n${tableOf(rows)}\n`);
  const bad = rows.filter(({ problem }) => problem !== '').length;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${rows.length} kills in ${seconds} s, ${bad} without agreement, seed ${seed}`);
  process.exit(bad === 0 ? 0 : 1);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
