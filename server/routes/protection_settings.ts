import { API_PRIVILEGE } from '../../common/lib/constants';
import {
  protectionPreviewCodec,
  protectionPreviewParamsCodec,
  protectionSettingsCodec,
} from '../../common/hosts/protection_settings';
import { PUBLIC_API_VERSION, PUBLIC_ROUTE } from '../../common/api/public_api';
import { INTERNAL_API_VERSION, ROUTE } from '../../common/api/routes';
import { parseOrThrow, routeValidation } from '../kibana/validation';
import { describeProtectionChange } from '../protection/describe_protection_change';
import { PROTECTION_SETTINGS } from '../protection/protection_settings_store';
import { requires } from '../kibana/route_privilege';
import { answerError } from './error_response';
import { executeSubAction, executionError } from './execute_sub_action';
import { namespaceOf, type RouteDependencies } from './route_context';
import { registerSettingsPair } from './settings_routes';
import { requireSingleConnector } from './require_single_connector';

/**
 * `GET` and `PUT /api/sentinelone_response/settings`: the protection settings. `POST
 * /internal/sentinelone_response/protection_settings/_preview`: which agents some patterns match now.
 */
export function registerProtectionSettingsRoutes(dependencies: RouteDependencies): void {
  const { router, logger, portsReady } = dependencies;
  registerSettingsPair(dependencies, {
    path: PUBLIC_ROUTE.settings,
    access: 'public',
    version: PUBLIC_API_VERSION,
    codec: protectionSettingsCodec,
    storeIn: ({ protectionSettingsOf }, namespace) => protectionSettingsOf(namespace),
    savedObjectType: PROTECTION_SETTINGS.savedObjectType,
    describe: describeProtectionChange,
  });

  const mayView = requires(API_PRIVILEGE.view);
  router.versioned
    .post({ path: ROUTE.protectionPreview, access: 'internal', ...mayView })
    .addVersion(
      {
        version: INTERNAL_API_VERSION,
        validate: { request: { body: routeValidation(protectionPreviewParamsCodec) } },
      },
      async (context, request, response) => {
        try {
          const { connectorsIn, spaceIdOf } = await portsReady();
          const connector = requireSingleConnector(
            await connectorsIn(namespaceOf(spaceIdOf(request)))
          );
          const actionsClient = await (await context.actions).getActionsClient();
          const execution = await executeSubAction(
            actionsClient,
            connector.id,
            'previewProtection',
            request.body
          );
          if (!execution.ok) throw executionError(execution.message);
          return response.ok({ body: parseOrThrow(protectionPreviewCodec, execution.data) });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );
}
