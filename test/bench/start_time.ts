import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { send } from '../helpers/http';
import { printTable, timed } from './figures';

const ROOT = join(__dirname, '..', '..');
const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;

/** From the command to `ready`, and from there to the page's HTML. */
async function start(): Promise<readonly [number, number]> {
  const from = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--port', '0'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const [, url] = /^ready (\S+)$/.exec(line) ?? [];
      if (url === undefined) continue;
      const ready = performance.now() - from;
      const page = await timed(() => send(url, 'analyst', 'GET', '/app/sentineloneResponse'));
      if (page.value.status !== 200) throw new Error(`The page answers ${page.value.status}`);
      return [ready, page.took];
    }
    throw new Error('The workbench ended before it was ready');
  } finally {
    process.kill(-child.pid!, 'SIGTERM');
    await once(child, 'exit');
  }
}

/** `npm start` on a machine where nothing is built yet, and again. */
export async function benchStartTime(): Promise<void> {
  await rm(join(ROOT, 'build', 'workbench'), { recursive: true, force: true });
  const rows: string[][] = [];
  for (const name of ['first start', 'later start']) {
    const [ready, page] = await start();
    rows.push([name, seconds(ready), `${page.toFixed(0)} ms`]);
  }
  printTable('Workbench', ['', 'until ready', 'page'], rows);
}
