import { REASON_CATALOG, type AnyReason } from '../../common/actions/reasons';
import { reasonText } from '../../common/actions/describe_reason';

/** An error with a code; its message says what happened and what to do next. */
export class TypedError extends Error {
  constructor(
    readonly reason: AnyReason,
    message: string,
    /** How long (ms) to wait before another attempt, if SentinelOne returned it. */
    readonly retryAfter?: number
  ) {
    super(message);
  }
}

/** The code of an error that has one. */
export const reasonOf = (error: unknown): TypedError['reason'] | undefined =>
  error instanceof TypedError ? error.reason : undefined;

/** The error for a read without an answer within `milliseconds`. */
export function timedOut(milliseconds: number): TypedError {
  const { what, todo } = reasonText('timed_out', 'read', { seconds: milliseconds / 1_000 });
  return new TypedError('timed_out', `${what} ${todo}`);
}

/** This version of Kibana lacks something that all actions need. It was logged when Kibana started. */
export class NotAvailableError extends Error {}

/** The input is not valid for a reason that a codec cannot check. The message names the field. */
export class InputError extends Error {}

interface StatusCarrier {
  readonly output?: { readonly statusCode?: number };
  readonly statusCode?: number;
  readonly meta?: { readonly statusCode?: number };
}

/** HTTP statuses that errors of saved objects carry. */
export const NOT_FOUND = 404;
export const CONFLICT = 409;

/** The HTTP status that an error of Kibana (Boom) or Elasticsearch carries, or undefined. */
export function statusOf(error: unknown): number | undefined {
  const carrier = error as StatusCarrier | undefined;
  return carrier?.output?.statusCode ?? carrier?.statusCode ?? carrier?.meta?.statusCode;
}

/**
 * Whether the error concerns only the caller, such as a missing privilege: another user may
 * succeed.
 */
export const isUserError = (error: unknown): boolean =>
  error instanceof TypedError
    ? REASON_CATALOG[error.reason].concerns === 'caller'
    : statusOf(error) === 403;
