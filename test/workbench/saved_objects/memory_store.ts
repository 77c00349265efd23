import type { DocumentStore } from './document_store';
import { Documents } from './documents';

/** Keeps saved objects in memory: they end with the process. `now` is what searches are delayed by. */
export function memoryStore(now: () => number = Date.now): DocumentStore {
  const documents = new Documents();
  return {
    get: (id) => documents.get(id),
    put(id, source, condition, refresh) {
      const reason = documents.conflict(id, condition);
      if (reason !== undefined) return { ok: false, reason };
      documents.apply({ seqNo: documents.nextSeqNo, id, source, refresh, at: now() });
      return { ok: true, document: documents.get(id)! };
    },
    delete(id, refresh) {
      if (documents.get(id) === undefined) return false;
      documents.apply({ seqNo: documents.nextSeqNo, id, source: null, refresh, at: now() });
      return true;
    },
    searchable: () => documents.searchable(now()),
    all: () => documents.all(),
    close: () => undefined,
  };
}
