import type { ISavedObjectsRepository } from '@kbn/core/server';
import {
  DEFAULT_SETTINGS,
  settingsCodec,
  type Settings,
} from '../../common/api/retention_settings';
import { decode } from '../../common/lib/validation';
import {
  settingsDocument,
  settingsStore,
  storedInSpaces,
  type SettingsStore,
} from '../settings/settings_document';
import { DEFAULT_SPACE_ID, type KibanaSpaces } from '../kibana/kibana_spaces';

/** One document per space. */
const ID = 'settings';

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

/** The spaces that exist in which something is set; the others keep records for ever. */
export async function spacesWithSettings(
  repository: ISavedObjectsRepository,
  spaces: Pick<KibanaSpaces, 'all'>
): Promise<ReadonlyArray<{ readonly namespace: string | undefined; readonly settings: Settings }>> {
  const stored = await storedInSpaces(repository, ID, await spaces.all());
  return stored.map(({ spaceId, attributes }) => ({
    namespace: spaceId === DEFAULT_SPACE_ID ? undefined : spaceId,
    settings: settingsFrom(attributes),
  }));
}
