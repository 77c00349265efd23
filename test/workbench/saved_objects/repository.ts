import { randomUUID } from 'node:crypto';
import type {
  ISavedObjectsRepository,
  SavedObject,
  SavedObjectsBulkCreateObject,
  SavedObjectsBulkGetObject,
  SavedObjectsBulkUpdateObject,
  SavedObjectsCreateOptions,
  SavedObjectsFindOptions,
} from '@kbn/core/server';
import type Boom from '@hapi/boom';
import { onlyThese } from '../not_in_the_workbench';
import type { RawSource, StoredDocument, WriteCondition } from './document_store';
import { assertUnguessableId, type Descriptor } from './encryption';
import { errorContent, SavedObjectsErrorHelpers as Errors } from './errors';
import { findObjects, withFields } from './find';
import { assertAttributes } from './mappings';
import { mergeAttributes } from './merge_attributes';
import { asLatest } from './model_versions';
import {
  ALL_NAMESPACES,
  isInSpaces,
  namespaceOf,
  normalizeNamespace,
  rawIdOf,
  spaceIdOf,
} from './namespaces';
import { pointInTimeFinder } from './point_in_time_finder';
import { PointsInTime } from './points_in_time';
import type { RepositoryScope } from './repository_scope';
import { attributesOf, savedObjectOf } from './saved_object';
import { decodeVersion, encodeVersion } from './version';

type Attributes = Record<string, unknown>;
interface Options {
  readonly namespace?: string;
  readonly refresh?: unknown;
  readonly version?: string;
}

/** Kibana's own default is `wait_for`; the workbench refreshes at once instead of making it wait. */
const refreshes = (refresh: unknown = 'wait_for'): boolean => refresh !== false;

/** Stored as JSON. */
const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** How often an update without a version is retried after a conflict. */
const RETRIES_ON_CONFLICT = 3;

const versionConflict = (reason: string): Boom.Boom =>
  Errors.decorateConflictError(
    new Error(
      `version_conflict_engine_exception\n\tRoot causes:\n\t\tversion_conflict_engine_exception: ${reason}`
    ),
    reason
  );

/**
 * Kibana 8.12.2's saved objects repository (`core-saved-objects-api-server-internal/src/lib/apis`) over a
 * document store: the same checks in the same order, the same errors, the same forms of answers.
 */
