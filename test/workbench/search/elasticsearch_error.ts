interface ErrorCause {
  readonly type: string;
  readonly reason: string;
  readonly [key: string]: unknown;
}

interface ErrorBody {
  readonly error: ErrorCause & { readonly root_cause: readonly ErrorCause[] };
  readonly status: number;
}

/** As `errors.ResponseError` of `@elastic/elasticsearch`: name, message, `statusCode`, `meta.body`. */
export class ResponseError extends Error {
  override readonly name = 'ResponseError';
  readonly meta: {
    readonly body: ErrorBody;
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
  };

  constructor(statusCode: number, error: ErrorCause, rootCauses: readonly ErrorCause[] = [error]) {
    const causes = rootCauses.map(({ type, reason }) => `\n\t\t${type}: ${reason}`).join('');
    super(`${error.type}\n\tRoot causes:${causes}`);
    const headers: Record<string, string> = { 'x-elastic-product': 'Elasticsearch' };
    if (statusCode === 401) headers['www-authenticate'] = 'Basic realm="security" charset="UTF-8"';
    this.meta = {
      body: { error: { root_cause: rootCauses, ...error }, status: statusCode },
      statusCode,
      headers,
    };
  }

  get statusCode(): number {
    return this.meta.statusCode;
  }
  get body(): ErrorBody {
    return this.meta.body;
  }
  get headers(): Readonly<Record<string, string>> {
    return this.meta.headers;
  }
}

/** A request that Elasticsearch cannot parse: 400. */
export const badSearch = (type: string, reason: string): ResponseError =>
  new ResponseError(400, { type, reason });

/** A search that fails on the shards, as a query or sort that an index cannot answer. */
export function shardFailure(index: string, cause: ErrorCause): ResponseError {
  const phase = {
    type: 'search_phase_execution_exception',
    reason: 'all shards failed',
    phase: 'query',
    grouped: true,
    failed_shards: [{ shard: 0, index, reason: cause }],
    caused_by: cause,
  };
  return new ResponseError(400, phase, [cause]);
}
