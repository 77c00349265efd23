import { spawn } from 'node:child_process';
import { median, printTable, ratio, timed } from './figures';

const ROUNDS = 3;
const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;

/** Runs a shell command; rejects when it fails. */
const run = (command: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`It failed with ${code}: ${command}`))
    );
  });

/**
 * Kibana's start until it is available, with the plugin and without it. The first start after the other
 * kind changes what Kibana has stored, so that it is not counted.
 */
export async function benchKibanasStart(
  startWith: string,
  startWithout: string,
  stop: string
): Promise<void> {
  const took = { with: [] as number[], without: [] as number[] };
  for (const [which, start] of [
    ['without', startWithout],
    ['with', startWith],
  ] as const) {
    await run(stop);
    await run(start);
    for (let round = 0; round < ROUNDS; round++) {
      await run(stop);
      took[which].push((await timed(() => run(start))).took);
    }
  }
  await run(stop);
  printTable(
    `Kibana's start until it is available, median of ${ROUNDS}`,
    ['with the plugin', 'without', 'ratio'],
    [
      [
        seconds(median(took.with)),
        seconds(median(took.without)),
        ratio(median(took.with), median(took.without)),
      ],
    ]
  );
}
