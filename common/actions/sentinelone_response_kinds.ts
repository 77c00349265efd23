import type { Failure } from './reasons';

/**
 * What each kind of answer to a request to SentinelOne proves, and what it does not. SentinelOne's API answers
 * in JSON of its own form, errors included (`errors: [{ code, title, detail }]`); whatever else comes back was
 * sent by something on the way, whatever its status says.
 */

/** Who can have given an answer. */
export type AnswerSource =
  /** SentinelOne: the answer has the form of its API. */
  | 'sentinelone'
  /** Something else: SentinelOne's API never answers so. */
  | 'elsewhere'
  /** A proxy, by the meaning of the status. */
  | 'proxy'
  /** SentinelOne's own gateway, or a proxy. */
  | 'unknown'
  /** Nobody: there was no answer. */
  | 'nobody';

interface Row {
  readonly reason: Failure;
  readonly from: AnswerSource;
}

/** One row for each kind of answer; `kindOfFailure` says which one a request got. */
export const ANSWERS = {
  /** 401 in SentinelOne's form. */
  token_refused: { reason: 'unauthorized', from: 'sentinelone' },
  /** 403 in SentinelOne's form. Its own words say why; a missing permission is only the usual cause. */
  permission_refused: { reason: 'forbidden', from: 'sentinelone' },
  /** 429 in SentinelOne's form. */
  throttled: { reason: 'throttled', from: 'sentinelone' },
  /** Another status below 500 in SentinelOne's form. */
  request_refused: { reason: 'unexpected_answer', from: 'sentinelone' },
  /** 5xx in SentinelOne's form. */
  sentinelone_error: { reason: 'unreachable', from: 'sentinelone' },
  /** 2xx with data of SentinelOne's form that is not what was asked for. */
  unexpected_data: { reason: 'unexpected_answer', from: 'sentinelone' },
  /** 3xx: SentinelOne's API does not redirect. */
  redirect: { reason: 'unexpected_answer', from: 'elsewhere' },
  /** 407. */
  proxy_login: { reason: 'unreachable', from: 'proxy' },
  /** 2xx with a web page. */
  web_page: { reason: 'unexpected_answer', from: 'elsewhere' },
  /** 2xx with JSON or text of another form. */
  other_content: { reason: 'unexpected_answer', from: 'elsewhere' },
  /** 2xx with JSON that breaks off. */
  cut_off: { reason: 'unexpected_answer', from: 'unknown' },
  /** 2xx without a body. */
  empty: { reason: 'unexpected_answer', from: 'unknown' },
  /** 429 in another form. */
  throttled_elsewhere: { reason: 'throttled', from: 'unknown' },
  /** 401, 403 or another status below 500 in another form. */
  refused_elsewhere: { reason: 'unexpected_answer', from: 'elsewhere' },
  /** 5xx in another form. */
  gateway_error: { reason: 'unreachable', from: 'unknown' },
  name_unknown: { reason: 'unreachable', from: 'nobody' },
  connection_refused: { reason: 'unreachable', from: 'nobody' },
  no_route: { reason: 'unreachable', from: 'nobody' },
  connect_timeout: { reason: 'unreachable', from: 'nobody' },
  certificate_untrusted: { reason: 'unreachable', from: 'nobody' },
  certificate_expired: { reason: 'unreachable', from: 'nobody' },
  certificate_of_another: { reason: 'unreachable', from: 'nobody' },
  not_tls: { reason: 'unreachable', from: 'nobody' },
  timeout: { reason: 'unreachable', from: 'nobody' },
  connection_broken: { reason: 'unreachable', from: 'nobody' },
  /** Larger than Kibana reads. */
  too_large: { reason: 'unexpected_answer', from: 'unknown' },
  /** Kibana sent nothing. */
  not_allowed: { reason: 'unreachable', from: 'nobody' },
} as const satisfies Record<string, Row>;
export type AnswerKind = keyof typeof ANSWERS;
export const ANSWER_KINDS = Object.keys(ANSWERS) as readonly AnswerKind[];

/** What was received, by which the texts differ. */
export interface AnswerFacts {
  readonly status?: number;
  /** In SentinelOne's form: its own words. */
  readonly said?: string;
  /** In another form: what it is, such as `a web page with the title "Access denied"`. */
  readonly content?: string;
  /** What the answer calls the server that sent it. */
  readonly server?: string;
  /** Where a redirect leads, as an origin. */
  readonly redirectsTo?: string;
  /** What Kibana's HTTP client or Kibana itself said. */
  readonly error?: string;
  /** The permission of SentinelOne that the request needs. */
  readonly permission?: string;
  /** Seconds that somebody asks to wait. */
  readonly waitSeconds?: number;
}
