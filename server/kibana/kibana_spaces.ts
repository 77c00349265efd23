import type { ISavedObjectsRepository } from '@kbn/core/server';
import { NOT_FOUND, statusOf } from '../lib/typed_error';

/**
 * Checks which spaces exist. Kibana checks that only for the pages of its apps; its APIs accept any space in a URL
 * (8.12.2). A space that does not exist has no settings, so no action is allowed in it.
 */

/** Kibana's saved object type of spaces: hidden, and space-agnostic (`spaces-plugin/server/saved_objects`). */
export const SPACE_SAVED_OBJECT_TYPE = 'space';
export const DEFAULT_SPACE_ID = 'default';

/** Kibana's default limit of spaces (`xpack.spaces.maxSpaces`), and spaces per page where there are more. */
const PER_PAGE = 1_000;

/** All of Kibana's spaces, regardless of the privileges of a user. */
export interface KibanaSpaces {
  /** Whether the space exists; read by id, so changes are visible at once. Throws when it cannot be read. */
  exists(spaceId: string): Promise<boolean>;
  /** The ids of all spaces, the default one first. Throws when they cannot be read. */
  all(): Promise<readonly string[]>;
}

/** Kibana without the spaces plugin has the default space only. */
export const ONLY_DEFAULT_SPACE: KibanaSpaces = {
  exists: async (spaceId) => spaceId === DEFAULT_SPACE_ID,
  all: async () => [DEFAULT_SPACE_ID],
};

/** Spaces in saved objects. `repository` must include `SPACE_SAVED_OBJECT_TYPE`. */
export const savedObjectSpaces = (repository: ISavedObjectsRepository): KibanaSpaces => ({
  async exists(spaceId) {
    // Kibana creates it at start, and it cannot be deleted.
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
    const query = { type: SPACE_SAVED_OBJECT_TYPE, perPage: PER_PAGE, fields: ['name'] };
    // One request, where a finder sends three.
    const first = await repository.find(query);
    if (first.saved_objects.length < PER_PAGE) {
      for (const { id } of first.saved_objects) ids.add(id);
      return [...ids];
    }
    const finder = repository.createPointInTimeFinder(query);
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

/** The same with each space read once; for one run of a task. */
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
