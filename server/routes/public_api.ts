import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { API_PRIVILEGE } from '../../common/lib/constants';
import { actionParamsCodec, actionsQueryCodec } from '../../common/api/history';
import {
  actBodyCodec,
  actionsPageOf,
  PUBLIC_API_VERSION,
  PUBLIC_ROUTE,
} from '../../common/api/public_api';
import type { HostActionParams } from '../../common/api/connector';
import type { ActionResult } from '../../common/actions/outcome';
import { wholeAction, type RecordedAction } from '../../common/actions/record';
import { requires, namespaceOf, type RouteDependencies } from './route_context';
import { routeValidation } from '../kibana/validation';
import { performForRequest, attachedTo, statusOfResult } from './act_on_hosts';
import { answerError } from './error_response';
import { actionHandler, pageHandler } from './history';

const mayView = requires(API_PRIVILEGE.view);
const version = PUBLIC_API_VERSION;

/**
 * Returns the record as the response to its request. The record of a request that was refused as a whole contains only
 * the first hosts of the request, and may count several requests.
 */
function handlerFor(
  { comment, alertIds = [], caseIds = [] }: HostActionParams,
  recorded: RecordedAction,
  { hosts }: ActionResult
): RecordedAction {
  const { refusedRequest, endedAt } = recorded;
  if (refusedRequest === undefined) return recorded;
  const ended = hosts.map((host) => ({ ...host, ...(endedAt === undefined ? {} : { endedAt }) }));
  return { ...recorded, comment, alertIds, caseIds, hosts: ended };
}

/**
 * `POST /api/sentinelone_response/actions` performs an action on hosts, with the same code and checks as the plugin's
 * pages. `GET` lists actions, `GET …/{actionId}` returns one.
 */
export function registerPublicApi({ router, logger, portsReady }: RouteDependencies): void {
  router.versioned
    .post({ path: PUBLIC_ROUTE.actions, access: 'public', ...mayView })
    .addVersion(
      { version, validate: { request: { body: routeValidation(actBodyCodec) } } },
      async (context, request, response) => {
        try {
          const { action, ...params } = request.body;
          const ports = await portsReady();
          // The required privilege depends on the body, which Kibana's own check does not read.
          if (!(await ports.mayCall(request, ACTION_DEFINITIONS[action].privilege.api))) {
            const message = i18n.translate('sentineloneResponse.routes.mayNotAct', {
              defaultMessage: 'You do not have the privilege to {tried} in this space.',
              values: { tried: ACTION_DEFINITIONS[action].texts.tried() },
            });
            return response.forbidden({ body: { message } });
          }
          const spaceId = ports.spaceIdOf(request);
          const result = await performForRequest(action, params, context, spaceId, ports);
          const records = ports.recordsOf(namespaceOf(spaceId));
          const recorded = wholeAction(await records.get(result.actionId));
          if (recorded === undefined) throw new Error(`No record of action ${result.actionId}`);
          return response.custom({
            statusCode: statusOfResult(result),
            body: {
              ...handlerFor(params, recorded, result),
              ...(await attachedTo(params, recorded, request, ports, logger)),
            },
            bypassErrorFormat: true,
          });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );

  router.versioned
    .get({ path: PUBLIC_ROUTE.actions, access: 'public', ...mayView })
    .addVersion(
      { version, validate: { request: { query: routeValidation(actionsQueryCodec) } } },
      pageHandler({ logger, portsReady }, actionsPageOf)
    );

  router.versioned
    .get({ path: PUBLIC_ROUTE.action, access: 'public', ...mayView })
    .addVersion(
      { version, validate: { request: { params: routeValidation(actionParamsCodec) } } },
      actionHandler({ logger, portsReady })
    );
}
