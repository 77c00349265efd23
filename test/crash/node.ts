import { spawn, type ChildProcess } from 'node:child_process';
import { ROOT } from '../workbench/browser/build_options';
import { nodeScript } from '../workbench/node_script';

/** Kibana nodes as processes, from the outside. */

/** Makes the node end itself at this write of a record, counted from now on: before it, or after. */
export interface Order {
  readonly write: number;
  readonly when: 'before' | 'after';
}

export type Report =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'armed' }
  | { readonly kind: 'failed'; readonly message: string };

export interface Node {
  readonly url: string;
  /** Resolves when the node has taken the order. */
  arm(order: Order): Promise<void>;
  /** SIGKILL, now. */
  kill(): Promise<void>;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
}

interface NodeOptions {
  readonly storeFolder: string;
  readonly simulatorUrl: string;
  /** ms that its clock is ahead. */
  readonly clockAhead?: number;
  /** ms that the clock of the store is ahead, which is not the node's. */
  readonly storeClockAhead?: number;
  /** How many times as fast its clock runs, since when (ms since the epoch). */
  readonly clockRate?: { readonly rate: number; readonly origin: number };
}

let script: Promise<string> | undefined;
/** The path of a node's script; builds it if its sources have changed since. */
export const nodePath = (): Promise<string> =>
  (script ??= nodeScript('crash-node', 'test/crash/child.ts'));

const START_WITHIN = 60_000;

const nextReport = (child: ChildProcess): Promise<Report> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The node says nothing')), START_WITHIN);
    timer.unref();
    const end = (code: number | null) => reject(new Error(`The node ended with ${String(code)}`));
    child.once('exit', end);
    child.once('message', (message: Report) => {
      clearTimeout(timer);
      child.off('exit', end);
      if (message.kind === 'failed') reject(new Error(message.message));
      else resolve(message);
    });
  });

/** Starts a node; resolves when it answers. */
export async function startNode({
  storeFolder,
  simulatorUrl,
  clockAhead = 0,
  storeClockAhead = 0,
  clockRate: { rate, origin } = { rate: 1, origin: 0 },
}: NodeOptions): Promise<Node> {
  const child = spawn(process.execPath, ['--enable-source-maps', await nodePath()], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      STORE_FOLDER: storeFolder,
      SIMULATOR_URL: simulatorUrl,
      CLOCK_AHEAD: String(clockAhead),
      STORE_CLOCK_AHEAD: String(storeClockAhead),
      CLOCK_RATE: String(rate),
      CLOCK_ORIGIN: String(origin),
    },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = await nextReport(child);
  if (ready.kind !== 'ready') throw new Error('The node did not begin with being ready');
  return {
    url: ready.url,
    async arm(order) {
      const armed = nextReport(child);
      child.send(order);
      await armed;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    gone,
  };
}
