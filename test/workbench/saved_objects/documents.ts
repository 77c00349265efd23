import type { RawSource, StoredDocument, WriteCondition } from './document_store';

/** How long (ms) a search may miss a write that did not ask for a refresh. */
const REFRESH_INTERVAL = 1_000;
const PRIMARY_TERM = 1;

/** A change of a document; `source` is null when it was deleted. */
export interface Change {
  readonly seqNo: number;
  readonly id: string;
  readonly source: RawSource | null;
  readonly refresh: boolean;
  /** ms since the epoch. */
  readonly at: number;
}

/** The documents that a sequence of changes leads to, as they are and as a search sees them. */
export class Documents {
  private readonly current = new Map<string, StoredDocument>();
  private readonly seen = new Map<string, StoredDocument>();
  private unseen: Array<{ readonly id: string; readonly at: number }> = [];
  private seenList: readonly StoredDocument[] | undefined;
  nextSeqNo = 0;

  apply({ seqNo, id, source, refresh, at }: Change): void {
    this.nextSeqNo = seqNo + 1;
    if (source === null) this.current.delete(id);
    else this.current.set(id, { id, source, seqNo, primaryTerm: PRIMARY_TERM });
    this.unseen.push({ id, at });
    if (refresh) this.refresh();
  }

  get(id: string): StoredDocument | undefined {
    return this.current.get(id);
  }

  all(): readonly StoredDocument[] {
    return [...this.current.values()];
  }

  searchable(now: number): readonly StoredDocument[] {
    const [oldest] = this.unseen;
    if (oldest !== undefined && now - oldest.at >= REFRESH_INTERVAL) this.refresh();
    this.seenList ??= [...this.seen.values()];
    return this.seenList;
  }

  /** Why a write is a conflict, in Elasticsearch's words; undefined when it is none. */
  conflict(id: string, { create, expect }: WriteCondition): string | undefined {
    const found = this.current.get(id);
    if (create === true && found !== undefined) {
      return `[${id}]: version conflict, document already exists (current version [1])`;
    }
    if (expect === undefined) return undefined;
    if (found === undefined) {
      return `[${id}]: version conflict, required seqNo [${expect.seqNo}], primary term [${expect.primaryTerm}]. but no document was found`;
    }
    if (found.seqNo === expect.seqNo && found.primaryTerm === expect.primaryTerm) return undefined;
    return `[${id}]: version conflict, required seqNo [${expect.seqNo}], primary term [${expect.primaryTerm}]. current document has seqNo [${found.seqNo}] and primary term [${found.primaryTerm}]`;
  }

  private refresh(): void {
    for (const { id } of this.unseen) {
      const document = this.current.get(id);
      if (document === undefined) this.seen.delete(id);
      else this.seen.set(id, document);
    }
    this.unseen = [];
    this.seenList = undefined;
  }
}
