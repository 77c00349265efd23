import { i18n } from '@kbn/i18n';
import type * as t from 'io-ts';
import { API_PRIVILEGE, INTERNAL_API_VERSION } from '../../common/lib/constants';
import { requires, namespaceOf, type RouteDependencies, type RoutePorts } from './route_context';
import { routeValidation } from '../kibana/validation';
import type { ChangeDescription, SettingsStore } from '../settings/settings_store';
import { answerError } from './error_response';
import type { KibanaRequest } from '@kbn/core/server';
import { ROUTE } from '../../common/api/routes';
import { retentionSettingsCodec } from '../../common/api/retention_settings';
import { describeRetentionChange, RETENTION_SETTINGS } from '../retention/retention_settings_store';
import {
  protectionPreviewCodec,
  protectionPreviewParamsCodec,
  protectionSettingsCodec,
} from '../../common/hosts/protection_settings';
import { PUBLIC_API_VERSION, PUBLIC_ROUTE } from '../../common/api/public_api';
import { describeProtectionChange } from '../protection/describe_protection_change';
import { PROTECTION_SETTINGS } from '../protection/protection_of_space';
import { executeRead, requireSingleConnector } from './execute_sub_action';

/** Versions of saved objects as entity tags of HTTP (RFC 9110, 8.8.3 and 13.1.1). */

/**
 * `GET` and `PUT /api/sentinelone_response/settings`: the protection settings. `POST
 * /internal/sentinelone_response/protection_settings/_preview`: the agents that some patterns match now.
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
          const body = await executeRead(
            actionsClient,
            connector.id,
            'previewProtection',
            request.body,
            protectionPreviewCodec
          );
          return response.ok({ body });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );
}

/** `GET` and `PUT /internal/sentinelone_response/retention_settings`: how long records are kept. */
export const registerRetentionSettingsRoutes = (dependencies: RouteDependencies): void =>
  registerSettingsPair(dependencies, {
    path: ROUTE.retentionSettings,
    access: 'internal',
    version: INTERNAL_API_VERSION,
    codec: retentionSettingsCodec,
    storeIn: ({ retentionSettingsOf }, namespace) => retentionSettingsOf(namespace),
    savedObjectType: RETENTION_SETTINGS.savedObjectType,
    describe: describeRetentionChange,
  });

/** The version if nothing is stored. Kibana's versions never have this form. */
const NOTHING = 'nothing';

/**
 * The `etag` header of a version, for Kibana to put quotes around
 * (`core-http-router-server-internal/src/response_adapter.js`); undefined means that nothing is stored.
 */
export const etagOf = (version: string | undefined): string => version ?? NOTHING;

/** A returned tag: it may be weak because of a proxy, and may have the compression of the response as a suffix. */
const TAG = /^(?:W\/)?"([^"]*?)(?:-(?:gzip|deflate|br))?"$/;

/** Whether the `If-Match` of a request matches that version. A request without it matches any. */
export function matchesVersion(
  ifMatch: KibanaRequest['headers'][string],
  version: string | undefined
): boolean {
  if (ifMatch === undefined) return true;
  const tags = [ifMatch].flat().flatMap((one) => one.split(','));
  return tags.some((tag) => {
    if (tag.trim() === '*') return version !== undefined;
    return TAG.exec(tag.trim())?.[1] === etagOf(version);
  });
}

const PRECONDITION_FAILED = 412;
const outdated = (): string =>
  i18n.translate('sentineloneResponse.routes.settingsOutdated', {
    defaultMessage:
      'The settings were changed since they were read. Nothing was saved. Read them again, and apply your change to the current settings.',
  });

export interface SettingsPair<Settings> {
  readonly path: string;
  readonly access: 'public' | 'internal';
  readonly version: string;
  readonly codec: t.Type<Settings, unknown>;
  readonly savedObjectType: string;
  storeIn(ports: RoutePorts, namespace: string | undefined): SettingsStore<Settings>;
  /** Returns the changes; none if nothing differs. `before` is undefined if it could not be read. */
  describe(before: Settings | undefined, after: Settings): readonly ChangeDescription[];
}

/**
 * Registers `GET` for users who may view settings, and `PUT` for users who may change them; changes are audited. With
 * the `ETag` of a response as `If-Match`, a `PUT` does not overwrite changes that were made meanwhile.
 */
function registerSettingsPair<Settings>(
  { router, logger, portsReady }: RouteDependencies,
  {
    path,
    access,
    version: apiVersion,
    codec,
    savedObjectType,
    storeIn,
    describe,
  }: SettingsPair<Settings>
): void {
  const mayView = requires(API_PRIVILEGE.view);
  router.versioned
    .get({ path, access, ...mayView })
    .addVersion({ version: apiVersion, validate: {} }, async (_context, request, response) => {
      try {
        const ports = await portsReady();
        const store = storeIn(ports, namespaceOf(ports.spaceIdOf(request)));
        const { settings, version } = await store.read();
        return response.ok({ body: settings, headers: { etag: etagOf(version) } });
      } catch (error) {
        return answerError(error, response, logger);
      }
    });

  const mayChange = requires(API_PRIVILEGE.settings);
  router.versioned
    .put({ path, access, ...mayChange })
    .addVersion(
      { version: apiVersion, validate: { request: { body: routeValidation(codec) } } },
      async (_context, request, response) => {
        try {
          const ports = await portsReady();
          const spaceId = ports.spaceIdOf(request);
          const store = storeIn(ports, namespaceOf(spaceId));
          const ifMatch = request.headers['if-match'];
          const change = await store.set(request.body, (current) =>
            matchesVersion(ifMatch, current)
          );
          if (change === undefined) {
            const body = { message: outdated() };
            return response.customError({ statusCode: PRECONDITION_FAILED, body });
          }
          for (const one of describe(change.before, change.settings)) {
            ports.settingsAuditLog.changed(request, { savedObjectType, spaceId }, one);
          }
          const headers = { etag: etagOf(change.version) };
          return response.ok({ body: change.settings, headers });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );
}
