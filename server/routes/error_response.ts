import type { IKibanaResponse, KibanaResponseFactory, Logger } from '@kbn/core/server';
import { i18n } from '@kbn/i18n';
import { REASON_CATALOG } from '../../common/actions/reasons';
import { reasonText } from '../../common/actions/describe_reason';
import { TooManyReads } from '../lib/read_budget';
import { InputError, NotAvailableError, reasonOf, statusOf, TypedError } from '../lib/typed_error';

/** Default of `Retry-After` in seconds, if the exact time is not known. */
const USUAL_RETRY = 5;

function tooManyReads(retryAfter: number, response: KibanaResponseFactory): IKibanaResponse {
  const { what, todo } = reasonText('too_many_reads', 'read', { seconds: retryAfter });
  return response.customError({
    statusCode: 429,
    headers: { 'retry-after': String(retryAfter) },
    body: { message: `${what} ${todo}`, attributes: { reason: 'too_many_reads', retryAfter } },
  });
}

/**
 * Whether Kibana does not execute the connector because the license or `xpack.actions.enabledActionTypes` does not
 * include its type: such an error brings its own response (`actions-plugin/server/lib/errors/action_type_disabled`,
 * Kibana 8.12.2).
 */
const isTypeDisabled = (error: unknown): error is Error =>
  error instanceof Error &&
  typeof (error as { sendResponse?: unknown }).sendResponse === 'function';

/**
 * Converts an error to a response. Unexpected errors are logged, and their details are not sent to
 * the user.
 */
export function answerError(
  error: unknown,
  response: KibanaResponseFactory,
  logger: Logger
): IKibanaResponse {
  if (error instanceof TooManyReads) return tooManyReads(error.retryAfter, response);
  // The connector returns no retry time.
  if (reasonOf(error) === 'too_many_reads') return tooManyReads(USUAL_RETRY, response);
  if (error instanceof TypedError) {
    const { reason, message } = error;
    return response.customError({
      statusCode: REASON_CATALOG[reason].httpStatus ?? 500,
      body: { message, attributes: { reason } },
    });
  }
  if (error instanceof InputError) {
    return response.badRequest({ body: { message: `[request body]: ${error.message}` } });
  }
  if (error instanceof NotAvailableError) {
    return response.customError({ statusCode: 503, body: { message: error.message } });
  }
  if (isTypeDisabled(error)) {
    return response.conflict({
      body: {
        message: i18n.translate('sentineloneResponse.routes.typeDisabled', {
          defaultMessage: 'Kibana does not execute the connector: {message}',
          values: { message: error.message },
        }),
      },
    });
  }
  const status = statusOf(error);
  if (status === 403) {
    return response.forbidden({
      body: {
        message: i18n.translate('sentineloneResponse.routes.forbidden', {
          defaultMessage: 'Kibana refused this for you: {message}',
          values: { message: error instanceof Error ? error.message : '' },
        }),
      },
    });
  }
  logger.error(error instanceof Error ? error : String(error));
  return response.customError({
    statusCode: 500,
    body: {
      message: i18n.translate('sentineloneResponse.routes.internalError', {
        defaultMessage: "Something failed inside Kibana; Kibana's log says what.",
      }),
    },
  });
}
