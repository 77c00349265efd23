import { parseRetryAfter } from '../sentinelone_client/retry';
import { redact } from '../sentinelone_client/sanitize_text';
import { contentOf, headerOf } from '../sentinelone_client/received_content';
import type { ApiFailure } from '../sentinelone_client/transport';
import { LIMITS } from '../../common/lib/constants';

/** What is used of axios' error; Kibana's HTTP client throws it. */
export interface HttpClientError {
  readonly message: string;
  readonly code?: string;
  /** The system call that failed, on errors of the socket. */
  readonly syscall?: string;
  readonly response?: {
    readonly status: number;
    readonly data?: unknown;
    readonly headers?: unknown;
  };
}

/** Errors of the socket and of TLS after which certainly nothing was sent. */
const NEVER_CONNECTED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
];
const TIMED_OUT = ['ECONNABORTED', 'ETIMEDOUT'];

/** Sorts an error of the HTTP client. `now` in ms since the epoch; the token is redacted everywhere. */
export function apiFailureOf(error: HttpClientError, token: string, now: number): ApiFailure {
  const { response, code } = error;
  if (response !== undefined) {
    const retryAfter = parseRetryAfter(headerOf(response.headers, 'retry-after'), now);
    return {
      kind: 'status',
      status: response.status,
      content: contentOf(response, token),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
  }
  if (/maxContentLength/.test(error.message)) return { kind: 'too_large' };
  const detail = redact(error.message, token).slice(0, LIMITS.sanitizeText);
  const of = code === undefined ? {} : { code };
  const connecting = code === 'ETIMEDOUT' && error.syscall === 'connect';
  if (connecting || (code !== undefined && NEVER_CONNECTED.includes(code))) {
    return { kind: 'not_connected', detail, ...of };
  }
  return { kind: 'lost', timedOut: code !== undefined && TIMED_OUT.includes(code), detail, ...of };
}
