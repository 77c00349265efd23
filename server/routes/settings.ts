import { API_PRIVILEGE } from '../../common/constants';
import { INTERNAL_API_VERSION, ROUTE } from '../../common/routes';
import { settingsCodec } from '../../common/settings';
import { routeValidation } from '../kibana_validation';
import { describeRetentionChange } from '../settings/describe_change';
import { answerError } from './error_answer';
import { namespaceOf, type RouteDependencies } from './route_context';

/** `GET …/settings` for who may view, `PUT …/settings` for who may change how long records are kept. */
export function registerSettingsRoutes({ router, logger, portsReady }: RouteDependencies): void {
  const mayView = { tags: [`access:${API_PRIVILEGE.view}`] };
  router.versioned
    .get({ path: ROUTE.settings, access: 'internal', options: mayView })
    .addVersion(
      { version: INTERNAL_API_VERSION, validate: {} },
      async (_context, request, response) => {
        try {
          const { settingsOf, spaceIdOf } = await portsReady();
          return response.ok({ body: await settingsOf(namespaceOf(spaceIdOf(request))).get() });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );

  const mayChange = { tags: [`access:${API_PRIVILEGE.settings}`] };
  router.versioned.put({ path: ROUTE.settings, access: 'internal', options: mayChange }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { body: routeValidation(settingsCodec) } },
    },
    async (_context, request, response) => {
      try {
        const { settingsOf, settingsJournal, spaceIdOf } = await portsReady();
        const spaceId = spaceIdOf(request);
        const settings = settingsOf(namespaceOf(spaceId));
        const before = await settings.get();
        const after = await settings.set(request.body);
        const what = describeRetentionChange(before, after);
        if (what !== undefined) settingsJournal.changed(request, spaceId, what);
        return response.ok({ body: after });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}
