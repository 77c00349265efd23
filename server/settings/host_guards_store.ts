import type { ISavedObjectsRepository } from '@kbn/core/server';
import { SETTINGS_SAVED_OBJECT_TYPE } from '../../common/constants';
import { DEFAULT_HOST_GUARDS, hostGuardsCodec, type HostGuards } from '../../common/host_guards';
import { decode } from '../../common/validation';
import { parseOrThrow } from '../kibana_validation';
import { statusOf } from '../typed_error';

/** One document per space, beside the one that says how long records are kept. */
const ID = 'host_guards';
const NOT_FOUND = 404;
const CONFLICT = 409;

/** Settings, and which state of the document they are. */
export interface StoredGuards {
  readonly guards: HostGuards;
  /** Opaque; another one after every change. Undefined where nothing was set yet. */
  readonly version: string | undefined;
}

/** What was set, and what it was set in place of: undefined where that cannot be understood. */
export interface GuardsChange extends StoredGuards {
  readonly before: HostGuards | undefined;
}

/** What guards hosts in one space. */
export interface HostGuardsStore {
  /**
   * The defaults where nothing was set. Throws when it cannot be read, or not be understood: then nobody
   * knows which hosts are protected.
   */
  get(): Promise<HostGuards>;
  /** The same, with its version. */
  read(): Promise<StoredGuards>;
  /**
   * Sets them in place of what is there, if `mayReplace` says so of its version; undefined when it does
   * not. What somebody else sets meanwhile is looked at again, not lost.
   */
  set(
    guards: HostGuards,
    mayReplace?: (version: string | undefined) => boolean
  ): Promise<GuardsChange | undefined>;
}

/** `namespace` is the space; undefined stands for the default one. Read by id, so at once after a change. */
export function savedObjectHostGuards(
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): HostGuardsStore {
  /** As it is stored; undefined where nothing was set. */
  const stored = async () => {
    try {
      return await repository.get(SETTINGS_SAVED_OBJECT_TYPE, ID, { namespace });
    } catch (error) {
      if (statusOf(error) === NOT_FOUND) return undefined;
      throw error;
    }
  };

  const read = async (): Promise<StoredGuards> => {
    const found = await stored();
    if (found === undefined) return { guards: DEFAULT_HOST_GUARDS, version: undefined };
    return { guards: parseOrThrow(hostGuardsCodec, found.attributes), version: found.version };
  };

  /** What was stored, whether it can be understood or not: what cannot must be replaceable. */
  const beforeOf = (found: Awaited<ReturnType<typeof stored>>): HostGuards | undefined => {
    if (found === undefined) return DEFAULT_HOST_GUARDS;
    const decoded = decode(hostGuardsCodec, found.attributes);
    return decoded.ok ? decoded.value : undefined;
  };

  return {
    get: async () => (await read()).guards,
    read,
    async set(guards, mayReplace = () => true) {
      for (;;) {
        const found = await stored();
        if (!mayReplace(found?.version)) return undefined;
        const replacing =
          found === undefined ? { overwrite: false } : { overwrite: true, version: found.version };
        const options = { id: ID, namespace, ...replacing };
        try {
          const written = await repository.create(SETTINGS_SAVED_OBJECT_TYPE, guards, options);
          return { guards, version: written.version, before: beforeOf(found) };
        } catch (error) {
          if (statusOf(error) !== CONFLICT) throw error;
        }
      }
    },
  };
}
