import type { KibanaRequest } from '@kbn/core/server';
import { pick } from 'lodash';
import type { KibanaRequest as WorkbenchRequest } from '../http/kibana_request';
import type { WorkbenchRouter } from '../http/router';
import type { KibanaVersion } from '../versions/kibana_version';
import { onlyThese } from '../not_in_the_workbench';
import type { FeatureRegistry } from '../features/feature_registry';
import { namespaceOf } from '../saved_objects/namespaces';
import type { SavedObjectsService } from '../saved_objects/saved_objects_service';
import { defineCaseRoutes } from './case_routes';
import { createCasesClient, type WorkbenchCasesClient } from './cases_client';
import { casesFeature } from './cases_feature';
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

/** The cases plugin; its only owner is Elastic Security. */
export function createCases(ports: CasesPorts) {
  const { caseRegistries, features, savedObjects, router, spaceIdOf, usernameOf, has } = ports;
  const attachmentTypes = new Set<string>();
  features.register(casesFeature);
  for (const type of caseSavedObjectTypes) savedObjects.registerType(type);

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
    });
  };
  defineCaseRoutes(router, (request: WorkbenchRequest) =>
    clientFor(request as unknown as KibanaRequest)
  );

  const register = (id: string, registry: string): void => {
    if (attachmentTypes.has(id)) {
      throw new Error(`Item "${id}" is already registered on registry ${registry}`);
    }
    attachmentTypes.add(id);
  };
  const registerExternalReference = ({ id }: { readonly id: string }): void =>
    register(id, 'ExternalReferenceAttachmentTypeRegistry');
  const registerUnified = ({ id }: { readonly id: string; readonly schema: object }): void =>
    register(id, 'UnifiedAttachmentTypeRegistry');

  return {
    setup: onlyThese('cases (setup)', {
      // What a version does not have is undefined, as a plugin finds it when it looks for one of several.
      attachmentFramework: pick({ registerExternalReference, registerUnified }, caseRegistries),
    }),
    start: onlyThese('cases (start)', {
      getCasesClientWithRequest: async (request: KibanaRequest) => clientFor(request),
    }),
  };
}
