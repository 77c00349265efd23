import { randomUUID } from 'node:crypto';
import type { StoredDocument } from './document_store';

/** Views of the documents as they were at some moment, for reading them page by page. */
export class PointsInTime {
  private readonly views = new Map<string, readonly StoredDocument[]>();

  open(documents: readonly StoredDocument[]): string {
    const id = randomUUID();
    this.views.set(id, [...documents]);
    return id;
  }

  get(id: string): readonly StoredDocument[] | undefined {
    return this.views.get(id);
  }

  close(id: string): void {
    this.views.delete(id);
  }
}
