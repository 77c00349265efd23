import type { ISavedObjectsRepository } from '@kbn/core/server';
import { NOT_FOUND, statusOf } from '../lib/typed_error';

/**
 * Which spaces exist. Kibana itself checks that only for the pages of its apps: its APIs answer in any space that a
 * URL names (8.12.2). There nobody has set anything, so nothing may act in a space that does not exist.
 */

/** Kibana's saved object type of spaces: hidden, and in no space itself (`spaces-plugin/server/saved_objects`). */
export const SPACE_SAVED_OBJECT_TYPE = 'space';
export const DEFAULT_SPACE_ID = 'default';

/** Spaces per page; Kibana allows a thousand of them unless it is configured otherwise. */
const PER_PAGE = 1_000;

/** Kibana's spaces as Kibana itself reads them: what a caller may see plays no role. */
export interface KibanaSpaces {
  /** Whether the space exists now; read by id, so right after a change too. Throws when it cannot be read. */
  exists(spaceId: string): Promise<boolean>;
  /** The ids of all spaces, the default one first. Throws when they cannot be read. */
  all(): Promise<readonly string[]>;
}

/** Where Kibana runs without spaces there is the default one and no other. */
export const ONLY_DEFAULT_SPACE: KibanaSpaces = {
  exists: async (spaceId) => spaceId === DEFAULT_SPACE_ID,
  all: async () => [DEFAULT_SPACE_ID],
};

/** Spaces in saved objects. `repository` must include `SPACE_SAVED_OBJECT_TYPE`. */
export const savedObjectSpaces = (repository: ISavedObjectsRepository): KibanaSpaces => ({
  async exists(spaceId) {
    // Kibana makes it when it starts, and nobody can delete it.
    if (spaceId === DEFAULT_SPACE_ID) return true;
    try {
      await repository.get(SPACE_SAVED_OBJECT_TYPE, spaceId);
      return true;
    } catch (error) {
      if (statusOf(error) === NOT_FOUND) return false;
      throw error;
    }
  },
  async all() {
    const ids = new Set([DEFAULT_SPACE_ID]);
    const finder = repository.createPointInTimeFinder({
      type: SPACE_SAVED_OBJECT_TYPE,
      perPage: PER_PAGE,
      fields: ['name'],
    });
    try {
      for await (const { saved_objects: found } of finder.find()) {
        for (const { id } of found) ids.add(id);
      }
    } finally {
      await finder.close();
    }
    return [...ids];
  },
});

/** The same, asking only once about each space; for as long as one run of a task. */
export function rememberedSpaces(spaces: KibanaSpaces): Pick<KibanaSpaces, 'exists'> {
  const asked = new Map<string, Promise<boolean>>();
  return {
    exists(spaceId) {
      const answer = asked.get(spaceId) ?? spaces.exists(spaceId);
      asked.set(spaceId, answer);
      return answer;
    },
  };
}
