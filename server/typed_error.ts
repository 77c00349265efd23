import type { Reason } from '../common/outcome';

/** An error with a code; its message says what happened and what to do next. */
export class TypedError extends Error {
  constructor(
    readonly reason: Reason,
    message: string
  ) {
    super(message);
  }
}

/** Something about the input is wrong that only shows once more is known; the message names the field. */
export class InputError extends Error {}

interface StatusCarrier {
  readonly output?: { readonly statusCode?: number };
  readonly statusCode?: number;
  readonly meta?: { readonly statusCode?: number };
}

/** The HTTP status that an error of Kibana (Boom) or Elasticsearch carries, or undefined. */
export function statusOf(error: unknown): number | undefined {
  const carrier = error as StatusCarrier | undefined;
  return carrier?.output?.statusCode ?? carrier?.statusCode ?? carrier?.meta?.statusCode;
}

/** True for an error that is the caller's own matter, a missing privilege: anybody else may succeed. */
export const isViewersOwn = (error: unknown): boolean =>
  error instanceof TypedError ? error.reason === 'no_privilege' : statusOf(error) === 403;
