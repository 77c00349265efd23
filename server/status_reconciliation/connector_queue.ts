/**
 * Runs the checks of several connectors concurrently, so that a slow connector does not delay the
 * others. Belongs to one Kibana node and keeps its state between runs of the status reconciliation
 * task.
 */

export interface ConnectorQueueLimits {
  /** Maximum number of concurrent checks of a run. */
  readonly atOnce: number;
  /**
   * After this time (ms) a run no longer waits for a check; the check continues in the background.
   */
  readonly slowAfter: number;
  /** After this time (ms) a run starts no further check. */
  readonly within: number;
}

/** The sum is well below the time-out of the status reconciliation task. */
const LIMITS: ConnectorQueueLimits = { atOnce: 5, slowAfter: 5_000, within: 60_000 };

export interface QueuedCheck {
  /** Identifies what is checked. Checks with the same key never run at the same time. */
  readonly key: string;
  /** Must not reject. */
  check(): Promise<void>;
}

/** Resolves when `work` resolves, or after `milliseconds`. */
async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const later = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
    timer.unref();
  });
  await Promise.race([work, later]);
  clearTimeout(timer);
}

export class ConnectorQueue {
  private readonly underWay = new Set<string>();
  private readonly begun = new Map<string, number>();

  constructor(private readonly limits: ConnectorQueueLimits = LIMITS) {}

  /**
   * When the last check of `key` started (`now` of `run`); undefined if there was none on this
   * node.
   */
  lastCheck(key: string): number | undefined {
    return this.begun.get(key);
  }

  /** Removes all keys but these and those of running checks. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.begun.keys()) {
      if (!keys.has(key) && !this.underWay.has(key)) this.begun.delete(key);
    }
  }

  /**
   * Runs these checks, starting with the one that was checked the longest time ago, and skips those that are still
   * running from an earlier run. Returns how many were not started because the time had passed or `isCancelled`
   * returned true.
   */
  async run(
    connectorQueue: readonly QueuedCheck[],
    now: number,
    isCancelled: () => boolean
  ): Promise<number> {
    const { atOnce, slowAfter, within } = this.limits;
    const last = ({ key }: QueuedCheck) => this.begun.get(key) ?? -Infinity;
    const waiting = connectorQueue
      .filter(({ key }) => !this.underWay.has(key))
      .sort((a, b) => (last(a) < last(b) ? -1 : last(a) > last(b) ? 1 : 0));
    const startedAt = performance.now();
    const isOver = () => isCancelled() || performance.now() - startedAt >= within;
    const worker = async () => {
      while (!isOver()) {
        const turn = waiting.shift();
        if (turn === undefined) return;
        await atMost(slowAfter, this.begin(turn, now));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return waiting.length;
  }

  private async begin({ key, check }: QueuedCheck, now: number): Promise<void> {
    this.underWay.add(key);
    this.begun.set(key, now);
    try {
      await check();
    } finally {
      this.underWay.delete(key);
    }
  }
}
