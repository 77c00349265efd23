import { jsonCopy } from '../json_copy';
import { notInTheWorkbench } from '../not_in_the_workbench';
import { badSearch, ResponseError, shardFailure } from '../search/elasticsearch_error';
import { runSearch } from '../search/run_search';
import { valuesAt } from '../search/source_values';
import type { Privileges } from '../users/privileges';
import type { User } from '../users/role';
import { aggregate } from './aggregations';
import { filterSource } from './filter_source';
import type { Indices } from './indices';

const RESULT_WINDOW = 10_000;
const COUNTED_BY_DEFAULT = 10_000;

/** Parameters that a search of the workbench knows; any other throws. */
const KNOWN = [
  'index',
  'ignore_unavailable',
  'allow_no_indices',
  'allow_partial_search_results',
  'from',
  'size',
  'track_total_hits',
  'query',
  'aggs',
  'aggregations',
  'sort',
  'fields',
  '_source',
  'search_after',
  'timeout',
];

export interface SearchParameters {
  readonly index?: string | readonly string[];
  readonly ignore_unavailable?: boolean;
  readonly allow_no_indices?: boolean;
  readonly from?: number;
  readonly size?: number;
  readonly track_total_hits?: boolean | number;
  readonly query?: unknown;
  readonly aggs?: Readonly<Record<string, unknown>>;
  readonly aggregations?: Readonly<Record<string, unknown>>;
  readonly sort?: unknown;
  readonly fields?: ReadonlyArray<string | { readonly field: string }>;
  readonly _source?: unknown;
  readonly search_after?: readonly unknown[];
}

/** Elasticsearch's 403 for a user who may not read an index. */
function unauthorized({ username, role }: User, index: string, action: string): ResponseError {
  return new ResponseError(403, {
    type: 'security_exception',
    reason: `action [${action}] is unauthorized for user [${username}] with effective roles [${role.name}] on indices [${index}], this action is granted by the index privileges [read,all]`,
  });
}

const missing = (index: string): ResponseError =>
  new ResponseError(404, {
    type: 'index_not_found_exception',
    reason: `no such index [${index}]`,
    'resource.type': 'index_or_alias',
    'resource.id': index,
    index_uuid: '_na_',
    index,
  });

/**
 * The one index that a request is about, or undefined when there is none and that is no error.
 * Without a user (Kibana itself) nothing is refused. Throws 403, and 404 for a missing index.
 */
export function openIndex(
  indices: Indices,
  privileges: Privileges,
  user: User | undefined,
  { index, ignore_unavailable: ignoreUnavailable, allow_no_indices: allowNone }: SearchParameters,
  action: string
) {
  const expressions = (typeof index === 'string' ? [index] : (index ?? [])).flatMap((one) =>
    one.split(',')
  );
  const [expression, ...others] = expressions;
  if (expression === undefined || others.length > 0) {
    return notInTheWorkbench(`a search over ${expressions.length} indices`);
  }
  if (user !== undefined && user.role.superuser !== true) {
    // Elasticsearch looks first whether the role may read anything at all.
    const mayReadSome = user.role.readableIndices.length > 0;
    if (!mayReadSome) throw unauthorized(user, expression, action);
    if (!privileges.mayRead(user, expression)) {
      if (ignoreUnavailable === true && allowNone !== false) return undefined;
      throw unauthorized(user, expression, action);
    }
  }
  const [found, ...more] = indices.resolve(expression);
  if (more.length > 0) return notInTheWorkbench('a search over the alerts of several spaces');
  if (found !== undefined) return found;
  const isPattern = expression.includes('*');
  if (allowNone !== false && (ignoreUnavailable === true || isPattern)) return undefined;
  throw missing(expression);
}

function assertWindow(
  { from = 0, size = 10, search_after: after }: SearchParameters,
  index: string
) {
  if (after !== undefined && from > 0) {
    throw badSearch(
      'action_request_validation_exception',
      'Validation Failed: 1: [from] parameter must be set to 0 when [search_after] is used;'
    );
  }
  if (from < 0 || size < 0) {
    throw badSearch(
      'illegal_argument_exception',
      `[${from < 0 ? 'from' : 'size'}] parameter cannot be negative`
    );
  }
  if (from + size > RESULT_WINDOW) {
    throw shardFailure(index, {
      type: 'illegal_argument_exception',
      reason: `Result window is too large, from + size must be less than or equal to: [${RESULT_WINDOW}] but was [${from + size}]. See the scroll api for a more efficient way to request large data sets. This limit can be set by changing the [index.max_result_window] index level setting.`,
    });
  }
}

function totalOf(count: number, track: boolean | number | undefined) {
  if (track === false) return undefined;
  const limit = track === true ? Infinity : track === undefined ? COUNTED_BY_DEFAULT : track;
  return count > limit ? { value: limit, relation: 'gte' } : { value: count, relation: 'eq' };
}

/** `POST /<index>/_search`. */
export function search(
  indices: Indices,
  privileges: Privileges,
  user: User | undefined,
  parameters: SearchParameters
) {
  const unknown = Object.keys(parameters).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) notInTheWorkbench(`the search parameter "${unknown}"`);
  const started = Date.now();
  const { from, size, query, sort, track_total_hits: track, fields, _source: filter } = parameters;
  const index = openIndex(indices, privileges, user, parameters, 'indices:data/read/search');
  const shards = (count: number) => ({ total: count, successful: count, skipped: 0, failed: 0 });
  if (index === undefined) {
    return {
      took: 0,
      timed_out: false,
      _shards: shards(0),
      hits: { total: totalOf(0, track), max_score: 0, hits: [] },
    };
  }
  assertWindow(parameters, index.name);
  const found = runSearch(index.documents, {
    query: query ?? { match_all: {} },
    sort,
    from,
    size,
    searchAfter: parameters.search_after,
  });
  const aggs = parameters.aggs ?? parameters.aggregations;
  const hasSort = sort !== undefined && (!Array.isArray(sort) || sort.length > 0);
  return {
    took: Date.now() - started,
    timed_out: false,
    _shards: shards(1),
    hits: {
      total: totalOf(found.total, track),
      max_score: null,
      hits: found.hits.map(({ document, sort: values }) => {
        const source = filterSource(document._source, filter);
        return {
          _index: index.name,
          _id: document._id,
          _score: hasSort ? null : 0,
          ...(source === undefined ? {} : { _source: jsonCopy(source) }),
          ...(fields === undefined ? {} : { fields: fieldsOf(document._source, fields) }),
          ...(hasSort ? { sort: [...values] } : {}),
        };
      }),
    },
    ...(aggs === undefined
      ? {}
      : { aggregations: aggregate(index.documents, found.matching, aggs) }),
  };
}

function fieldsOf(
  source: Readonly<Record<string, unknown>>,
  fields: NonNullable<SearchParameters['fields']>
): Record<string, unknown[]> {
  const entries = fields.flatMap((entry): Array<[string, unknown[]]> => {
    const field = typeof entry === 'string' ? entry : entry.field;
    if (field.includes('*')) return notInTheWorkbench('wildcards in the fields of a search');
    const values = valuesAt(source, field);
    return values.length > 0 ? [[field, values]] : [];
  });
  return Object.fromEntries(entries);
}
