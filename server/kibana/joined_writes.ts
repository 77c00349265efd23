import type {
  ISavedObjectsRepository,
  SavedObject,
  SavedObjectsBulkCreateObject,
} from '@kbn/core/server';

/** Joins writes of complete saved objects in one request to Elasticsearch. */

/**
 * - `create`: no object with this id may exist.
 * - `replace`: the object must still have the `version` that is given.
 * - `new`: the id was created for this object, so no other one has it.
 */
export type WriteKind = 'create' | 'replace' | 'new';

export interface WriteOptions {
  readonly kind: WriteKind;
  /** The space; left out for the default space, and for objects that do not belong to a space. */
  readonly namespace?: string;
}

/**
 * Writes objects without a refresh of the index. Resolves to one object each, in their order; an object that was not
 * written has an `error`. Rejects when nothing was written.
 */
export type WriteObjects = <Attributes>(
  objects: ReadonlyArray<SavedObjectsBulkCreateObject<Attributes>>,
  options: WriteOptions
) => Promise<ReadonlyArray<SavedObject<Attributes>>>;

type BulkCreate = Pick<ISavedObjectsRepository, 'bulkCreate'>;

interface Waiting extends WriteOptions {
  readonly objects: ReadonlyArray<SavedObjectsBulkCreateObject<unknown>>;
  readonly resolve: (written: ReadonlyArray<SavedObject<unknown>>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Kibana sends `bulkCreate` as one `bulk` request, without reading anything first, for types that are in one space or in
 * none; with `overwrite`, an object's `version` becomes its `if_seq_no` and `if_primary_term` (8.12.2,
 * `core-saved-objects-api-server-internal/src/lib/apis/bulk_create.js`). `update` and `bulkUpdate` read each object first.
 */
async function send(
  repository: BulkCreate,
  waiting: readonly Waiting[],
  overwrite: boolean
): Promise<void> {
  const namespace = waiting.find((write) => write.namespace !== undefined)?.namespace;
  try {
    const { saved_objects: written } = await repository.bulkCreate(
      waiting.flatMap(({ objects }) => objects),
      { ...(namespace === undefined ? {} : { namespace }), overwrite, refresh: false }
    );
    let at = 0;
    for (const { objects, resolve } of waiting) {
      resolve(written.slice(at, at + objects.length));
      at += objects.length;
    }
  } catch (error) {
    for (const { reject } of waiting) reject(error);
  }
}

/**
 * In Kibana's API, whether objects may exist applies to all objects of a request. So there are at most two requests.
 */
function sendAll(repository: BulkCreate, waiting: readonly Waiting[]): void {
  const mayExist = waiting.some(({ kind }) => kind === 'replace');
  const mustNotExist = waiting.some(({ kind }) => kind === 'create');
  const overwrites = ({ kind }: Waiting): boolean =>
    kind === 'replace' || (kind === 'new' && mayExist && !mustNotExist);
  for (const overwrite of [false, true]) {
    const some = waiting.filter((write) => overwrites(write) === overwrite);
    if (some.length > 0) void send(repository, some, overwrite);
  }
}

function assertVersions(
  objects: ReadonlyArray<SavedObjectsBulkCreateObject<unknown>>,
  kind: WriteKind
): void {
  if (kind === 'replace' && objects.some(({ version }) => version === undefined)) {
    throw new Error('A saved object can be replaced only if its version is known');
  }
}

/** Collects writes until `later` runs its callback, and sends them then. */
function writes(repository: BulkCreate, later: (flush: () => void) => void): WriteObjects {
  let waiting: Waiting[] = [];
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    sendAll(repository, all);
  };
  return async <Attributes>(
    objects: ReadonlyArray<SavedObjectsBulkCreateObject<Attributes>>,
    options: WriteOptions
  ) => {
    assertVersions(objects, options.kind);
    if (objects.length === 0) return [];
    return new Promise<ReadonlyArray<SavedObject<unknown>>>((resolve, reject) => {
      waiting.push({ objects, resolve, reject, ...options });
      if (waiting.length === 1) later(flush);
    }) as Promise<ReadonlyArray<SavedObject<Attributes>>>;
  };
}

/**
 * Writes that begin in the same turn of the event loop are sent together, in one request for objects that must not
 * exist and one for the others. They succeed and fail independently, as separate requests would. For one action in one
 * space.
 */
export const joinedWrites = (repository: BulkCreate): WriteObjects =>
  writes(repository, (flush) => setImmediate(flush));

/** Writes that are sent at once, each in a separate request. */
export const separateWrites = (repository: BulkCreate): WriteObjects =>
  writes(repository, (flush) => flush());
