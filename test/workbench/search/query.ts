import { notInTheWorkbench } from '../not_in_the_workbench';
import { badSearch } from './elasticsearch_error';
import { queriedValue } from './field_types';
import type { Column, DocumentIndex } from './document_index';
import { standardWords } from './standard_analyzer';

/** Whether the document of this number matches. */
export type Matches = (doc: number) => boolean;
type Dsl = Readonly<Record<string, unknown>>;
type Value = string | number;

const asList = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

const isObject = (value: unknown): value is Dsl =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ field: value }`, or `{ field: { [name]: value, … } }`. */
function fieldOf(query: Dsl, name: string): { field: string; value: unknown; options: Dsl } {
  const [[field, body] = ['', undefined], ...others] = Object.entries(query).filter(
    ([key]) => key !== 'boost' && key !== '_name'
  );
  if (field === '' || others.length > 0) {
    throw badSearch('parsing_exception', `[${name}] query doesn't support multiple fields`);
  }
  const options = isObject(body) ? body : {};
  return {
    field,
    value: isObject(body) ? (body[name] ?? body.value ?? body.query) : body,
    options,
  };
}

const some = (column: Column, test: (value: Value) => boolean): Matches => {
  return (doc) => {
    const values = column[doc];
    if (values === undefined) return false;
    for (const value of values) if (test(value)) return true;
    return false;
  };
};

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The regular expression of a wildcard pattern, in which a backslash makes the next character plain. */
function wildcardExpression(pattern: string): RegExp {
  const source = pattern.replace(/\\([\s\S])|([*?])|([^\\*?]+)|\\$/g, (_all, plain, wild, text) => {
    if (plain !== undefined) return escape(plain);
    if (wild !== undefined) return wild === '*' ? '[\\s\\S]*' : '[\\s\\S]';
    return escape(text ?? '\\');
  });
  return new RegExp(`^${source}$`);
}

/** `*word*` without other wildcards is by far the most common pattern, and much faster to look for. */
function wildcardTest(pattern: string): (value: Value) => boolean {
  const inner = /^\*((?:[^*?\\]|\\[*?\\])+)\*$/.exec(pattern)?.[1]?.replace(/\\([*?\\])/g, '$1');
  if (inner !== undefined) return (value) => String(value).includes(inner);
  const expression = wildcardExpression(pattern);
  return (value) => expression.test(String(value));
}

const isText = (index: DocumentIndex, field: string): boolean => index.mapping(field) === 'text';

function terms(
  index: DocumentIndex,
  field: string,
  wanted: readonly unknown[],
  lower = false
): Matches {
  const type = field === '_id' ? 'keyword' : index.mapping(field);
  if (type === 'unmapped') return () => false;
  const values = new Set(
    wanted.map((value) => {
      const queried = queriedValue(type, field, value);
      return lower ? String(queried).toLowerCase() : queried;
    })
  );
  const column = lower ? index.lowerColumn(field) : index.column(field);
  if (type === 'text') return some(index.wordColumn(field), (value) => values.has(value));
  return some(column, (value) => values.has(value));
}

function match(index: DocumentIndex, field: string, value: unknown, operator: unknown): Matches {
  if (!isText(index, field)) return terms(index, field, [value]);
  const column = index.wordColumn(field);
  const words = standardWords(String(value));
  const all = String(operator).toLowerCase() === 'and';
  return (doc) => {
    const found = column[doc] ?? [];
    return all ? words.every((w) => found.includes(w)) : words.some((w) => found.includes(w));
  };
}

function phrase(index: DocumentIndex, field: string, value: unknown): Matches {
  if (!isText(index, field)) return terms(index, field, [value]);
  const words = standardWords(String(value));
  // Nothing is left of the text.
  if (words.length === 0) return () => false;
  const wanted = ` ${words.join(' ')} `;
  const column = index.wordColumn(field);
  return (doc) => ` ${(column[doc] ?? []).join(' ')} `.includes(wanted);
}

function pattern(index: DocumentIndex, field: string, text: string, lower: boolean): Matches {
  if (isText(index, field)) return some(index.wordColumn(field), wildcardTest(text.toLowerCase()));
  const column = lower ? index.lowerColumn(field) : index.column(field);
  return some(column, wildcardTest(lower ? text.toLowerCase() : text));
}

function range(index: DocumentIndex, field: string, limits: Dsl): Matches {
  const type = index.mapping(field);
  if (type === 'unmapped') return () => false;
  const tests = Object.entries(limits).flatMap(
    ([name, limit]): Array<(value: Value) => boolean> => {
      if (['format', 'time_zone', 'boost', 'relation'].includes(name) || limit === null) return [];
      const to = queriedValue(type, field, limit);
      switch (name) {
        case 'gt':
          return [(value) => value > to];
        case 'gte':
          return [(value) => value >= to];
        case 'lt':
          return [(value) => value < to];
        case 'lte':
          return [(value) => value <= to];
        default:
          throw badSearch('parsing_exception', `[range] query does not support [${name}]`);
      }
    }
  );
  return some(index.column(field), (value) => tests.every((test) => test(value)));
}

function exists(index: DocumentIndex, field: string): Matches {
  const column = index.column(field);
  return (doc) => column[doc] !== undefined;
}

const anyOf =
  (matches: readonly Matches[]): Matches =>
  (doc) =>
    matches.some((one) => one(doc));

