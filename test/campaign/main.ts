import { parseArgs } from 'node:util';
import { runCampaign } from './campaign';
import { tableOf } from './rows';

/** `npm run campaign`: the long fault campaign; `npm run campaign -- --random N`. Prints a table. */

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: { random: { type: 'string', default: '200' } },
  });
  const started = Date.now();
  let count = 0;
  const rows = await runCampaign({
    random: Number(values.random),
    onRow: ({ problem, point, action }) => {
      count += 1;
      if (problem !== '') console.log(`run ${count}, ${point}, ${action}: ${problem}`);
      else if (count % 20 === 0) console.log(`${count} runs`);
    },
  });
  console.log(`\n${tableOf(rows)}\n`);
  const bad = rows.filter(({ problem }) => problem !== '').length;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${rows.length} kills in ${seconds} s, ${bad} without agreement`);
  process.exit(bad === 0 ? 0 : 1);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
