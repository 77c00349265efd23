import { i18n } from '@kbn/i18n';
import type { IHttpFetchError, ResponseErrorBody } from '@kbn/core/public';
import { READ_FAILURES, REASONS, type ReadFailure, type Reason } from '../../common/outcome';
import { readFailureText } from '../../common/read_failure_text';
import { reasonText, type ReasonText, type Tried } from '../../common/reason_text';

/** What went wrong with a request, for a person: what happened, what to do, what was said. */
export interface Problem extends ReasonText {
  readonly reason?: Reason | ReadFailure;
  /** HTTP status of the answer, absent when none came. */
  readonly status?: number;
  /** The answer's own words, where they say more. */
  readonly said?: string;
  /** True when something other than Kibana answered, so that nobody knows what Kibana did. */
  readonly isForeign?: boolean;
}

const isReason = (value: unknown): value is Reason =>
  (REASONS as readonly unknown[]).includes(value);

const isReadFailure = (value: unknown): value is ReadFailure =>
  (READ_FAILURES as readonly unknown[]).includes(value);

/** Describes whatever a request was rejected with. Never throws. */
export function describeError(error: unknown, tried: Tried = 'read'): Problem {
  const { response, body } = (error ?? {}) as Partial<IHttpFetchError<Partial<ResponseErrorBody>>>;
  const status = response?.status;
  const said =
    typeof body?.message === 'string' && body.message.trim() !== '' ? body.message : undefined;
  const reason = body?.attributes?.reason;
  if (isReadFailure(reason)) {
    const { retryAfter } = (body?.attributes ?? {}) as { readonly retryAfter?: number };
    return { ...readFailureText(reason, { seconds: retryAfter }), reason, status, said };
  }
  if (isReason(reason)) return { ...reasonText(reason, tried), reason, status, said };
  if (status === undefined) {
    return {
      what: i18n.translate('sentineloneResponse.error.noAnswer.what', {
        defaultMessage: 'Kibana did not answer.',
      }),
      todo: i18n.translate('sentineloneResponse.error.noAnswer.todo', {
        defaultMessage: 'Check your connection to Kibana, then look at the network status.',
      }),
    };
  }
  // Kibana's errors are JSON; a page or a text is of something on the way to it, whatever its status says.
  if (typeof body === 'string' && status >= 400) {
    return {
      what: i18n.translate('sentineloneResponse.error.foreign.what', {
        defaultMessage: 'The request was answered with HTTP {status}, but not by Kibana.',
        values: { status },
      }),
      todo: i18n.translate('sentineloneResponse.error.foreign.todo', {
        defaultMessage:
          'Likely: a proxy, firewall or login page between your browser and Kibana. Reload the page; if it happens again, tell an administrator.',
      }),
      status,
      isForeign: true,
    };
  }
  if (status === 401) {
    return {
      what: i18n.translate('sentineloneResponse.error.loggedOut.what', {
        defaultMessage: 'Kibana does not know any more who you are.',
      }),
      todo: i18n.translate('sentineloneResponse.error.loggedOut.todo', {
        defaultMessage: 'Log in again, then come back here.',
      }),
      status,
      said,
    };
  }
  if (status === 403) return { ...reasonText('no_privilege', tried), status, said };
  return {
    what: i18n.translate('sentineloneResponse.error.kibana.what', {
      defaultMessage: 'Kibana could not do this.',
    }),
    todo: i18n.translate('sentineloneResponse.error.kibana.todo', {
      defaultMessage: 'Try again. If it fails again, an administrator checks the log of Kibana.',
    }),
    status,
    said,
  };
}
