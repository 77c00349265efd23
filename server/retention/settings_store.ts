import type { ISavedObjectsRepository } from '@kbn/core/server';
import { SETTINGS_SAVED_OBJECT_TYPE } from '../../common/constants';
import { DEFAULT_SETTINGS, settingsCodec, type Settings } from '../../common/settings';
import { decode } from '../../common/validation';
import { statusOf } from '../typed_error';

/** One document per space. */
const ID = 'settings';
const NOT_FOUND = 404;
const SPACES = 1_000;

/** The settings of one space. */
export interface SettingsStore {
  get(): Promise<Settings>;
  set(settings: Settings): Promise<Settings>;
}

/** What is stored, or the defaults where it is nothing that can be read. */
const settingsFrom = (attributes: unknown): Settings => {
  const decoded = decode(settingsCodec, attributes);
  return decoded.ok ? decoded.value : DEFAULT_SETTINGS;
};

/** `namespace` is the space; undefined stands for the default one. */
export function savedObjectSettings(
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): SettingsStore {
  return {
    async get() {
      try {
        const { attributes } = await repository.get(SETTINGS_SAVED_OBJECT_TYPE, ID, { namespace });
        return settingsFrom(attributes);
      } catch (error) {
        if (statusOf(error) === NOT_FOUND) return DEFAULT_SETTINGS;
        throw error;
      }
    },
    async set(settings) {
      await repository.create(SETTINGS_SAVED_OBJECT_TYPE, settings, {
        id: ID,
        overwrite: true,
        namespace,
      });
      return settings;
    },
  };
}

/** The spaces in which something is set; the others keep records for ever. */
export async function spacesWithSettings(
  repository: ISavedObjectsRepository
): Promise<ReadonlyArray<{ readonly namespace: string | undefined; readonly settings: Settings }>> {
  const { saved_objects: found } = await repository.find({
    type: SETTINGS_SAVED_OBJECT_TYPE,
    namespaces: ['*'],
    perPage: SPACES,
  });
  return found.map(({ attributes, namespaces }) => {
    const [spaceId] = namespaces ?? [];
    const namespace = spaceId === undefined || spaceId === 'default' ? undefined : spaceId;
    return { namespace, settings: settingsFrom(attributes) };
  });
}
