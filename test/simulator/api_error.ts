/** Error responses in the Management API's format: `errors: [{ code, title, detail }]`. */

export interface ErrorBody {
  readonly errors: readonly {
    readonly code: number;
    readonly title: string;
    readonly detail: string | null;
  }[];
}

/** Thrown to refuse a call; the server turns it into the response. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    readonly title: string,
    readonly detail: string | null,
    readonly headers: Readonly<Record<string, string>> = {}
  ) {
    super(detail ?? title);
  }

  get body(): ErrorBody {
    return { errors: [{ code: this.code, title: this.title, detail: this.detail }] };
  }
}

/** 400, naming the field. Public material names no code for this; the number is the simulator's own. */
export const badInput = (field: string, problem: string): ApiError =>
  new ApiError(400, 4000040, 'Validation Error', `${field}: ${problem}`);

/** 401 without a token, or with one that is not known. SentinelOne gives no detail. */
export const notAuthenticated = (): ApiError =>
  new ApiError(401, 4010010, 'Authentication Failed', null);

export const tokenExpired = (): ApiError =>
  new ApiError(401, 4010011, 'Token has expired', 'Token has expired');

/** 403. SentinelOne does not say which permission it misses. */
export const notPermitted = (): ApiError =>
  new ApiError(403, 4030010, 'Insufficient permissions', 'Insufficient permissions');

export const notFound = (): ApiError =>
  new ApiError(404, 4100010, 'Resource not found', 'The requested URL was not found on the server');

export const methodNotAllowed = (allowed: string): ApiError =>
  new ApiError(
    405,
    4050010,
    'Method Not Allowed',
    'The method is not allowed for the requested URL',
    { allow: allowed }
  );

/** 501: the API has it and the simulator does not. SentinelOne never answers this. */
export const notSimulated = (what: string): ApiError =>
  new ApiError(501, 5010010, 'Not Implemented', `Not in the simulator: ${what}`);

/** 429. `retryAfter`: seconds, an HTTP date, or null for an answer without the header. */
export const throttled = (retryAfter: number | string | null): ApiError =>
  new ApiError(
    429,
    4290010,
    'Too Many Requests',
    'The requests are being throttled. Try again later',
    retryAfter === null ? {} : { 'retry-after': String(retryAfter) }
  );

const TITLES: Readonly<Record<number, readonly [code: number, title: string]>> = {
  400: [4000040, 'Validation Error'],
  401: [4010010, 'Authentication Failed'],
  403: [4030010, 'Insufficient permissions'],
  404: [4100010, 'Resource not found'],
  429: [4290010, 'Too Many Requests'],
  500: [5000010, 'Internal Server Error'],
  502: [5020010, 'Bad Gateway'],
  503: [5030010, 'Service Unavailable'],
  504: [5040010, 'Gateway Timeout'],
};

/** The body that goes with a bare status. */
export function errorBodyFor(status: number): ErrorBody {
  const [code, title] = TITLES[status] ?? [status * 10_000 + 10, 'Error'];
  return { errors: [{ code, title, detail: title }] };
}
