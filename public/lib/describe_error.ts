import { i18n } from '@kbn/i18n';
import type { IHttpFetchError, ResponseErrorBody } from '@kbn/core/public';
import { isAnyReason, type AnyReason } from '../../common/actions/reasons';
import type { ReasonText, Tried } from '../../common/actions/reason_text_types';
import { reasonText, statusInText } from '../../common/actions/describe_reason';

/** The problem of a request, for users: what happened, what to do, and the answer's message. */
export interface Problem extends ReasonText {
  readonly reason?: AnyReason;
  /** HTTP status of the answer; absent if there was none. */
  readonly status?: number;
  /** The message of the answer, if it contains more. */
  readonly errorText?: string;
  /** True if the answer is not from Kibana, so that it is unknown what Kibana did. */
  readonly isForeign?: boolean;
}

/** Describes the error of a rejected request. Never throws. */
export function describeError(error: unknown, tried: Tried = 'read'): Problem {
  const { response, body } = (error ?? {}) as Partial<IHttpFetchError<Partial<ResponseErrorBody>>>;
  const status = typeof response?.status === 'number' ? response.status : undefined;
  const errorText =
    typeof body?.message === 'string' && body.message.trim() !== '' ? body.message : undefined;
  const reason = body?.attributes?.reason;
  if (isAnyReason(reason)) {
    const { retryAfter } = (body?.attributes ?? {}) as { readonly retryAfter?: number };
    return {
      ...reasonText(reason, tried, { seconds: retryAfter }),
      reason,
      status,
      errorText,
    };
  }
  if (status === undefined) {
    return {
      what: i18n.translate('sentineloneResponse.error.noAnswer.what', {
        defaultMessage: 'Kibana did not answer.',
      }),
      todo: i18n.translate('sentineloneResponse.error.noAnswer.todo', {
        defaultMessage: 'Check your connection to Kibana, then check the {status}.',
        values: { status: statusInText(tried) },
      }),
    };
  }
  // Kibana's errors are JSON. A web page or a text is from a system between the browser and Kibana, regardless of its
  // status.
  if (typeof body === 'string' && status >= 400) {
    return {
      what: i18n.translate('sentineloneResponse.error.foreign.what', {
        defaultMessage: 'The request was answered with HTTP {status}, but not by Kibana.',
        values: { status },
      }),
      todo: i18n.translate('sentineloneResponse.error.foreign.todo', {
        defaultMessage:
          'A proxy, firewall or login page between your browser and Kibana probably answered. Reload the page. If it happens again, contact an administrator.',
      }),
      status,
      isForeign: true,
    };
  }
  if (status === 401) {
    return {
      what: i18n.translate('sentineloneResponse.error.loggedOut.what', {
        defaultMessage: 'Your session has expired.',
      }),
      todo: i18n.translate('sentineloneResponse.error.loggedOut.todo', {
        defaultMessage: 'Log in again, then return to this page.',
      }),
      status,
      errorText,
    };
  }
  if (status === 403) return { ...reasonText('no_privilege', tried), status, errorText };
  return {
    what: i18n.translate('sentineloneResponse.error.kibana.what', {
      defaultMessage: 'Kibana could not process the request.',
    }),
    todo: i18n.translate('sentineloneResponse.error.kibana.todo', {
      defaultMessage: 'Try again. If it fails again, ask an administrator to check the Kibana log.',
    }),
    status,
    errorText,
  };
}
