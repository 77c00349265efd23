import { API_PRIVILEGE } from '../../common/constants';
import {
  guardPreviewCodec,
  guardPreviewParamsCodec,
  hostGuardsCodec,
} from '../../common/host_guards';
import { PUBLIC_API_VERSION, PUBLIC_ROUTE } from '../../common/public_api';
import { INTERNAL_API_VERSION, ROUTE } from '../../common/routes';
import { parseOrThrow, routeValidation } from '../kibana_validation';
import { answerError } from './error_answer';
import { executeSubAction, executionError } from './execute_sub_action';
import { namespaceOf, type RouteDependencies } from './route_context';
import { theConnector } from './the_connector';

/**
 * `GET /api/sentinelone_response/settings` for who may view, `PUT` of it for who may change settings, and
 * `POST …/settings/_preview`: which agents some patterns match now.
 */
export function registerHostGuardsRoutes({ router, logger, portsReady }: RouteDependencies): void {
  const mayView = { tags: [`access:${API_PRIVILEGE.view}`] };
  const mayChange = { tags: [`access:${API_PRIVILEGE.settings}`] };
  const path = PUBLIC_ROUTE.settings;
  const version = PUBLIC_API_VERSION;

  router.versioned
    .get({ path, access: 'public', options: mayView })
    .addVersion({ version, validate: {} }, async (_context, request, response) => {
      try {
        const { guardsOf, spaceIdOf } = await portsReady();
        return response.ok({ body: await guardsOf(namespaceOf(spaceIdOf(request))).get() });
      } catch (error) {
        return answerError(error, response, logger);
      }
    });

  router.versioned
    .put({ path, access: 'public', options: mayChange })
    .addVersion(
      { version, validate: { request: { body: routeValidation(hostGuardsCodec) } } },
      async (_context, request, response) => {
        try {
          const { guardsOf, spaceIdOf } = await portsReady();
          const guards = guardsOf(namespaceOf(spaceIdOf(request)));
          return response.ok({ body: await guards.set(request.body) });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );

  router.versioned
    .post({ path: ROUTE.settingsPreview, access: 'internal', options: mayView })
    .addVersion(
      {
        version: INTERNAL_API_VERSION,
        validate: { request: { body: routeValidation(guardPreviewParamsCodec) } },
      },
      async (context, request, response) => {
        try {
          const { connectorsIn, spaceIdOf } = await portsReady();
          const connector = theConnector(await connectorsIn(namespaceOf(spaceIdOf(request))));
          const actionsClient = await (await context.actions).getActionsClient();
          const execution = await executeSubAction(
            actionsClient,
            connector.id,
            'previewGuards',
            request.body
          );
          if (!execution.ok) throw executionError(execution.message);
          return response.ok({ body: parseOrThrow(guardPreviewCodec, execution.data) });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );
}
