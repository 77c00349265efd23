import type { HistoryFilter } from '../../common/api/history';

/**
 * The number of records from which a list is large. To sort a page of all of them takes Elasticsearch tens of
 * milliseconds in a list of 100,000: it visits each. To count them, or to sort a few, takes one.
 */
const LARGE = 5_000;
const MAX_KEPT = 500;

interface NewestPage {
  /** Of the oldest record on the page. */
  readonly sortKey: number;
  readonly perPage: number;
  readonly total: number;
}

/**
 * Where the newest page of each list of records ended when it was last read. Records may have been added since
 * then, and a few removed, so the page is mostly found among the records from there on. Belongs to one Kibana node.
 */
export class NewestPages {
  private readonly pages = new Map<string, NewestPage>();

  constructor(private readonly large = LARGE) {}

  private static keyOf(namespace: string | undefined, filter: HistoryFilter): string {
    return JSON.stringify([namespace ?? null, Object.entries(filter).sort()]);
  }

  /** The sort key from which the newest `perPage` records are expected; undefined to search all records. */
  startOf(
    namespace: string | undefined,
    filter: HistoryFilter,
    perPage: number
  ): number | undefined {
    const page = this.pages.get(NewestPages.keyOf(namespace, filter));
    return page === undefined || page.total < this.large || page.perPage < perPage
      ? undefined
      : page.sortKey;
  }

  /** Keeps where a full page ended. */
  keep(namespace: string | undefined, filter: HistoryFilter, page: NewestPage): void {
    const key = NewestPages.keyOf(namespace, filter);
    this.pages.delete(key);
    if (this.pages.size >= MAX_KEPT) this.pages.delete(this.pages.keys().next().value!);
    this.pages.set(key, page);
  }
}
