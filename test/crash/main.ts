import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { MINUTE, SECOND } from '../../common/lib/constants';
import { runCampaign } from './campaign';
import { eventsText } from './events';
import { ACTIONS, tableOf, type Action, type Row } from './rows';
import { seededRandom } from './seeded_random';
import { runTimedCampaign } from './timed_campaign';
import { storiesTable } from './timed_stories';

/**
 * `npm run campaign`: the long fault campaigns, as tables. Options:
 * - `--random N`: so many random kills (default 200), besides one at each chosen point; `--random none` leaves them out;
 * - `--timers N`: so many timed isolations (default 1000) while two nodes are killed; 0 for none;
 * - `--rate N`: how many times as fast as the real one the clocks run for them (default 12);
 * - `--seed N`: the random times of an earlier campaign, which prints its seed;
 * - `--kill-after MS --action isolate|release`: one kill of an earlier campaign, `--random` times, and no timers.
 */

const numberOf = (name: string, value: string): number => {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < 0) {
    throw new Error(`--${name}: "${value}" is not a number from 0`);
  }
  return number;
};

const secondsSince = (started: number): number => Math.round((Date.now() - started) / SECOND);

/** The options that repeat a row's kill. */
const repeatedBy = ({ killedAfter, action }: Row): string =>
  killedAfter === undefined ? '' : ` (--kill-after ${killedAfter} --action ${action})`;

interface Killed {
  readonly random: number;
  readonly seed: number;
  readonly only?: { readonly killedAfter: number; readonly action: Action };
}

/** Kills at each point, and at random; returns whether the records and SentinelOne agree in the end. */
async function killedActions({ random, seed, only }: Killed): Promise<boolean> {
  const started = Date.now();
  let count = 0;
  const { rows, events } = await runCampaign({
    ...{ random, only },
    chance: seededRandom(seed),
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
  console.log(`${rows.length} kills in ${secondsSince(started)} s, ${bad} without agreement`);
  console.log(eventsText(events));
  for (const one of [...events.lacking, ...events.doubled]) console.log(one);
  return bad === 0 && events.lacking.length === 0 && events.doubled.length === 0;
}

/** Timed isolations with faults; returns whether each ended as the rules say. */
async function timedIsolations(isolations: number, rate: number, seed: number): Promise<boolean> {
  const started = Date.now();
  const { judged, kills, lost, calls, took, overdue } = await runTimedCampaign({
    ...{ isolations, rate },
    isolatedWithin: 45 * MINUTE,
    outage: { at: 30 * MINUTE, lasts: 10 * MINUTE },
    killedWithin: 20 * SECOND,
    minutes: [5, 30],
    chance: seededRandom(seed),
    onProgress: (line) => console.log(`${secondsSince(started)} s: ${line}`),
  });
  console.log(`\n${storiesTable(judged)}\n`);
  for (const { story, problems, history } of judged) {
    if (problems.length > 0) console.log(`${story}: ${problems.join(', ')}`);
    for (const line of history) console.log(`  ${line}`);
  }
  const bad = judged.filter(({ problems }) => problems.length > 0).length;
  console.log(
    `${judged.length} timed isolations, ${kills[0]} and ${kills[1]} kills of two nodes whose clocks are a minute apart, ` +
      `SentinelOne down for ten minutes, ${lost} commands or answers lost, ${overdue} seen overdue, ${calls} calls; ` +
      `${took} minutes of the clocks, which ran ${rate} times as fast as the real one, in ${secondsSince(started)} s; ` +
      `${bad} not as the rules say`
  );
  return bad === 0;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      random: { type: 'string', default: '200' },
      timers: { type: 'string', default: '1000' },
      rate: { type: 'string', default: '12' },
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
  const rate = numberOf('rate', values.rate);
  if (rate < 1) throw new Error('--rate: accepted is a number from 1');
  const isolations = only === undefined ? numberOf('timers', values.timers) : 0;
  console.log(`seed ${seed}`);
  let areGood = true;
  if (values.random !== 'none') {
    areGood = await killedActions({ random: numberOf('random', values.random), seed, only });
  }
  if (isolations > 0) areGood = (await timedIsolations(isolations, rate, seed)) && areGood;
  process.exit(areGood ? 0 : 1);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
