import type { ISavedObjectsRepository } from '@kbn/core/server';
import { SETTINGS_SAVED_OBJECT_TYPE } from '../../common/constants';
import { DEFAULT_SETTINGS, settingsCodec, type Settings } from '../../common/settings';
import { decode } from '../../common/validation';
import { settingsDocument, settingsStore, type SettingsStore } from '../settings/settings_document';

/** One document per space. */
const ID = 'settings';
const SPACES = 1_000;

/** What is stored, or the defaults where it is nothing that can be read. */
const settingsFrom = (attributes: unknown): Settings => {
  const decoded = decode(settingsCodec, attributes);
  return decoded.ok ? decoded.value : DEFAULT_SETTINGS;
};

/** How long records are kept in one space. `namespace` is the space; undefined stands for the default one. */
export const savedObjectSettings = (
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): SettingsStore<Settings> =>
  settingsStore(settingsDocument(repository, namespace, ID), {
    defaults: DEFAULT_SETTINGS,
    parse: settingsFrom,
  });

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
