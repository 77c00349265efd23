import {
  ANSWERS,
  type AnswerFacts,
  type AnswerKind,
} from '../../common/actions/sentinelone_answers';
import { answerText, contentText } from '../../common/actions/sentinelone_answer_texts';
import { LIMITS } from '../../common/lib/constants';
import type { Failure } from '../../common/actions/reasons';
import { cutText } from '../../common/lib/text';
import { permissionFor } from '../../common/actions/token_permissions';
import type { ReceivedContent } from './received_content';
import type { ApiFailure, ApiRequest } from './transport';

/** Converts an `ApiFailure` to a reason of the catalogue. */
export interface ApiProblem {
  readonly reason: Failure;
  /** What was received, who sent it if that is certain, and likely causes. */
  readonly detail?: string;
  readonly answer?: AnswerKind;
  /** SentinelOne's error code, if SentinelOne sent the response. */
  readonly code?: number;
  /** Milliseconds to wait before another attempt, from `Retry-After`. */
  readonly retryAfter?: number;
}

type StatusFailure = Extract<ApiFailure, { kind: 'status' }>;
interface StatusRow {
  readonly holds: (status: number, form: ReceivedContent['form']) => boolean;
  readonly kind: AnswerKind;
}

const isSuccess = (status: number): boolean => status < 300;

/** The first matching row determines the kind. Together the rows match every status and form. */
const STATUS_ROWS: readonly StatusRow[] = [
  { holds: (status, form) => form === 'error' && status === 401, kind: 'token_refused' },
  { holds: (status, form) => form === 'error' && status === 403, kind: 'permission_refused' },
  { holds: (status, form) => form === 'error' && status === 429, kind: 'throttled' },
  { holds: (status, form) => form === 'error' && status >= 500, kind: 'sentinelone_error' },
  { holds: (_, form) => form === 'error', kind: 'request_refused' },
  { holds: (status, form) => form === 'data' && isSuccess(status), kind: 'unexpected_data' },
  { holds: (status, form) => form === 'web_page' && isSuccess(status), kind: 'web_page' },
  { holds: (status, form) => form === 'broken_json' && isSuccess(status), kind: 'cut_off' },
  { holds: (status, form) => form === 'empty' && isSuccess(status), kind: 'empty' },
  { holds: isSuccess, kind: 'other_content' },
  { holds: (status) => status < 400, kind: 'redirect' },
  { holds: (status) => status === 407, kind: 'proxy_login' },
  { holds: (status) => status === 429, kind: 'throttled_elsewhere' },
  { holds: (status) => status < 500, kind: 'refused_elsewhere' },
  { holds: () => true, kind: 'gateway_error' },
];

/** Error codes of Node.js and OpenSSL. Any other code means a broken connection. */
const CONNECTION_CODES: Readonly<Record<string, AnswerKind>> = {
  ENOTFOUND: 'name_unknown',
  EAI_AGAIN: 'name_unknown',
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'no_route',
  ENETUNREACH: 'no_route',
  ETIMEDOUT: 'connect_timeout',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate_untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate_untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate_untrusted',
  CERT_HAS_EXPIRED: 'certificate_expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_of_another',
  EPROTO: 'not_tls',
};

const EMPTY: ReceivedContent = { form: 'empty' };

/**
 * The kind of a failed request, a row of the table in
 * `common/actions/sentinelone_answers.ts`.
 */
export function kindOfFailure(failure: ApiFailure): AnswerKind {
  switch (failure.kind) {
    case 'not_connected':
      return CONNECTION_CODES[failure.code ?? ''] ?? 'connection_broken';
    case 'lost':
      return failure.timedOut
        ? 'timeout'
        : (CONNECTION_CODES[failure.code ?? ''] ?? 'connection_broken');
    case 'not_allowed':
    case 'too_large':
      return failure.kind;
    case 'status': {
      const { form } = failure.content ?? EMPTY;
      return STATUS_ROWS.find(({ holds }) => holds(failure.status, form))!.kind;
    }
  }
}

function factsOfStatus(
  { status, retryAfter, content = EMPTY }: StatusFailure,
  { path }: ApiRequest
): AnswerFacts {
  const { form, excerpt, server, redirectsTo } = content;
  const permission = permissionFor(path);
  return {
    status,
    ...(form === 'error' ? { apiText: excerpt } : { content: contentText(form, excerpt) }),
    ...(server === undefined ? {} : { server }),
    ...(redirectsTo === undefined ? {} : { redirectsTo }),
    ...(permission === undefined ? {} : { permission }),
    ...(retryAfter === undefined ? {} : { waitSeconds: Math.ceil(retryAfter / 1000) }),
  };
}

/**
 * The text for the kind, with SentinelOne's own text cut so that the whole stays within the limit.
 */
function withinLimit(kind: AnswerKind, facts: AnswerFacts): string {
  const { apiText } = facts;
  const text = answerText(kind, facts);
  const excess = text.length - LIMITS.sanitizeText;
  if (excess <= 0) return text;
  const shorter =
    apiText === undefined
      ? facts
      : { ...facts, apiText: cutText(apiText, apiText.length - excess) };
  return cutText(answerText(kind, shorter), LIMITS.sanitizeText);
}

/** The failure as a reason with a detail for users. */
export function problemOf(failure: ApiFailure, request: ApiRequest): ApiProblem {
  const kind = kindOfFailure(failure);
  const { reason } = ANSWERS[kind];
  if (failure.kind === 'status') {
    const { code } = failure.content ?? EMPTY;
    return {
      reason,
      answer: kind,
      detail: withinLimit(kind, factsOfStatus(failure, request)),
      ...(code === undefined ? {} : { code }),
      ...(failure.retryAfter === undefined ? {} : { retryAfter: failure.retryAfter }),
    };
  }
  const error =
    failure.kind === 'too_large'
      ? 'The answer is larger than xpack.actions.maxResponseContentLength allows'
      : failure.detail;
  return { reason, answer: kind, detail: withinLimit(kind, { error }) };
}

/**
 * Whether a failure proves that SentinelOne did not accept the command: SentinelOne refused it, or
 * a proxy requires a login. A refusal by another system may also concern the response to an
 * accepted command.
 */
export const wasNotAccepted = (failure: ApiFailure): boolean => {
  if (failure.kind === 'not_connected' || failure.kind === 'not_allowed') return true;
  if (failure.kind !== 'status') return false;
  const { status, content = EMPTY } = failure;
  if (status === 407 || status === 429) return true;
  // 408 can come from a SentinelOne gateway that forwarded the command.
  return content.form === 'error' && status >= 400 && status < 500 && status !== 408;
};
