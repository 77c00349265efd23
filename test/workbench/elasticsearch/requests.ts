import { setTimeout as sleep } from 'node:timers/promises';

/** A request that Kibana sends to Elasticsearch. Times in ms, by `performance.now()`. */
export interface SentRequest {
  /** The name of the API, such as `mget`. */
  readonly name: string;
  readonly startedAt: number;
  /** Undefined while there is no answer. */
  readonly endedAt: number | undefined;
}

interface Recorded extends SentRequest {
  endedAt: number | undefined;
}

/**
 * The requests that Kibana 8.12.2 would send to Elasticsearch. Each part of the workbench sends one where Kibana's
 * code does, with the source of that in a comment, so that requests can be counted and delayed as in a cluster.
 */
export class ElasticsearchRequests {
  private recorded: Recorded[] | undefined;
  private delay = 0;

  /** Resolves when Elasticsearch has the request; the caller reads or writes then, within the same turn. */
  async send(name: string): Promise<void> {
    const request: Recorded = { name, startedAt: performance.now(), endedAt: undefined };
    this.recorded?.push(request);
    if (this.delay > 0) await sleep(this.delay);
    else await Promise.resolve();
    request.endedAt = performance.now();
  }

  /** Makes every request take this much longer (ms). */
  setDelay(ms: number): void {
    this.delay = ms;
  }

  /** Records the requests from now on; the list grows with them. */
  record(): readonly SentRequest[] {
    this.recorded = [];
    return this.recorded;
  }

  /** Ends the recording. */
  stop(): void {
    this.recorded = undefined;
  }
}
