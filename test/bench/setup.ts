import { send } from '../helpers/http';
import { startWorkbench } from '../workbench/host';
import { median, ms, printTable, timed } from './figures';

/** A simulator with the latency of a tenant on the internet. */
const LATENCY_MS = 400;
const VISITS = 10;
const MOST_OVERHEAD_MS = 300;
const MOST_CALLS = 3;
const PATH = '/internal/sentinelone_response/setup';

interface Visit {
  readonly took: number;
  readonly calls: number;
}

/**
 * The Set up page's question to the server: how much longer than its slowest check (the test of the
 * connection, whose calls come one after the other) it takes, and its calls to SentinelOne.
 */
export async function benchSetup(): Promise<void> {
  const workbench = await startWorkbench();
  const simulator = workbench.simulator!;
  try {
    const visit = async (path: string): Promise<Visit> => {
      simulator.clearCalls();
      const { took, value } = await timed(() => send(workbench.url, 'admin', 'GET', path));
      if (value.json?.connection?.state !== 'answered') {
        throw new Error(`No answer: ${value.status} ${value.text.slice(0, 200)}`);
      }
      return { took, calls: simulator.calls.length };
    };
    await visit(`${PATH}?fresh=true`);
    simulator.faults.add({
      path: '*',
      count: 'always',
      fault: { kind: 'delay', ms: LATENCY_MS },
    });
    const anew: Visit[] = [];
    for (let n = 0; n < VISITS; n++) anew.push(await visit(`${PATH}?fresh=true`));
    const shared: Visit[] = [];
    for (let n = 0; n < VISITS; n++) shared.push(await visit(PATH));
    const row = (name: string, visits: readonly Visit[]) => {
      const calls = Math.max(...visits.map((one) => one.calls));
      const overhead = visits.map(({ took, calls: made }) => took - made * LATENCY_MS);
      return [
        name,
        ms(median(visits.map(({ took }) => took))),
        ms(median(overhead)),
        ms(Math.max(...overhead)),
        `${MOST_OVERHEAD_MS} ms`,
        String(calls),
        String(MOST_CALLS),
      ];
    };
    printTable(
      `The Set up page's checks, SentinelOne answering after ${LATENCY_MS} ms, ${VISITS} visits each`,
      ['visit', 'answer', 'over the slowest check', 'worst', 'at most', 'calls', 'at most'],
      [row('asked anew', anew), row('within the minute', shared)]
    );
  } finally {
    await workbench.stop();
  }
}
