import { DocumentIndex } from '../search/document_index';
import type { Source } from '../search/source_values';
import { alertFieldType } from './alert_mapping';

export interface AlertDocument {
  readonly _id: string;
  readonly _source: Source;
}

interface Index {
  readonly name: string;
  readonly alias: string;
  readonly documents: DocumentIndex;
  /** Only expressions that begin with a dot stand for it. */
  readonly isHidden?: true;
}

/** The indices with the detection alerts of each space, and others. One that nobody filled does not exist. */
export class Indices {
  private readonly bySpace = new Map<string, Index>();

  /** Replaces the alerts of a space. */
  setAlerts(spaceId: string, documents: readonly AlertDocument[]): void {
    this.bySpace.set(spaceId, {
      name: `.internal.alerts-security.alerts-${spaceId}-000001`,
      alias: `.alerts-security.alerts-${spaceId}`,
      documents: new DocumentIndex(documents, alertFieldType),
    });
  }

  /** The alerts of a space as they are. */
  alertsOf(spaceId: string): readonly AlertDocument[] {
    return this.bySpace.get(spaceId)?.documents.documents ?? [];
  }

  /** Replaces the documents of a data stream. */
  setDataStream(name: string, documents: readonly AlertDocument[]): void {
    this.bySpace.set(`data stream ${name}`, {
      name: `.ds-${name}-000001`,
      alias: name,
      documents: new DocumentIndex(documents, alertFieldType),
    });
  }

  /** A hidden data stream, whose documents are read at each search. */
  setHiddenDataStream(name: string, read: () => readonly AlertDocument[]): void {
    this.bySpace.set(`data stream ${name}`, {
      name: `.ds-${name}-000001`,
      alias: name,
      isHidden: true,
      get documents() {
        return new DocumentIndex(read(), alertFieldType);
      },
    });
  }

  /** The indices that an expression (a name, an alias, a pattern with `*`) stands for. */
  resolve(expression: string): readonly Index[] {
    const source = expression.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
    const matches = new RegExp(`^${source.join('.*')}$`);
    return [...this.bySpace.values()].filter(
      ({ name, alias, isHidden }) =>
        (isHidden === undefined || expression.startsWith('.')) &&
        (matches.test(alias) || matches.test(name))
    );
  }
}
