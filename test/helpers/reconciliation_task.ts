import type { HttpAnswer } from './http';

/**
 * Enables or pauses the status reconciliation task in an official Kibana, and has other tasks run at once. Task Manager
 * has no API for it.
 */

const DOCUMENT = 'task:sentineloneResponse:status-reconciliation';
const INDEX = '/.kibana_task_manager';
const CONFLICT = 409;

type Ask = (method: string, path: string, body?: unknown) => Promise<HttpAnswer>;

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Has a task run at the next poll of Task Manager. */
export async function runTaskSoon(ask: Ask, taskId: string): Promise<void> {
  for (;;) {
    const path = `task:${taskId}`;
    const { status, text, json } = await ask('GET', `${INDEX}/_doc/${path}`);
    if (status !== 200) throw new Error(`The task ${taskId} is missing: ${text}`);
    const { _source: source, _seq_no: number, _primary_term: term } = json;
    if (source.task.status === 'idle') {
      const where = `if_seq_no=${number}&if_primary_term=${term}&refresh=true`;
      const doc = { task: { runAt: new Date().toISOString() } };
      const changed = await ask('POST', `${INDEX}/_update/${path}?${where}`, { doc });
      if (changed.status < 300) return;
      if (changed.status !== CONFLICT) throw new Error(`The task cannot be run: ${changed.text}`);
    }
    await sleep(250);
  }
}

/** `ask` sends requests to Elasticsearch as a user who can write to Kibana's own indices. */
export function reconciliationTaskIn(ask: Ask) {
  return {
    /** Resolves once the task has the wanted state and does not run. */
    async enable(enabled: boolean): Promise<void> {
      for (;;) {
        const { status, text, json } = await ask('GET', `${INDEX}/_doc/${DOCUMENT}`);
        if (status !== 200) throw new Error(`The status reconciliation task is missing: ${text}`);
        const { _source: source, _seq_no: number, _primary_term: term } = json;
        const isIdle = source.task.status === 'idle';
        if (source.task.enabled === enabled && (enabled || isIdle)) return;
        if (isIdle) {
          // A run that ends meanwhile writes the document as well, so update only the version that
          // was read.
          const where = `if_seq_no=${number}&if_primary_term=${term}&refresh=true`;
          const changed = await ask('POST', `${INDEX}/_update/${DOCUMENT}?${where}`, {
            doc: { task: { enabled, ...(enabled ? { runAt: new Date().toISOString() } : {}) } },
          });
          if (changed.status >= 300 && changed.status !== CONFLICT) {
            throw new Error(
              `The status reconciliation task cannot be paused (ELASTICSEARCH_AUTH must be a user who can write to the indices of Kibana): ${changed.text}`
            );
          }
        }
        await sleep(250);
      }
    },
  };
}
