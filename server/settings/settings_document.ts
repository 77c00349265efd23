import type { ISavedObjectsRepository } from '@kbn/core/server';
import { SETTINGS_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { CONFLICT, NOT_FOUND, statusOf } from '../lib/typed_error';

/** One document of settings in one space, which nobody changes unseen. */

/** What is stored, as it is stored, and which state of the document that is. */
export interface Stored {
  readonly attributes: unknown;
  /** Opaque; another one after every change. */
  readonly version?: string;
}

/** Says of a version (undefined: nothing is stored) whether it may be replaced. */
export type MayReplace = (version: string | undefined) => boolean;

/** What was set, and what it was set in place of: undefined where nothing was stored. */
export interface Change {
  readonly version: string | undefined;
  readonly before: Stored | undefined;
}

export interface SettingsDocument {
  /** Undefined where nothing was set. Throws when it cannot be read. */
  read(): Promise<Stored | undefined>;
  /**
   * Sets it in place of what is there, if `mayReplace` says so of its version; undefined when it does not.
   * What somebody else sets meanwhile is looked at again, not lost.
   */
  set(attributes: object, mayReplace?: MayReplace): Promise<Change | undefined>;
}

/** `namespace` is the space; undefined stands for the default one. Read by id, so at once after a change. */
export function settingsDocument(
  repository: ISavedObjectsRepository,
  namespace: string | undefined,
  id: string
): SettingsDocument {
  const read = async (): Promise<Stored | undefined> => {
    try {
      return await repository.get(SETTINGS_SAVED_OBJECT_TYPE, id, { namespace });
    } catch (error) {
      if (statusOf(error) === NOT_FOUND) return undefined;
      throw error;
    }
  };
  return {
    read,
    async set(attributes, mayReplace = () => true) {
      for (;;) {
        const before = await read();
        if (!mayReplace(before?.version)) return undefined;
        const replacing =
          before === undefined
            ? { overwrite: false }
            : { overwrite: true, version: before.version };
        try {
          const { version } = await repository.create(SETTINGS_SAVED_OBJECT_TYPE, attributes, {
            id,
            namespace,
            ...replacing,
          });
          return { version, before };
        } catch (error) {
          if (statusOf(error) !== CONFLICT) throw error;
        }
      }
    },
  };
}

/** Spaces whose documents are read with one request to Elasticsearch. */
const SPACES_PER_REQUEST = 500;

/** What is stored in a space. */
export interface StoredInSpace {
  readonly spaceId: string;
  readonly attributes: unknown;
}

/**
 * The documents with this id in these spaces, in their order, read by id; spaces without one are left out. Throws
 * when one cannot be read.
 */
export async function storedInSpaces(
  repository: ISavedObjectsRepository,
  id: string,
  spaceIds: readonly string[]
): Promise<readonly StoredInSpace[]> {
  const stored: StoredInSpace[] = [];
  for (let at = 0; at < spaceIds.length; at += SPACES_PER_REQUEST) {
    const some = spaceIds.slice(at, at + SPACES_PER_REQUEST);
    const { saved_objects: found } = await repository.bulkGet<unknown>(
      some.map((spaceId) => ({ type: SETTINGS_SAVED_OBJECT_TYPE, id, namespaces: [spaceId] }))
    );
    for (const [n, { attributes, error }] of found.entries()) {
      const spaceId = some[n]!;
      if (error === undefined) stored.push({ spaceId, attributes });
      else if (error.statusCode !== NOT_FOUND) {
        throw new Error(`The settings of the space ${spaceId} cannot be read: ${error.message}`);
      }
    }
  }
  return stored;
}

/** Settings, and which state of their document they are. */
export interface Versioned<Settings> {
  readonly settings: Settings;
  /** Undefined where nothing was set yet. */
  readonly version: string | undefined;
}

/** What was set, and what before it: undefined where that could not be understood. */
export interface SettingsChange<Settings> extends Versioned<Settings> {
  readonly before: Settings | undefined;
}

/** Settings of one space. */
export interface SettingsStore<Settings> {
  /** The defaults where nothing was set. */
  get(): Promise<Settings>;
  read(): Promise<Versioned<Settings>>;
  /** As the document's: undefined when `mayReplace` says no. */
  set(settings: Settings, mayReplace?: MayReplace): Promise<SettingsChange<Settings> | undefined>;
}

/** What reads settings out of a document, and what they are where there is none. */
export interface SettingsForm<Settings> {
  readonly defaults: Settings;
  /** May throw for what it does not understand. */
  parse(attributes: unknown): Settings;
}

/** A store over a document. */
export function settingsStore<Settings extends object>(
  document: SettingsDocument,
  { defaults, parse }: SettingsForm<Settings>
): SettingsStore<Settings> {
  const read = async (): Promise<Versioned<Settings>> => {
    const stored = await document.read();
    if (stored === undefined) return { settings: defaults, version: undefined };
    return { settings: parse(stored.attributes), version: stored.version };
  };
  /** What cannot be understood must be replaceable. */
  const beforeOf = (stored: Stored | undefined): Settings | undefined => {
    if (stored === undefined) return defaults;
    try {
      return parse(stored.attributes);
    } catch {
      return undefined;
    }
  };
  return {
    get: async () => (await read()).settings,
    read,
    async set(settings, mayReplace) {
      const change = await document.set(settings, mayReplace);
      return change && { settings, version: change.version, before: beforeOf(change.before) };
    },
  };
}
