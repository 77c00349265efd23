import { i18n } from '@kbn/i18n';
import { hostsOfAlerts } from '../../common/hosts/hosts_of_alerts';
import { API_PRIVILEGE, INTERNAL_API_VERSION, LIMITS } from '../../common/lib/constants';
import {
  alertParamsCodec,
  alertsByIdBodyCodec,
  alertsHostsBodyCodec,
  alertsQueryCodec,
  ROUTE,
} from '../../common/api/routes';
import {
  getAlert,
  getAlertSummaries,
  isWithinResultWindow,
  searchAlerts,
} from '../alerts/search_alerts';
import { requires, type RouteDependencies } from './route_context';
import { routeValidation } from '../kibana/validation';
import { answerError } from './error_response';

const mayView = requires(API_PRIVILEGE.view);

/**
 * `GET …/alerts`: a page of alerts; `GET …/alerts/{alertId}`: one; `POST …/alerts/_by_id`: up to 1,000 by their ids;
 * `POST …/alerts/_hosts`: the distinct hosts of up to 1,000 alerts. All as the current user.
 */
export function registerAlertRoutes({ router, logger, portsReady }: RouteDependencies): void {
  router.versioned.get({ path: ROUTE.alerts, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { query: routeValidation(alertsQueryCodec) } },
    },
    async (context, request, response) => {
      try {
        if (!isWithinResultWindow(request.query)) {
          const message = i18n.translate('sentineloneResponse.routes.pageTooFar', {
            defaultMessage:
              '[page]: only the first {count} alerts can be paged through; search or filter for older ones',
            values: { count: LIMITS.resultWindow },
          });
          return response.badRequest({ body: { message } });
        }
        const { spaceIdOf } = await portsReady();
        const { elasticsearch } = await context.core;
        const esClient = elasticsearch.client.asCurrentUser;
        return response.ok({
          body: await searchAlerts(esClient, spaceIdOf(request), request.query),
        });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );

  router.versioned.get({ path: ROUTE.alert, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { params: routeValidation(alertParamsCodec) } },
    },
    async (context, request, response) => {
      try {
        const { spaceIdOf } = await portsReady();
        const { elasticsearch } = await context.core;
        const esClient = elasticsearch.client.asCurrentUser;
        const alert = await getAlert(esClient, spaceIdOf(request), request.params.alertId);
        if (alert !== undefined) return response.ok({ body: alert });
        const message = i18n.translate('sentineloneResponse.routes.alertNotFound', {
          defaultMessage: 'There is no alert with this id in this space that you may see.',
        });
        return response.notFound({ body: { message } });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );

  router.versioned.post({ path: ROUTE.alertsById, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { body: routeValidation(alertsByIdBodyCodec) } },
    },
    async (context, request, response) => {
      try {
        const { spaceIdOf } = await portsReady();
        const { elasticsearch } = await context.core;
        const esClient = elasticsearch.client.asCurrentUser;
        const alertIds = [...new Set(request.body.alertIds)];
        const alerts = await getAlertSummaries(esClient, spaceIdOf(request), alertIds);
        return response.ok({ body: { alerts } });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );

  router.versioned.post({ path: ROUTE.alertsHosts, access: 'internal', ...mayView }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { body: routeValidation(alertsHostsBodyCodec) } },
    },
    async (context, request, response) => {
      try {
        const { spaceIdOf } = await portsReady();
        const { elasticsearch } = await context.core;
        const esClient = elasticsearch.client.asCurrentUser;
        const { alertIds } = request.body;
        const alerts = await getAlertSummaries(esClient, spaceIdOf(request), alertIds);
        return response.ok({ body: hostsOfAlerts(alertIds, alerts) });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}
