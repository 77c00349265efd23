import type { Failure } from './reasons';

/**
 * What each kind of answer to a request to SentinelOne proves. SentinelOne's API answers in JSON of a fixed format,
 * errors included (`errors: [{ code, title, detail }]`). An answer in another format was sent by a server between
 * Kibana and SentinelOne, with any status.
 */

/** The possible sender of an answer. */
export type AnswerSource =
  /** SentinelOne: the answer has the format of its API. */
  | 'sentinelone'
  /** Another server: SentinelOne's API never sends such an answer. */
  | 'elsewhere'
  /** A proxy, by the meaning of the status. */
  | 'proxy'
  /** SentinelOne's gateway, or a proxy. */
  | 'unknown'
  /** There was no answer. */
  | 'none';

interface Row {
  readonly reason: Failure;
  readonly from: AnswerSource;
}

/** One row for each kind of answer. `kindOfFailure` determines the kind. */
export const ANSWERS = {
  /** 401 in SentinelOne's format. */
  token_refused: { reason: 'unauthorized', from: 'sentinelone' },
  /** 403 in SentinelOne's format. Its message contains the reason; a missing permission is only the usual one. */
  permission_refused: { reason: 'forbidden', from: 'sentinelone' },
  /** 429 in SentinelOne's format. */
  throttled: { reason: 'throttled', from: 'sentinelone' },
  /** Another status below 500 in SentinelOne's format. */
  request_refused: { reason: 'unexpected_answer', from: 'sentinelone' },
  /** 5xx in SentinelOne's format. */
  sentinelone_error: { reason: 'unreachable', from: 'sentinelone' },
  /** 2xx in SentinelOne's format with data that was not requested. */
  unexpected_data: { reason: 'unexpected_answer', from: 'sentinelone' },
  /** 3xx: SentinelOne's API does not redirect. */
  redirect: { reason: 'unexpected_answer', from: 'elsewhere' },
  /** 407. */
  proxy_login: { reason: 'unreachable', from: 'proxy' },
  /** 2xx with a web page. */
  web_page: { reason: 'unexpected_answer', from: 'elsewhere' },
  /** 2xx with JSON or text in another format. */
  other_content: { reason: 'unexpected_answer', from: 'elsewhere' },
  /** 2xx with incomplete JSON. */
  cut_off: { reason: 'unexpected_answer', from: 'unknown' },
  /** 2xx without a body. */
  empty: { reason: 'unexpected_answer', from: 'unknown' },
  /** 429 in another format. */
  throttled_elsewhere: { reason: 'throttled', from: 'unknown' },
  /** 401, 403 or another status below 500 in another format. */
  refused_elsewhere: { reason: 'unexpected_answer', from: 'elsewhere' },
  /** 5xx in another format. */
  gateway_error: { reason: 'unreachable', from: 'unknown' },
  name_unknown: { reason: 'unreachable', from: 'none' },
  connection_refused: { reason: 'unreachable', from: 'none' },
  no_route: { reason: 'unreachable', from: 'none' },
  connect_timeout: { reason: 'unreachable', from: 'none' },
  certificate_untrusted: { reason: 'unreachable', from: 'none' },
  certificate_expired: { reason: 'unreachable', from: 'none' },
  certificate_of_another: { reason: 'unreachable', from: 'none' },
  not_tls: { reason: 'unreachable', from: 'none' },
  timeout: { reason: 'unreachable', from: 'none' },
  connection_broken: { reason: 'unreachable', from: 'none' },
  /** Larger than Kibana reads. */
  too_large: { reason: 'unexpected_answer', from: 'unknown' },
  /** Kibana did not send the request. */
  not_allowed: { reason: 'unreachable', from: 'none' },
} as const satisfies Record<string, Row>;
export type AnswerKind = keyof typeof ANSWERS;
export const ANSWER_KINDS = Object.keys(ANSWERS) as readonly AnswerKind[];

/** The values of an answer that the texts contain. */
export interface AnswerFacts {
  readonly status?: number;
  /** In SentinelOne's format: its message. */
  readonly apiText?: string;
  /** In another format: a description of the content, such as `a web page with the title "Access denied"`. */
  readonly content?: string;
  /** The `Server` header of the answer. */
  readonly server?: string;
  /** The origin of a redirect's target. */
  readonly redirectsTo?: string;
  /** The message of Kibana or its HTTP client. */
  readonly error?: string;
  /** The permission of SentinelOne that the request needs. */
  readonly permission?: string;
  /** The `Retry-After` of the answer, in seconds. */
  readonly waitSeconds?: number;
}
