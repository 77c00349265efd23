import type { DocumentIndex } from './document_index';
import { compileQuery } from './query';

type Dsl = Readonly<Record<string, unknown>>;

/** What sorting by `_score` goes by. */
export interface Score {
  /** Names it, so that the order can be kept. */
  readonly key: string;
  of(doc: number): number;
}

const asList = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/**
 * The score that Elasticsearch gives for the `constant_score`s in a query's `should`: the sum of those that match.
 * Everything else scores nothing here; filters do neither in Elasticsearch.
 */
export function compileScore(index: DocumentIndex, query: unknown): Score {
  const { should } = ((query as Dsl).bool ?? {}) as Dsl;
  const scores = asList(should).flatMap((clause) => {
    const { filter, boost = 1 } = ((clause as Dsl).constant_score ?? {}) as Dsl;
    if (filter === undefined) return [];
    return [{ matches: compileQuery(index, filter), boost: Number(boost) }];
  });
  return {
    key: scores.length === 0 ? '' : JSON.stringify(should),
    of: (doc) => scores.reduce((sum, { matches, boost }) => (matches(doc) ? sum + boost : sum), 0),
  };
}
