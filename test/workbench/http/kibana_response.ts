import type { KibanaResponseFactory } from '@kbn/core/server';

interface Options {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly bypassErrorFormat?: boolean;
}

/** What a route handler returns. */
export class KibanaResponse {
  constructor(
    readonly status: number,
    readonly payload: unknown,
    readonly options: Options = {}
  ) {}

  /** The same answer with further headers. */
  withHeaders(headers: Readonly<Record<string, string>>): KibanaResponse {
    const options = { ...this.options, headers: { ...this.options.headers, ...headers } };
    return new KibanaResponse(this.status, this.payload, options);
  }
}

const success =
  (status: number) =>
  (options: Options = {}) =>
    new KibanaResponse(status, options.body, options);
const failure =
  (status: number, text: string) =>
  (options: Options = {}) =>
    new KibanaResponse(status, options.body || text, options);

const statusGiven = (options: { readonly statusCode?: number } | undefined): number => {
  if (options?.statusCode) return options.statusCode;
  throw new Error(
    `options.statusCode is expected to be set. given options: ${options && undefined}`
  );
};

/** Kibana 8.12.2's response factory (`core-http-router-server-internal/src/response.js`). */
export const responseFactory = {
  ok: success(200),
  accepted: success(202),
  noContent: (options: Options = {}) => new KibanaResponse(204, undefined, options),
  redirected: success(302),
  badRequest: failure(400, 'Bad Request'),
  unauthorized: failure(401, 'Unauthorized'),
  forbidden: failure(403, 'Forbidden'),
  notFound: failure(404, 'Not Found'),
  conflict: failure(409, 'Conflict'),
  customError: (options: Options & { readonly statusCode: number }) => {
    const statusCode = statusGiven(options);
    if (statusCode < 400 || statusCode >= 600) {
      throw new Error(
        `Unexpected Http status code. Expected from 400 to 599, but given: ${statusCode}`
      );
    }
    return new KibanaResponse(statusCode, options.body, options);
  },
  custom: (options: Options & { readonly statusCode: number }) => {
    const { body, headers, bypassErrorFormat } = options;
    const rest = { ...(headers && { headers }), ...(bypassErrorFormat && { bypassErrorFormat }) };
    return new KibanaResponse(statusGiven(options), body, rest);
  },
} as unknown as KibanaResponseFactory;
