import type { ReceivedContent } from './received_content';

/**
 * The port through which everything reaches SentinelOne. The connector implements it over Kibana's
 * own HTTP client (allowed hosts, proxy and TLS settings come with it); tests over plain HTTP.
 */

export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  /** Below `/web/api/v2.1`, such as `/agents`. */
  readonly path: string;
  /** Lists are comma-joined, as SentinelOne wants them. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /**
   * Milliseconds, by the wall clock, after which the request is abandoned wherever it is; never longer than
   * Kibana's own limit (`xpack.actions.responseTimeout`), which is the default.
   */
  readonly timeoutMs?: number;
}

/**
 * Why there is no usable answer.
 * - `status`: an answer came, from SentinelOne or from something in between, that is no usable one: an error
 *   status, or a body that is not of SentinelOne's form.
 * - `not_connected`: no connection came about, so nothing can have been taken.
 * - `lost`: the connection broke or timed out afterwards; whether it was taken is not known.
 * - `too_large`: the answer is above Kibana's limit for responses.
 * - `not_allowed`: Kibana's own settings forbid the address; nothing left Kibana.
 *
 * `code` is the error code of Node.js or OpenSSL, such as `ENOTFOUND`.
 */
export type ApiFailure =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** What came with it; absent stands for an empty body. */
      readonly content?: ReceivedContent;
      /** Milliseconds to wait, from `Retry-After`. */
      readonly retryAfter?: number;
    }
  | { readonly kind: 'not_connected'; readonly detail: string; readonly code?: string }
  | {
      readonly kind: 'lost';
      readonly timedOut: boolean;
      readonly detail: string;
      readonly code?: string;
    }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'not_allowed'; readonly detail: string };

export type ApiAnswer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly failure: ApiFailure };

/** Sends one request, once. Never throws. */
export type Send = (request: ApiRequest) => Promise<ApiAnswer>;

/** Waits that many milliseconds. */
export type Sleep = (milliseconds: number) => Promise<void>;