function bool(index: DocumentIndex, query: Dsl): Matches {
  const { must, filter, should, must_not: mustNot, minimum_should_match: minimum, ...rest } = query;
  const unknown = Object.keys(rest).find((key) => key !== 'boost' && key !== '_name');
  if (unknown !== undefined) {
    throw badSearch('x_content_parse_exception', `[bool] unknown field [${unknown}]`);
  }
  const compiled = (clauses: unknown) =>
    asList(clauses as Dsl | Dsl[] | undefined).map((clause) => compileQuery(index, clause));
  const all = [...compiled(must), ...compiled(filter)];
  const none = compiled(mustNot);
  const optional = compiled(should);
  const needed = optional.length === 0 ? 0 : Number(minimum ?? (all.length > 0 ? 0 : 1));
  return (doc) => {
    for (const one of all) if (!one(doc)) return false;
    for (const one of none) if (one(doc)) return false;
    if (needed === 0) return true;
    let count = 0;
    for (const one of optional) if (one(doc) && (count += 1) >= needed) return true;
    return false;
  };
}

function multiMatch(index: DocumentIndex, query: Dsl): Matches {
  const { fields, query: value, type = 'best_fields', operator } = query;
  if (!Array.isArray(fields)) notInTheWorkbench('a multi_match query without fields');
  if (type !== 'best_fields' && type !== 'phrase')
    notInTheWorkbench(`a multi_match query of type ${type}`);
  return anyOf(
    (fields as string[]).map((name) => {
      const field = name.split('^')[0]!;
      return type === 'phrase' ? phrase(index, field, value) : match(index, field, value, operator);
    })
  );
}

/** Only what Kibana makes of KQL's wildcards: fields, and one pattern without operators. */
function queryString(index: DocumentIndex, query: Dsl): Matches {
  const { fields, query: text } = query;
  if (!Array.isArray(fields) || typeof text !== 'string' || /(?<!\\)[\s:()"~^[\]{}]/.test(text)) {
    notInTheWorkbench('a query_string query with operators, or without fields');
  }
  const plain = (text as string).replace(/\\([^*?\\])/g, '$1');
  return anyOf((fields as string[]).map((field) => pattern(index, field, plain, false)));
}

/** Words with an optional `*` at their end, joined by the default operator. */
function simpleQueryString(index: DocumentIndex, query: Dsl): Matches {
  const { fields, query: text, default_operator: operator = 'OR' } = query;
  if (!Array.isArray(fields) || typeof text !== 'string' || /[|+\-"()~]/.test(text)) {
    notInTheWorkbench('a simple_query_string query with operators, or without fields');
  }
  const words = (text as string).split(/\s+/).filter((word) => word !== '');
  const perWord = words.map((word) =>
    anyOf(
      (fields as string[]).map((name) => {
        const field = name.split('^')[0]!;
        return word.endsWith('*')
          ? pattern(index, field, word, false)
          : match(index, field, word, 'or');
      })
    )
  );
  return (doc) =>
    operator === 'AND' ? perWord.every((one) => one(doc)) : perWord.some((one) => one(doc));
}

/**
 * Compiles Elasticsearch's query DSL, as far as the workbench knows it, into a test of documents.
 * Throws Elasticsearch's 400 for a query that it would refuse, "not in the workbench" for the rest.
 */
export function compileQuery(index: DocumentIndex, query: unknown): Matches {
  const entries = isObject(query) ? Object.entries(query) : [];
  const [name, body] = entries[0] ?? [];
  if (name === undefined || !isObject(body) || entries.length > 1) {
    throw badSearch(
      'parsing_exception',
      '[bool] malformed query, expected one query with its body'
    );
  }
  switch (name) {
    case 'match_all':
      return () => true;
    case 'match_none':
      return () => false;
    case 'bool':
      return bool(index, body);
    case 'constant_score':
      return compileQuery(index, body.filter);
    case 'term': {
      const { field, value, options } = fieldOf(body, 'value');
      return terms(index, field, [value], options.case_insensitive === true);
    }
    case 'terms': {
      const { boost: _, ...rest } = body;
      const [[field, values] = ['', []]] = Object.entries(rest);
      return terms(index, field, asList(values as unknown[]));
    }
    case 'ids':
      return terms(index, '_id', asList(body.values as string[]));
    case 'exists':
      return exists(index, String(body.field));
    case 'range': {
      const [[field, limits] = ['', {}]] = Object.entries(body);
      return range(index, field, limits as Dsl);
    }
    case 'prefix': {
      const { field, value, options } = fieldOf(body, 'value');
      const plain = String(value).replace(/[\\*?]/g, '\\$&');
      return pattern(index, field, `${plain}*`, options.case_insensitive === true);
    }
    case 'wildcard': {
      const { field, value, options } = fieldOf(body, patternKey(body));
      return pattern(index, field, String(value), options.case_insensitive === true);
    }
    case 'match': {
      const { field, value, options } = fieldOf(body, 'query');
      return match(index, field, value, options.operator);
    }
    case 'match_phrase': {
      const { field, value } = fieldOf(body, 'query');
      return phrase(index, field, value);
    }
    case 'multi_match':
      return multiMatch(index, body);
    case 'query_string':
      return queryString(index, body);
    case 'simple_query_string':
      return simpleQueryString(index, body);
    default:
      return notInTheWorkbench(`the query "${name}"`);
  }
}

/** A wildcard's pattern is called `value` or `wildcard`. */
const patternKey = (body: Dsl): string =>
  Object.values(body).some((one) => isObject(one) && 'wildcard' in one) ? 'wildcard' : 'value';
