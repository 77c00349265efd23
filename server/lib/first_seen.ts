/** Times that are kept. A deployment has few that lie in the future, if any. */
const KEPT = 10_000;

/**
 * Start times that another Kibana node wrote by its own clock, or this node before its clock was set back. A start in
 * the future counts from the time at which this node first saw it. So a node whose clock is days ahead does not block
 * others for days, and an action that has just started does not count as old. Belongs to one Kibana node. All times in
 * ms since the epoch, by the clock of that node.
 */
export class FirstSeen {
  private readonly firstSeen = new Map<string, number>();
  private known: ReadonlySet<string> = new Set();

  /** The start time for `key` as far as this node knows it; never later than `now`. */
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

  /** Whether this node first saw `key` after the last `keepOnly`. */
  isNew(key: string): boolean {
    return !this.known.has(key);
  }

  /** Removes all other keys. The given keys count as known from now on. */
  keepOnly(keys: ReadonlySet<string>): void {
    this.known = keys;
    for (const key of this.firstSeen.keys()) if (!keys.has(key)) this.firstSeen.delete(key);
  }
}
