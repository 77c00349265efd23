import type { HttpAnswer } from './http';

/** Lets the plugin's settling task run in an official Kibana, or rest; Task Manager has no API for it. */

const DOCUMENT = 'task:sentineloneResponse:settle';
const INDEX = '/.kibana_task_manager';
const CONFLICT = 409;

type Ask = (method: string, path: string, body?: unknown) => Promise<HttpAnswer>;

/** `ask` reaches Elasticsearch as somebody who may write Kibana's own indices. */
export function reconciliationTaskIn(ask: Ask) {
  const sleep = (milliseconds: number) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));
  return {
    /** Resolves once it is as wanted and not under way. */
    async enable(enabled: boolean): Promise<void> {
      for (;;) {
        const { status, text, json } = await ask('GET', `${INDEX}/_doc/${DOCUMENT}`);
        if (status !== 200) throw new Error(`The settling task is not there: ${text}`);
        const { _source: source, _seq_no: number, _primary_term: term } = json;
        const isIdle = source.task.status === 'idle';
        if (source.task.enabled === enabled && (enabled || isIdle)) return;
        if (isIdle) {
          // A run that ends meanwhile would write its own word over ours, so only over what was read.
          const where = `if_seq_no=${number}&if_primary_term=${term}&refresh=true`;
          const changed = await ask('POST', `${INDEX}/_update/${DOCUMENT}?${where}`, {
            doc: { task: { enabled, ...(enabled ? { runAt: new Date().toISOString() } : {}) } },
          });
          if (changed.status >= 300 && changed.status !== CONFLICT) {
            throw new Error(
              `The settling task cannot be paused (ELASTICSEARCH_AUTH is for a user who may write Kibana's indices): ${changed.text}`
            );
          }
        }
        await sleep(250);
      }
    },
  };
}
