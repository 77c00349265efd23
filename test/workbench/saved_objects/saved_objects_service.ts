import type {
  ISavedObjectsRepository,
  KibanaRequest,
  SavedObjectsClientContract,
  SavedObjectsType,
} from '@kbn/core/server';
import { ElasticsearchRequests } from '../elasticsearch/requests';
import { onlyThese } from '../not_in_the_workbench';
import type { DocumentStore } from './document_store';
import type { Encryption } from './encryption';
import { SavedObjectsErrorHelpers } from './errors';
import { SECURITY_EXTENSION_ID } from './extension_ids';
import { isInSpaces, namespaceOf, rawIdOf, spaceIdOf } from './namespaces';
import { migrateStored } from './model_versions';
import { createRepository } from './repository';
import type { RepositoryScope } from './repository_scope';
import { attributesOf, savedObjectOf } from './saved_object';
import { TypeRegistry } from './type_registry';

interface SavedObjectsPorts {
  readonly store: DocumentStore;
  /** Default: requests are not counted. */
  readonly requests?: ElasticsearchRequests;
  readonly encryption: Encryption;
  readonly knownSpaces: readonly string[];
  readonly spaceIdOf: (request: KibanaRequest) => string;
  /** Whether the user who sent the request holds a privilege in a space. */
  readonly has: (request: KibanaRequest, privilege: string, spaceId: string) => boolean;
}

interface ScopedClientOptions {
  readonly includedHiddenTypes?: readonly string[];
  readonly excludedExtensions?: readonly string[];
}

/** Saved objects of one Kibana: types, repositories, and scoped clients. */
export function createSavedObjects(ports: SavedObjectsPorts) {
  const { store, requests = new ElasticsearchRequests(), encryption, knownSpaces } = ports;
  const registry = new TypeRegistry();
  const shared = { store, requests, registry, encryption, knownSpaces };

  const secured = (request: KibanaRequest): Pick<RepositoryScope, 'authorize' | 'isAuthorized'> => {
    const isAuthorized = (action: string, type: string, spaceId: string) =>
      ports.has(request, `saved_object:${type}/${action}`, spaceId);
    return {
      isAuthorized,
      authorize(action, types, spaceIds) {
        const refused = types.filter((type) =>
          spaceIds.some((spaceId) => !isAuthorized(action, type, spaceId))
        );
        if (refused.length === 0) return;
        throw SavedObjectsErrorHelpers.decorateForbiddenError(
          new Error(`Unable to ${action} ${[...refused].sort().join(',')}`)
        );
      },
    };
  };

  const scopedRepository = (
    request: KibanaRequest,
    { includedHiddenTypes = [], excludedExtensions = [] }: ScopedClientOptions = {}
  ): ISavedObjectsRepository =>
    createRepository({
      ...shared,
      allowedTypes: registry.namesFor(includedHiddenTypes),
      spaceId: ports.spaceIdOf(request),
      ...(excludedExtensions.includes(SECURITY_EXTENSION_ID) ? {} : secured(request)),
    });

  return {
    registerType: (type: SavedObjectsType) => registry.register(type),
    /** Once all types are registered, before plugins start. */
    migrate: () => migrateStored(store, registry),
    start: onlyThese('core.savedObjects (start)', {
      getScopedClient: (request: KibanaRequest, options?: ScopedClientOptions) =>
        scopedRepository(request, options) as SavedObjectsClientContract,
      createScopedRepository: (request: KibanaRequest, includedHiddenTypes?: readonly string[]) =>
        scopedRepository(request, { includedHiddenTypes }),
      createInternalRepository: (includedHiddenTypes?: readonly string[]) =>
        createRepository({ ...shared, allowedTypes: registry.namesFor(includedHiddenTypes) }),
    }),
    /** For background services, whose requests are not part of an action. */
    createUncountedRepository: (includedHiddenTypes: readonly string[]) =>
      createRepository({
        ...shared,
        requests: new ElasticsearchRequests(),
        allowedTypes: registry.namesFor(includedHiddenTypes),
      }),
    /** An object with its secret attributes in clear; throws 404, or when they cannot be read. */
    async getDecrypted(
      type: string,
      id: string,
      { namespace }: { readonly namespace?: string } = {}
    ) {
      const own = namespaceOf(namespace);
      // Reads it by `get` (`encrypted_saved_objects/server/saved_objects/index.js`).
      await requests.send('get');
      const document = store.get(rawIdOf(registry, own, type, id));
      if (document === undefined || !isInSpaces(registry, document.source, [spaceIdOf(own)])) {
        throw SavedObjectsErrorHelpers.createGenericNotFoundError(type, id);
      }
      const descriptor = {
        type,
        id,
        ...(registry.isSingleNamespace(type) && own !== undefined ? { namespace: own } : {}),
      };
      const attributes = encryption.decrypt(descriptor, attributesOf(document.source));
      return { ...savedObjectOf(document, registry, encryption), attributes };
    },
    /** Deletes every object that is in this space and in no other. */
    deleteByNamespace(id: string): void {
      for (const document of store.all()) {
        const { source } = document;
        if (registry.isAgnostic(source.type)) continue;
        const spaceIds = source.namespaces ?? [spaceIdOf(source.namespace)];
        if (spaceIds.length === 1 && spaceIds[0] === id) store.delete(document.id, true);
      }
    },
    /** Everything that is stored, in every space, as it lies in the index: secrets are encrypted. */
    dump: () =>
      store.all().map((document) => ({
        ...savedObjectOf(document, registry, encryption),
        attributes: attributesOf(document.source),
      })),
  };
}
export type SavedObjectsService = ReturnType<typeof createSavedObjects>;
