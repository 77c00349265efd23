import type { KibanaRequest } from '@kbn/core/server';
import Boom from '@hapi/boom';
import { pick } from 'lodash';
import type { KibanaRequest as WorkbenchRequest } from '../http/kibana_request';
import type { WorkbenchRouter } from '../http/router';
import type { KibanaVersion } from '../versions/kibana_version';
import { onlyThese } from '../not_in_the_workbench';
import type { FeatureRegistry } from '../features/feature_registry';
import { namespaceOf } from '../saved_objects/namespaces';
import type { SavedObjectsService } from '../saved_objects/saved_objects_service';
import { defineCaseRoutes } from './case_routes';
import type { UnifiedAttachment } from './case_codecs';
import { createCasesClient, type WorkbenchCasesClient } from './cases_client';
import { casesFeature } from './cases_feature';
import { NO_REGISTRIES } from './no_registries';
import {
  CASE_TYPE,
  caseSavedObjectTypes,
  COMMENT_TYPE,
  USER_ACTION_TYPE,
} from './saved_object_types';

interface CasesPorts {
  readonly caseRegistries: KibanaVersion['caseRegistries'];
  readonly features: FeatureRegistry;
  readonly savedObjects: SavedObjectsService;
  readonly router: WorkbenchRouter;
  readonly spaceIdOf: (request: KibanaRequest) => string;
  readonly usernameOf: (request: KibanaRequest) => string | undefined;
  /** Whether the user who sent the request holds a privilege in a space. */
  readonly has: (request: KibanaRequest, privilege: string, spaceId: string) => boolean;
}

/** The members of a type's schema that cases call (`cases/server/client/attachments/validators.ts`). */
interface UnifiedSchema {
  safeParse(
    payload: unknown
  ):
    | { readonly success: true }
    | { readonly success: false; readonly error: { readonly message: string } };
}

/** The cases plugin; its only owner is Elastic Security. */
export function createCases(ports: CasesPorts) {
  const { caseRegistries, features, savedObjects, router, spaceIdOf, usernameOf, has } = ports;
  const attachmentTypes = new Map<string, UnifiedSchema | undefined>();
  features.register(casesFeature);
  for (const type of caseSavedObjectTypes) savedObjects.registerType(type);

  const validateUnified = (attachment: UnifiedAttachment): void => {
    const result = attachmentTypes.get(attachment.type)?.safeParse(attachment);
    if (result?.success === false) throw Boom.badRequest(result.error.message);
  };
  const clientFor = (request: KibanaRequest): WorkbenchCasesClient => {
    const spaceId = spaceIdOf(request);
    return createCasesClient({
      repository: savedObjects.start.createInternalRepository([
        CASE_TYPE,
        COMMENT_TYPE,
        USER_ACTION_TYPE,
      ]),
      namespace: namespaceOf(spaceId),
      request,
      username: usernameOf(request) ?? null,
      may: (owner, operation) => has(request, `cases:${owner}/${operation}`, spaceId),
      isRegistered: (typeId) => attachmentTypes.has(typeId),
      ...(caseRegistries.includes('registerExternalReference') ? {} : { validateUnified }),
    });
  };
  defineCaseRoutes(router, (request: WorkbenchRequest) =>
    clientFor(request as unknown as KibanaRequest)
  );

  const register = (id: string, registry: string, schema?: UnifiedSchema): void => {
    if (attachmentTypes.has(id)) {
      throw new Error(`Item "${id}" is already registered on registry ${registry}`);
    }
    attachmentTypes.set(id, schema);
  };
  const registerExternalReference = ({ id }: { readonly id: string }): void =>
    register(id, 'ExternalReferenceAttachmentTypeRegistry');
  const registerUnified = (type: { readonly id: string; readonly schema: UnifiedSchema }): void =>
    register(type.id, 'UnifiedAttachmentTypeRegistry', type.schema);

  return {
    setup: onlyThese('cases (setup)', {
      // What a version does not have is undefined, as a plugin finds it when it looks for one of several.
      attachmentFramework: onlyThese('cases.attachmentFramework', {
        ...NO_REGISTRIES,
        ...pick({ registerExternalReference, registerUnified }, caseRegistries),
      }),
    }),
    start: onlyThese('cases (start)', {
      getCasesClientWithRequest: async (request: KibanaRequest) => clientFor(request),
    }),
  };
}
