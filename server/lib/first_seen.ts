/** Beginnings that are kept at a time; a deployment has a handful from the future, if any. */
const KEPT = 10_000;

/**
 * When something began that another Kibana node has noted by its own clock, or this one before its clock was set
 * back. What began in the future counts from the moment at which this node first saw it, so that a node whose
 * clock is days ahead makes nobody wait for days, and what has only just begun is not taken for something old.
 * Belongs to one Kibana node. All times in ms since the epoch, by that node's clock.
 */
export class FirstSeen {
  private readonly firstSeen = new Map<string, number>();
  private known: ReadonlySet<string> = new Set();

  /** When what `key` stands for began, as far as this node can tell; never later than `now`. */
  of(key: string, notedStart: number, now: number): number {
    if (notedStart <= now) {
      this.firstSeen.delete(key);
      return notedStart;
    }
    const seen = this.firstSeen.get(key);
    if (seen !== undefined && seen <= now) return seen;
    if (this.firstSeen.size >= KEPT) this.firstSeen.clear();
    this.firstSeen.set(key, now);
    return now;
  }

  /** Whether this node has seen what `key` stands for only since the last `keepOnly`. */
  isNew(key: string): boolean {
    return !this.known.has(key);
  }

  /** Forgets everything but these keys, which count as known from now on. */
  keepOnly(keys: ReadonlySet<string>): void {
    this.known = keys;
    for (const key of this.firstSeen.keys()) if (!keys.has(key)) this.firstSeen.delete(key);
  }
}
