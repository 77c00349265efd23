import type { RequestHandler } from '@kbn/core/server';
import { i18n } from '@kbn/i18n';
import { API_PRIVILEGE, INTERNAL_API_VERSION, LIMITS } from '../../common/lib/constants';
import {
  actionParamsCodec,
  historyFilterCodec,
  historyQueryCodec,
  summaryQueryCodec,
  type HistoryPage,
  type HistoryQuery,
} from '../../common/api/history';
import type { ActionsPage } from '../../common/api/public_api';
import { wholeAction } from '../../common/actions/record';
import { ROUTE } from '../../common/api/routes';
import { csvOf } from '../history/csv';
import { isAfterSupported, isWithinResultWindow } from '../history/history_store';
import { requires, namespaceOf, type AskedRoute, type RouteDependencies } from './route_context';
import { routeValidation } from '../kibana/validation';
import { answerError } from './error_response';

const mayView = requires(API_PRIVILEGE.view);

export const pageTooFar = (): string =>
  i18n.translate('sentineloneResponse.routes.historyPageTooFar', {
    defaultMessage:
      '[page]: only the first {count} actions can be reached by page number; use "after" or filters for more',
    values: { count: LIMITS.resultWindow },
  });

const unsupportedCursorText = (): string =>
  i18n.translate('sentineloneResponse.routes.historyAfterByTime', {
    defaultMessage: '[after]: accepted only where the actions are sorted by requestedAt',
  });

export const actionNotFound = (): string =>
  i18n.translate('sentineloneResponse.routes.actionNotFound', {
    defaultMessage: 'There is no action with this id in this space.',
  });

const today = (now: number): string => new Date(now).toISOString().slice(0, 10);

type HandlerDependencies = Pick<RouteDependencies, 'logger' | 'portsReady'>;

/** A page of the history of the request's space. */
export function readActions(
  { request, ports }: Pick<AskedRoute, 'request' | 'ports'>,
  { mine, ...query }: HistoryQuery
): Promise<HistoryPage> {
  const { historyOf, spaceIdOf, usernameOf } = ports;
  // Without security, users have no names, so all records match.
  const user = mine === undefined ? query.user : usernameOf(request);
  return historyOf(namespaceOf(spaceIdOf(request))).page({
    ...query,
    ...(user === undefined ? {} : { user }),
  });
}

/** Responds with a page of the history in the form that `bodyOf` returns. */
export const pageHandler =
  (
    { logger, portsReady }: HandlerDependencies,
    bodyOf: (page: HistoryPage) => HistoryPage | ActionsPage = (page) => page
  ): RequestHandler<unknown, HistoryQuery> =>
  async (_context, request, response) => {
    try {
      if (!isWithinResultWindow(request.query)) {
        return response.badRequest({ body: { message: pageTooFar() } });
      }
      if (!isAfterSupported(request.query)) {
        return response.badRequest({ body: { message: unsupportedCursorText() } });
      }
      const page = await readActions({ request, ports: await portsReady() }, request.query);
      return response.ok({ body: bodyOf(page) });
    } catch (error) {
      return answerError(error, response, logger);
    }
  };

/** Responds with one action: its groups combined. */
export const actionHandler =
  ({ logger, portsReady }: HandlerDependencies): RequestHandler<{ readonly actionId: string }> =>
  async (_context, request, response) => {
    try {
      const { recordsOf, spaceIdOf } = await portsReady();
      const records = recordsOf(namespaceOf(spaceIdOf(request)));
      const action = wholeAction(await records.get(request.params.actionId));
      if (action !== undefined) return response.ok({ body: action });
      return response.notFound({ body: { message: actionNotFound() } });
    } catch (error) {
      return answerError(error, response, logger);
    }
  };

/**
 * `GET …/actions`: a page of the history; `GET …/actions/{actionId}`: one action; `GET …/actions/_csv`: all matching
 * actions, as a stream; `GET …/actions/_summary`: counts per day and durations of isolations.
 */
export function registerHistoryRoutes({ router, logger, portsReady }: RouteDependencies): void {
  router.versioned.get({ path: ROUTE.actions, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { query: routeValidation(historyQueryCodec) } },
    },
    pageHandler({ logger, portsReady })
  );

  router.versioned.get({ path: ROUTE.actionsCsv, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { query: routeValidation(historyFilterCodec) } },
    },
    async (_context, request, response) => {
      try {
        const { clock, historyOf, spaceIdOf } = await portsReady();
        const history = historyOf(namespaceOf(spaceIdOf(request)));
        const body = await csvOf(history.all(request.query));
        body.on('error', (error: Error) => logger.error(error));
        return response.ok({
          body,
          headers: {
            'content-type': 'text/csv; charset=utf-8; header=present',
            'content-disposition': `attachment; filename="sentinelone-actions-${today(clock())}.csv"`,
          },
        });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );

  router.versioned.get({ path: ROUTE.actionsSummary, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { query: routeValidation(summaryQueryCodec) } },
    },
    async (_context, request, response) => {
      try {
        const { historyOf, spaceIdOf } = await portsReady();
        const history = historyOf(namespaceOf(spaceIdOf(request)));
        return response.ok({ body: await history.summary(request.query) });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );

  router.versioned.get({ path: ROUTE.action, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { params: routeValidation(actionParamsCodec) } },
    },
    actionHandler({ logger, portsReady })
  );
}
