import { i18n } from '@kbn/i18n';
import { API_PRIVILEGE } from '../../common/constants';
import {
  guardPreviewCodec,
  guardPreviewParamsCodec,
  hostGuardsCodec,
} from '../../common/host_guards';
import { PUBLIC_API_VERSION, PUBLIC_ROUTE } from '../../common/public_api';
import { INTERNAL_API_VERSION, ROUTE } from '../../common/routes';
import { parseOrThrow, routeValidation } from '../kibana_validation';
import { describeGuardsChange } from '../settings/describe_change';
import { answerError } from './error_answer';
import { etagOf, isMeant } from './etag';
import { executeSubAction, executionError } from './execute_sub_action';
import { namespaceOf, type RouteDependencies } from './route_context';
import { theConnector } from './the_connector';

const PRECONDITION_FAILED = 412;
const outdated = (): string =>
  i18n.translate('sentineloneResponse.routes.settingsOutdated', {
    defaultMessage:
      'Somebody has changed these settings since they were read, and nothing was saved. Read them again and make your change to what they are now.',
  });

/**
 * `GET /api/sentinelone_response/settings` for who may view, `PUT` of it for who may change settings, and
 * `POST …/settings/_preview`: which agents some patterns match now. The answers' `ETag` given back as
 * `If-Match` keeps a `PUT` from undoing what somebody else has set meanwhile.
 */
export function registerHostGuardsRoutes({ router, logger, portsReady }: RouteDependencies): void {
  const mayView = { tags: [`access:${API_PRIVILEGE.view}`] };
  const mayChange = { tags: [`access:${API_PRIVILEGE.settings}`] };
  const path = PUBLIC_ROUTE.settings;
  const apiVersion = PUBLIC_API_VERSION;

  router.versioned
    .get({ path, access: 'public', options: mayView })
    .addVersion({ version: apiVersion, validate: {} }, async (_context, request, response) => {
      try {
        const { guardsOf, spaceIdOf } = await portsReady();
        const { guards, version } = await guardsOf(namespaceOf(spaceIdOf(request))).read();
        return response.ok({ body: guards, headers: { etag: etagOf(version) } });
      } catch (error) {
        return answerError(error, response, logger);
      }
    });

  router.versioned.put({ path, access: 'public', options: mayChange }).addVersion(
    {
      version: apiVersion,
      validate: { request: { body: routeValidation(hostGuardsCodec) } },
    },
    async (_context, request, response) => {
      try {
        const { guardsOf, settingsJournal, spaceIdOf } = await portsReady();
        const spaceId = spaceIdOf(request);
        const change = await guardsOf(namespaceOf(spaceId)).set(request.body, (current) =>
          isMeant(request.headers['if-match'], current)
        );
        if (change === undefined) {
          return response.customError({
            statusCode: PRECONDITION_FAILED,
            body: { message: outdated() },
          });
        }
        const { guards, before, version } = change;
        const what = describeGuardsChange(before, guards);
        if (what !== undefined) settingsJournal.changed(request, spaceId, what);
        return response.ok({ body: guards, headers: { etag: etagOf(version) } });
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
