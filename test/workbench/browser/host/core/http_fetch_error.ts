/** Rejects every request of `core.http` that fails. Without `response`, no answer came. */
export class HttpFetchError extends Error {
  constructor(
    message: string,
    override readonly name: string,
    readonly request: Request,
    readonly response?: Response,
    readonly body?: unknown
  ) {
    super(message);
  }
}
