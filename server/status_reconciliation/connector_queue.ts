/**
 * Whose turn it is: looks through several connectors go on at once, and one that takes long keeps nobody
 * waiting. It belongs to one Kibana node, and remembers from one run of the settling task to the next.
 */

export interface ConnectorQueueLimits {
  /** Looks that a run waits for at a time. */
  readonly atOnce: number;
  /** After this long (ms) a run does not wait for a look any more; the look goes on by itself. */
  readonly slowAfter: number;
  /** After this long (ms) a run begins no further look. */
  readonly within: number;
}

/** Together a good deal less than the time-out of the settling task. */
const LIMITS: ConnectorQueueLimits = { atOnce: 5, slowAfter: 5_000, within: 60_000 };

export interface Turn {
  /** What is looked at; one look at a time. */
  readonly key: string;
  /** The look. Must not reject. */
  look(): Promise<void>;
}

/** Resolves when `work` has, or after so many ms. */
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

  /** When the last look at it began (as `now` of `take`); undefined: there was none on this node. */
  lastLook(key: string): number | undefined {
    return this.begun.get(key);
  }

  /** Forgets everything but these keys, and what is under way. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.begun.keys()) {
      if (!keys.has(key) && !this.underWay.has(key)) this.begun.delete(key);
    }
  }

  /**
   * Takes these turns, those first whose last look is the longest ago, and without those that are still
   * under way from an earlier run. Returns how many were not begun, because the time was up or
   * `isCancelled` said so.
   */
  async take(
    connectorQueue: readonly Turn[],
    now: number,
    isCancelled: () => boolean
  ): Promise<number> {
    const { atOnce, slowAfter, within } = this.limits;
    const last = ({ key }: Turn) => this.begun.get(key) ?? -Infinity;
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

  private async begin({ key, look }: Turn, now: number): Promise<void> {
    this.underWay.add(key);
    this.begun.set(key, now);
    try {
      await look();
    } finally {
      this.underWay.delete(key);
    }
  }
}
