import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentStore } from './document_store';
import { Documents, type Change } from './documents';
import { withFileLock } from './file_lock';

const NEWLINE = 0x0a;

/**
 * Keeps saved objects in a folder: every change is a line of JSON that is appended under a lock, so a
 * killed process loses no write that was confirmed, and several processes may share the
 * folder. Before every operation the lines of the others are read. `now` (ms since the epoch) is the store's own clock, as
 * Elasticsearch has one: by it, and not by the clocks of its clients, searches see a change after a second.
 */
export function fileStore(folder: string, now: () => number = Date.now): DocumentStore {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'saved_objects.jsonl'), 'a+');
  const lockPath = join(folder, 'saved_objects.lock');
  const documents = new Documents();
  let offset = 0;
  let torn = false;

  /** Reads what was appended since; a line without its end was cut off by a kill, or is on its way. */
  const catchUp = (): void => {
    const { size } = fstatSync(file);
    if (size <= offset) return;
    const buffer = Buffer.alloc(size - offset);
    readSync(file, buffer, 0, buffer.length, offset);
    const end = buffer.lastIndexOf(NEWLINE) + 1;
    torn = end < buffer.length;
    offset += end;
    for (const line of buffer.subarray(0, end).toString('utf8').split('\n')) {
      if (!line.startsWith('{')) continue;
      try {
        documents.apply(JSON.parse(line) as Change);
      } catch {
        // The cut-off line of a killed process, ended by the next writer.
      }
    }
  };

  const append = (change: Omit<Change, 'seqNo' | 'at'>): void => {
    const line = JSON.stringify({ ...change, seqNo: documents.nextSeqNo, at: now() });
    // One write, so that a kill leaves all of the line or a part that the next writer ends.
    writeSync(file, `${torn ? '\n' : ''}${line}\n`);
    catchUp();
  };

  const alone = <T>(work: () => T): T =>
    withFileLock(lockPath, () => {
      catchUp();
      return work();
    });

  catchUp();
  return {
    get(id) {
      catchUp();
      return documents.get(id);
    },
    put: (id, source, condition, refresh) =>
      alone(() => {
        const reason = documents.conflict(id, condition);
        if (reason !== undefined) return { ok: false, reason };
        append({ id, source, refresh });
        return { ok: true, document: documents.get(id)! };
      }),
    delete: (id, refresh) =>
      alone(() => {
        if (documents.get(id) === undefined) return false;
        append({ id, source: null, refresh });
        return true;
      }),
    searchable() {
      catchUp();
      return documents.searchable(now());
    },
    all() {
      catchUp();
      return documents.all();
    },
    close: () => closeSync(file),
  };
}
