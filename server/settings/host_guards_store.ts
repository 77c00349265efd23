import type { ISavedObjectsRepository } from '@kbn/core/server';
import { SETTINGS_SAVED_OBJECT_TYPE } from '../../common/constants';
import { DEFAULT_HOST_GUARDS, hostGuardsCodec, type HostGuards } from '../../common/host_guards';
import { parseOrThrow } from '../kibana_validation';
import { statusOf } from '../typed_error';

/** One document per space, beside the one that says how long records are kept. */
const ID = 'host_guards';
const NOT_FOUND = 404;

/** What guards hosts in one space. */
export interface HostGuardsStore {
  /**
   * The defaults where nothing was set. Throws when it cannot be read, or not be understood: then nobody
   * knows which hosts are protected.
   */
  get(): Promise<HostGuards>;
  set(guards: HostGuards): Promise<HostGuards>;
}

/** `namespace` is the space; undefined stands for the default one. Read by id, so at once after a change. */
export function savedObjectHostGuards(
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): HostGuardsStore {
  return {
    async get() {
      let attributes: unknown;
      try {
        ({ attributes } = await repository.get(SETTINGS_SAVED_OBJECT_TYPE, ID, { namespace }));
      } catch (error) {
        if (statusOf(error) === NOT_FOUND) return DEFAULT_HOST_GUARDS;
        throw error;
      }
      return parseOrThrow(hostGuardsCodec, attributes);
    },
    async set(guards) {
      const options = { id: ID, overwrite: true, namespace };
      await repository.create(SETTINGS_SAVED_OBJECT_TYPE, guards, options);
      return guards;
    },
  };
}
