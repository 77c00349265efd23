import fs from 'node:fs';
import { shiftClock } from './shifted_clock';
import type { Order, Report } from './node';

/**
 * One Kibana node: a workbench over a store on disk that others may share, in a process of its own that
 * can be killed. On order it kills itself, for real, at a chosen write of a record.
 */

const storeClock = shiftClock();

const RECORD = '"id":"sentinelone-response-action:';
let order: Order | undefined;
let writes = 0;

const killMyself = (): never => {
  process.kill(process.pid, 'SIGKILL');
  // The signal was sent: nothing else may run.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
};

const writeSync = fs.writeSync.bind(fs);
fs.writeSync = ((file: number, text: unknown, ...rest: []) => {
  const isRecord = typeof text === 'string' && text.includes(RECORD);
  if (isRecord && order !== undefined) writes += 1;
  const isChosen = isRecord && writes === order?.write;
  if (isChosen && order?.when === 'before') killMyself();
  const written = writeSync(file, text as string, ...rest);
  if (isChosen) killMyself();
  return written;
}) as typeof fs.writeSync;

const report = (message: Report): void => void process.send?.(message);

process.on('message', (message: Order) => {
  order = message;
  writes = 0;
  report({ kind: 'armed' });
});
// The parent process has ended, so this process ends too.
process.on('disconnect', () => process.exit(0));

async function main(): Promise<void> {
  const { STORE_FOLDER: storeFolder, SIMULATOR_URL: simulatorUrl } = process.env;
  if (storeFolder === undefined || simulatorUrl === undefined) throw new Error('No store, no node');
  // Imported here, so that it uses the shifted clock.
  const { startWorkbench } = await import('../workbench/host');
  const { url } = await startWorkbench({
    ...{ storeFolder, storeClock, simulatorUrl },
    responseTimeoutMs: 2_000,
  });
  report({ kind: 'ready', url });
}

main().catch((error: unknown) => {
  report({ kind: 'failed', message: String(error) });
  process.exit(1);
});
