import type { SequenceNumber } from './version';

/** A saved object's document in Kibana's index. */
export interface RawSource {
  readonly type: string;
  readonly namespace?: string;
  readonly namespaces?: readonly string[];
  readonly references: ReadonlyArray<{
    readonly id: string;
    readonly type: string;
    readonly name: string;
  }>;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly originId?: string;
  readonly [typeName: string]: unknown;
}

export interface StoredDocument extends SequenceNumber {
  readonly id: string;
  readonly source: RawSource;
}

/**
 * - `create`: there must be none of this id yet.
 * - `expect`: it must have this position.
 * - neither: it replaces any document.
 */
export interface WriteCondition {
  readonly create?: boolean;
  readonly expect?: SequenceNumber;
}

type WriteResult =
  | { readonly ok: true; readonly document: StoredDocument }
  | { readonly ok: false; readonly reason: string };

/** The interface between saved objects and their storage. Every operation is atomic. */
export interface DocumentStore {
  /** As it is now, whether a search sees it already or not. */
  get(id: string): StoredDocument | undefined;
  /**
   * Writes a document. A search sees it from then on when `refresh` says so, else within a second,
   * as in Elasticsearch.
   */
  put(id: string, source: RawSource, condition: WriteCondition, refresh: boolean): WriteResult;
  /** False when there was none. */
  delete(id: string, refresh: boolean): boolean;
  /** What a search sees. */
  searchable(): readonly StoredDocument[];
  /** Everything, as it is now. */
  all(): readonly StoredDocument[];
  close(): void;
}
