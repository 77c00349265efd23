/** What Kibana's HTTP client rejects with. Without `status` no answer came. */
export function httpError(status?: number, body?: unknown): Error {
  const error = new Error(status === undefined ? 'Failed to fetch' : `Status ${status}`);
  return Object.assign(error, {
    request: {},
    ...(status === undefined ? {} : { response: { status } }),
    body,
  });
}

/** The answer of one of our routes to a request that it could not serve. */
export const refusal = (status: number, reason: string, message = 'Details for the log'): Error =>
  httpError(status, { statusCode: status, message, attributes: { reason } });
