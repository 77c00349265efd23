import type { IKibanaResponse, KibanaResponseFactory, Logger } from '@kbn/core/server';
import { i18n } from '@kbn/i18n';
import type { Reason } from '../../common/outcome';

/**
 * A failure that a route has to tell: one table from its reason to a status. SentinelOne's own 401 and
 * 403 become 502, because a 401 would log the person out of Kibana, and it is not his doing.
 */
const STATUS: Readonly<Partial<Record<Reason, number>>> = {
  no_privilege: 403,
  no_connector: 409,
  several_connectors: 409,
  automation_off: 409,
  throttled: 503,
  unauthorized: 502,
  forbidden: 502,
  unreachable: 502,
  unexpected_answer: 502,
};

export class RouteError extends Error {
  constructor(
    readonly reason: Reason,
    message: string
  ) {
    super(message);
  }
}

interface StatusCarrier {
  readonly output?: { readonly statusCode?: number };
  readonly statusCode?: number;
  readonly meta?: { readonly statusCode?: number };
}

/** The HTTP status that an error of Kibana (Boom) or Elasticsearch carries, or undefined. */
export function statusOf(error: unknown): number | undefined {
  const carrier = error as StatusCarrier | undefined;
  return carrier?.output?.statusCode ?? carrier?.statusCode ?? carrier?.meta?.statusCode;
}

/** Answers with what happened; only what nobody foresaw goes to the log, and none of it to the user. */
export function answerError(
  error: unknown,
  response: KibanaResponseFactory,
  logger: Logger
): IKibanaResponse {
  if (error instanceof RouteError) {
    const { reason, message } = error;
    return response.customError({
      statusCode: STATUS[reason] ?? 500,
      body: { message, attributes: { reason } },
    });
  }
  const status = statusOf(error);
  if (status === 403) {
    return response.forbidden({
      body: {
        message: i18n.translate('sentineloneResponse.routes.forbidden', {
          defaultMessage:
            'Kibana refused this for you: {message}',
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
