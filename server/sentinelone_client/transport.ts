import type { ReceivedContent } from './received_content';

/**
 * The port for all requests to SentinelOne. The connector implements it with Kibana's own HTTP
 * client, which applies allowed hosts, proxy and TLS settings; tests implement it with plain HTTP.
 */

export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  /** Below `/web/api/v2.1`, such as `/agents`. */
  readonly path: string;
  /** Lists are comma-joined, as SentinelOne requires. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /**
   * Milliseconds after which the request is abandoned; never longer than Kibana's own limit
   * (`xpack.actions.responseTimeout`), which is the default.
   */
  readonly timeoutMs?: number;
}

/**
 * Why there is no usable answer. - `status`: SentinelOne, or a system in between, sent an error
 * status or a body that does not have SentinelOne's form. - `not_connected`: no connection was
 * established, so SentinelOne cannot have accepted the request. - `lost`: the connection broke or
 * timed out afterwards; it is not known whether SentinelOne accepted the request.
 * - `too_large`: the answer is above Kibana's limit for responses. - `not_allowed`: Kibana refused
 *   to send the request, for example because its settings do not allow the address.
 *
 * `code` is the error code of Node.js or OpenSSL, such as `ENOTFOUND`.
 */
export type ApiFailure =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** The content of the response; absent if the body is empty. */
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