export function createRepository(scope: RepositoryScope): ISavedObjectsRepository {
  const { store, requests, registry, encryption, allowedTypes, knownSpaces } = scope;
  const points = new PointsInTime();
  /** Kibana asks Elasticsearch here, and somebody else may write meanwhile. */
  const ask = (name: string): Promise<void> => requests.send(name);
  /** Types in several spaces are read before they are created with an id (`internals/preflight_check_for_create.js`). */
  const isReadBeforeCreated = ({ type, id }: { readonly type: string; readonly id?: string }) =>
    Boolean(id) && allowedTypes.includes(type) && registry.isMultiNamespace(type);

  const currentNamespace = (namespace?: string): string | undefined => {
    if (scope.spaceId === undefined) return normalizeNamespace(namespace);
    if (namespace) {
      throw new Error(
        'Namespace cannot be specified by the caller when the spaces extension is enabled. Spaces currently determines the namespace.'
      );
    }
    return namespaceOf(scope.spaceId);
  };
  const authorize = (action: string, types: readonly string[], namespace?: string) =>
    scope.authorize?.(action, [...new Set(types)], [spaceIdOf(namespace)]);
  const shown = (document: StoredDocument) => savedObjectOf(document, registry, encryption);

  /** As this version of the type has it, wherever in Elasticsearch it stands. */
  const upToDate = (document: StoredDocument): StoredDocument => ({
    ...document,
    source: asLatest(registry, document.id, document.source),
  });

  const validId = (type: string, id: string | undefined, options: SavedObjectsCreateOptions) => {
    if (id === undefined || id === '') return randomUUID();
    if (encryption.isEncrypted(type)) {
      assertUnguessableId(id, options.overwrite === true && options.version !== undefined);
    }
    return id;
  };

  const descriptorOf = (type: string, id: string, namespace?: string): Descriptor => ({
    type,
    id,
    ...(registry.isSingleNamespace(type) && namespace !== undefined ? { namespace } : {}),
  });

  const assertInitialNamespaces = (type: string, initial: readonly string[] | undefined) => {
    if (initial === undefined) return;
    if (registry.isAgnostic(type)) {
      throw Errors.createBadRequestError(
        '"initialNamespaces" cannot be used on space-agnostic types'
      );
    }
    if (initial.length === 0) {
      throw Errors.createBadRequestError(
        '"initialNamespaces" must be a non-empty array of strings'
      );
    }
    if (!registry.isShareable(type) && (initial.length > 1 || initial.includes(ALL_NAMESPACES))) {
      throw Errors.createBadRequestError(
        '"initialNamespaces" can only specify a single space when used with space-isolated types'
      );
    }
  };

  interface NewObject extends SavedObjectsBulkCreateObject {
    readonly overwrite: boolean;
  }

  /** Writes one object; the errors are the caller's to throw or to put into a bulk answer. */
  const createOne = (object: NewObject, namespace: string | undefined, refresh: boolean) => {
    const { type, attributes, references = [], initialNamespaces, overwrite, version } = object;
    const id = object.id!;
    const rawId = rawIdOf(registry, namespace, type, id);
    const existing = store.get(rawId);
    let namespaces: readonly string[] | undefined;
    if (registry.isMultiNamespace(type)) {
      namespaces = initialNamespaces ?? [spaceIdOf(namespace)];
      if (existing !== undefined) {
        const reachable = isInSpaces(registry, existing.source, namespaces);
        if (!overwrite || !reachable) throw Errors.createConflictError(type, id);
        namespaces = initialNamespaces ?? existing.source.namespaces;
      }
    }
    const single = registry.isSingleNamespace(type)
      ? initialNamespaces === undefined
        ? namespace
        : namespaceOf(initialNamespaces[0])
      : undefined;
    const plain = asJson(attributes ?? {}) as Attributes;
    assertAttributes(registry.get(type)!, plain);
    const now = new Date().toISOString();
    const source: RawSource = {
      type,
      [type]: encryption.encrypt(descriptorOf(type, id, namespace), plain),
      ...(single !== undefined && { namespace: single }),
      ...(namespaces !== undefined && { namespaces: [...namespaces] }),
      references: asJson(references),
      managed: false,
      coreMigrationVersion: '8.8.0',
      typeMigrationVersion: registry.typeMigrationVersion(type),
      created_at: now,
      updated_at: now,
    };
    const condition: WriteCondition = overwrite
      ? version === undefined
        ? {}
        : { expect: decodeVersion(version) }
      : { create: true };
    const written = store.put(rawIdOf(registry, single, type, id), source, condition, refresh);
    if (!written.ok) throw versionConflict(written.reason);
    return shown(written.document);
  };

  /** One merged write; `expect` is where the document must stand. */
  const updateOne = (
    found: StoredDocument,
    object: SavedObjectsBulkUpdateObject,
    condition: WriteCondition,
    refresh: boolean,
    namespace: string | undefined
  ) => {
    const { type, id, attributes, references } = object;
    const changes = encryption.encrypt(
      descriptorOf(type, id, namespace),
      asJson(attributes) as Attributes
    );
    const merged = mergeAttributes(attributesOf(found.source), changes);
    assertAttributes(registry.get(type)!, encryption.strip(type, merged));
    const source: RawSource = {
      ...found.source,
      [type]: merged,
      updated_at: new Date().toISOString(),
      ...(references === undefined ? {} : { references: asJson(references) }),
    };
    const written = store.put(found.id, source, condition, refresh);
    if (!written.ok) throw versionConflict(written.reason);
    const { namespaces, updated_at: updatedAt } = shown(written.document);
    return {
      id,
      type,
      updated_at: updatedAt,
      version: encodeVersion(written.document),
      namespaces,
      references,
      attributes: encryption.strip(type, asJson(attributes) as Attributes),
    };
  };

  const findDocument = (type: string, id: string, namespace: string | undefined) => {
    const document = store.get(rawIdOf(registry, namespace, type, id));
    if (document === undefined) return undefined;
    return isInSpaces(registry, document.source, [spaceIdOf(namespace)])
      ? upToDate(document)
      : undefined;
  };

  const get = async (type: string, id: string, options: Options = {}) => {
    const namespace = currentNamespace(options.namespace);
    if (!allowedTypes.includes(type)) throw Errors.createGenericNotFoundError(type, id);
    await ask('get');
    authorize('get', [type], namespace);
    const document = findDocument(type, id, namespace);
    if (document === undefined) throw Errors.createGenericNotFoundError(type, id);
    return shown(document);
  };

  const create = async (
    type: string,
    attributes: unknown,
    options: SavedObjectsCreateOptions = {}
  ) => {
    const namespace = currentNamespace(options.namespace);
    const { overwrite = false, refresh, version, references, initialNamespaces } = options;
    if (!allowedTypes.includes(type)) throw Errors.createUnsupportedTypeError(type);
    const id = validId(type, options.id, options);
    assertInitialNamespaces(type, initialNamespaces);
    if (isReadBeforeCreated({ type, id: options.id })) await ask('mget');
    authorize('create', [type], namespace);
    await ask(overwrite ? 'index' : 'create');
    const object = { type, id, attributes, overwrite, version, references, initialNamespaces };
    return createOne(object, namespace, refreshes(refresh));
  };

  const bulkCreate = async (
    objects: readonly SavedObjectsBulkCreateObject[],
    options: SavedObjectsCreateOptions = {}
  ) => {
    const namespace = currentNamespace(options.namespace);
    const { overwrite = false, refresh } = options;
    authorize(
      'bulk_create',
      objects.map(({ type }) => type),
      namespace
    );
    if (objects.some(isReadBeforeCreated)) await ask('mget');
    const isKnownConflict = (object: SavedObjectsBulkCreateObject): boolean =>
      !overwrite &&
      isReadBeforeCreated(object) &&
      store.get(rawIdOf(registry, namespace, object.type, object.id!)) !== undefined;
    if (!objects.every(isKnownConflict)) await ask('bulk');
    const saved = objects.map((object) => {
      const { type } = object;
      try {
        if (!allowedTypes.includes(type)) throw Errors.createUnsupportedTypeError(type);
        const id = validId(type, object.id, { overwrite, version: object.version });
        assertInitialNamespaces(type, object.initialNamespaces);
        return createOne({ ...object, id, overwrite }, namespace, refreshes(refresh));
      } catch (error) {
        const isConflict = Errors.isConflictError(error);
        const shownError = isConflict
          ? Errors.createConflictError(type, object.id!)
          : (error as Boom.Boom);
        if (!Errors.isSavedObjectsClientError(shownError)) throw error;
        return { id: object.id!, type, error: errorContent(shownError) };
      }
    });
    return { saved_objects: saved };
  };

  const bulkGet = async (objects: readonly SavedObjectsBulkGetObject[], options: Options = {}) => {
    const namespace = currentNamespace(options.namespace);
    authorize(
      'bulk_get',
      objects.map(({ type }) => type),
      namespace
    );
    if (objects.some(({ type }) => allowedTypes.includes(type))) await ask('mget');
    const saved = objects.map(({ type, id, fields, namespaces }) => {
      if (!allowedTypes.includes(type)) {
        return { id, type, error: errorContent(Errors.createUnsupportedTypeError(type)) };
      }
      const spaceIds = namespaces ?? [spaceIdOf(namespace)];
      const document = store.get(rawIdOf(registry, namespaceOf(spaceIds[0]), type, id));
      if (document === undefined || !isInSpaces(registry, document.source, spaceIds)) {
        return { id, type, error: errorContent(Errors.createGenericNotFoundError(type, id)) };
      }
      return shown(fields === undefined ? upToDate(document) : withFields(document, fields));
    });
    return { saved_objects: saved };
  };

  const find = async (options: SavedObjectsFindOptions) => {
    const { type, page = 1, perPage = 20, fields, pit } = options;
    if (!type) {
      throw Errors.createBadRequestError('options.type must be a string or an array of strings');
    }
    if (options.namespaces?.length === 0 && scope.spaceId === undefined) {
      throw Errors.createBadRequestError('options.namespaces cannot be an empty array');
    }
    const nothing = { page, per_page: perPage, total: 0, saved_objects: [] };
    const { isAuthorized, spaceId = 'default' } = scope;
    const spaceIds =
      scope.spaceId !== undefined && options.namespaces?.includes(ALL_NAMESPACES)
        ? knownSpaces
        : (options.namespaces ?? [spaceId]);
    const types = (Array.isArray(type) ? type : [type])
      .filter((name) => allowedTypes.includes(name))
      .filter((name) => isAuthorized?.('find', name, spaceId) ?? true);
    if (types.length === 0 || spaceIds.length === 0) return nothing;
    await ask('search');
    const searched = pit === undefined ? store.searchable() : points.get(pit.id);
    if (searched === undefined) return nothing;
    const candidates = searched.filter(
      ({ source }) => types.includes(source.type) && isInSpaces(registry, source, spaceIds)
    );
    const { total, documents, aggregations } = findObjects(registry, types, candidates, options);
    return {
      ...(aggregations === undefined ? {} : { aggregations }),
      page,
      per_page: perPage,
      total,
      saved_objects: documents.map(({ document, sort }) => ({
        // Kibana brings no part of a document up to date.
        ...shown(fields === undefined ? upToDate(document) : withFields(document, fields)),
        score: 0,
        ...(sort.length > 0 && { sort }),
      })),
      ...(pit === undefined ? {} : { pit_id: pit.id }),
    };
  };

  const update = async (
    type: string,
    id: string,
    attributes: object,
    options: Options & { upsert?: unknown; references?: SavedObject['references'] } = {}
  ) => {
    const namespace = currentNamespace(options.namespace);
    const { version, upsert, references, refresh } = options;
    if (!allowedTypes.includes(type)) throw Errors.createGenericNotFoundError(type, id);
    if (!id) throw Errors.createBadRequestError('id cannot be empty');
    authorize('update', [type], namespace);
    const attempts = version === undefined ? 1 + RETRIES_ON_CONFLICT : 1;
    for (let attempt = 1; ; attempt++) {
      await ask('get');
      const found = findDocument(type, id, namespace);
      try {
        if (found !== undefined || upsert !== undefined) {
          await ask(found === undefined ? 'create' : 'index');
        }
        if (found === undefined) {
          if (upsert === undefined || store.get(rawIdOf(registry, namespace, type, id))) {
            throw Errors.createGenericNotFoundError(type, id);
          }
          const created = createOne(
            { type, id, attributes: upsert, references, overwrite: false },
            namespace,
            refreshes(refresh)
          );
          return {
            ...created,
            references,
            attributes: encryption.strip(type, asJson(upsert) as Attributes),
          };
        }
        const expect = version === undefined ? found : decodeVersion(version);
        const object = { type, id, attributes, references };
        return updateOne(found, object, { expect }, refreshes(refresh), namespace);
      } catch (error) {
        if (!Errors.isConflictError(error) || attempt >= attempts) throw error;
      }
    }
  };

  const bulkUpdate = async (
    objects: readonly SavedObjectsBulkUpdateObject[],
    options: Options = {}
  ) => {
    const namespace = currentNamespace(options.namespace);
    authorize(
      'bulk_update',
      objects.map(({ type }) => type),
      namespace
    );
    const spaceOf = (object: SavedObjectsBulkUpdateObject) =>
      object.namespace === undefined ? namespace : namespaceOf(object.namespace);
    await ask('mget');
    const found = objects.map((object) =>
      allowedTypes.includes(object.type)
        ? findDocument(object.type, object.id, spaceOf(object))
        : undefined
    );
    await ask('bulk');
    const saved = objects.map((object, n) => {
      const { type, id, version } = object;
      const document = found[n];
      try {
        if (document === undefined) throw Errors.createGenericNotFoundError(type, id);
        // Without a version the last one wins, as Kibana sends none to Elasticsearch.
        const condition = version === undefined ? {} : { expect: decodeVersion(version) };
        return updateOne(document, object, condition, refreshes(options.refresh), spaceOf(object));
      } catch (error) {
        const shownError = Errors.isConflictError(error)
          ? Errors.createConflictError(type, id)
          : (error as Boom.Boom);
        if (!Errors.isSavedObjectsClientError(shownError)) throw error;
        return { id, type, error: errorContent(shownError) };
      }
    });
    return { saved_objects: saved };
  };

  /** Deletes one object; the errors are the caller's to throw or to put into a bulk answer. */
  const removeOne = (
    type: string,
    id: string,
    namespace: string | undefined,
    options: Options & { force?: boolean }
  ): void => {
    if (!allowedTypes.includes(type)) throw Errors.createGenericNotFoundError(type, id);
    const document = findDocument(type, id, namespace);
    if (document === undefined) throw Errors.createGenericNotFoundError(type, id);
    const { namespaces = [] } = document.source;
    if (options.force !== true && (namespaces.length > 1 || namespaces.includes(ALL_NAMESPACES))) {
      throw Errors.createBadRequestError(
        'Unable to delete saved object that exists in multiple namespaces, use the `force` option to delete it anyway'
      );
    }
    if (!store.delete(document.id, refreshes(options.refresh))) {
      throw Errors.createGenericNotFoundError(type, id);
    }
  };

  const remove = async (
    type: string,
    id: string,
    options: Options & { force?: boolean } = {}
  ): Promise<object> => {
    const namespace = currentNamespace(options.namespace);
    if (!allowedTypes.includes(type)) throw Errors.createGenericNotFoundError(type, id);
    authorize('delete', [type], namespace);
    if (registry.isMultiNamespace(type)) await ask('get');
    await ask('delete');
    removeOne(type, id, namespace, options);
    // Aliases of the object (`internals/delete_legacy_url_aliases.js`).
    if (registry.isMultiNamespace(type)) await ask('update_by_query');
    return {};
  };

  const bulkDelete = async (
    objects: ReadonlyArray<{ readonly type: string; readonly id: string }>,
    options: Options & { force?: boolean } = {}
  ) => {
    const namespace = currentNamespace(options.namespace);
    const types = objects.map(({ type }) => type);
    authorize('bulk_delete', types, namespace);
    if (types.some((type) => registry.isMultiNamespace(type))) await ask('mget');
    await ask('bulk');
    const statuses = [];
    for (const { type, id } of objects) {
      try {
        removeOne(type, id, namespace, options);
        statuses.push({ type, id, success: true });
      } catch (error) {
        if (!Errors.isSavedObjectsClientError(error)) throw error;
        statuses.push({ type, id, success: false, error: errorContent(error as Boom.Boom) });
      }
    }
    return { statuses };
  };

  const repository = {
    create,
    bulkCreate,
    get,
    bulkGet,
    find,
    update,
    bulkUpdate,
    delete: remove,
    bulkDelete,
    createPointInTimeFinder: (options: SavedObjectsFindOptions) =>
      pointInTimeFinder(options, {
        find,
        async open() {
          await ask('open_point_in_time');
          return points.open(store.searchable());
        },
        async close(id) {
          await ask('close_point_in_time');
          points.close(id);
        },
      }),
    getCurrentNamespace: currentNamespace,
  };
  return onlyThese('saved objects', repository) as unknown as ISavedObjectsRepository;
}
