import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startWorkbench, type Workbench } from '../workbench/host';

/** A workbench in a process of its own, which its parent asks for memory and event loop delay. */

/** The process's memory and delays since the last question, in bytes and ms. */
export interface ProcessFigures {
  readonly rss: number;
  readonly heapUsed: number;
  readonly delayP99: number;
  readonly delayMax: number;
  /** Processor time since it was last asked, which does not depend on what else the machine does. */
  readonly cpu: number;
  /** What was written since the start: records and their bytes as JSON, audit events and event log entries. */
  readonly records: number;
  readonly recordBytes: number;
  readonly audited: number;
  readonly logged: number;
}

export type Message =
  | { readonly kind: 'ready'; readonly url: string; readonly connectorId: string }
  | { readonly kind: 'figures'; readonly figures: ProcessFigures }
  | { readonly kind: 'failed'; readonly message: string };

const RECORD_TYPE = 'sentinelone-response-action';
/** In a millisecond. */
const NANOSECONDS = 1e6;
const MICROSECONDS = 1e3;

const report = (message: Message): void => void process.send?.(message);

/** A record after the other: all of them as one text may be longer than a text can be. */
function recordsOf(workbench: Workbench): Pick<ProcessFigures, 'records' | 'recordBytes'> {
  const records = workbench.savedObjects.dump().filter(({ type }) => type === RECORD_TYPE);
  const recordBytes = records.reduce(
    (sum, { attributes }) => sum + Buffer.byteLength(JSON.stringify(attributes)),
    0
  );
  return { records: records.length, recordBytes };
}

async function main(): Promise<void> {
  const workbench = await startWorkbench();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let cpuBefore = process.cpuUsage();
  process.on('message', () => {
    const { user, system } = process.cpuUsage(cpuBefore);
    const cpu = (user + system) / MICROSECONDS;
    const delayP99 = delay.percentile(99) / NANOSECONDS;
    const delayMax = delay.max / NANOSECONDS;
    const { rss, heapUsed } = process.memoryUsage();
    const figures: ProcessFigures = {
      ...{ rss, heapUsed, delayP99, delayMax, cpu },
      ...recordsOf(workbench),
      audited: workbench.audited.length,
      logged: workbench.eventLog.events.length,
    };
    report({ kind: 'figures', figures });
    // Counting took time as well.
    setTimeout(() => {
      delay.reset();
      cpuBefore = process.cpuUsage();
    }, 0);
  });
  process.on('disconnect', () => process.exit(0));
  const answer = await fetch(`${workbench.url}/api/actions/connectors`, {
    headers: { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` },
  });
  const [connector] = (await answer.json()) as ReadonlyArray<{ readonly id: string }>;
  if (connector === undefined) throw new Error('The workbench has no connector');
  report({ kind: 'ready', url: workbench.url, connectorId: connector.id });
}

main().catch((error: unknown) => {
  report({ kind: 'failed', message: String(error) });
  process.exit(1);
});
