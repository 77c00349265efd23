import type { ISavedObjectsRepository } from '@kbn/core/server';
import { DEFAULT_HOST_GUARDS, hostGuardsCodec, type HostGuards } from '../../common/hosts/protection_settings';
import { parseOrThrow } from '../kibana/validation';
import {
  settingsDocument,
  settingsStore,
  storedInSpaces,
  type SettingsStore,
} from '../settings/settings_document';

/** One document per space, beside the one that says how long records are kept. */
const ID = 'host_guards';

/**
 * What guards hosts in one space. Reading throws when it cannot be read, or not be understood: then nobody
 * knows which hosts are protected.
 */
export type HostGuardsStore = SettingsStore<HostGuards>;

const parseGuards = (attributes: unknown): HostGuards => parseOrThrow(hostGuardsCodec, attributes);

/** `namespace` is the space; undefined stands for the default one. */
export const savedObjectHostGuards = (
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): HostGuardsStore =>
  settingsStore(settingsDocument(repository, namespace, ID), {
    defaults: DEFAULT_HOST_GUARDS,
    parse: parseGuards,
  });

/** The settings that somebody has saved in a space. */
export interface GuardsOfSpace {
  readonly spaceId: string;
  readonly guards: HostGuards;
}

/**
 * The settings that somebody has saved in these spaces, in their order; the others are left out. Throws when
 * those of one cannot be read, or not be understood.
 */
export async function storedHostGuards(
  repository: ISavedObjectsRepository,
  spaceIds: readonly string[]
): Promise<readonly GuardsOfSpace[]> {
  const stored = await storedInSpaces(repository, ID, spaceIds);
  return stored.map(({ spaceId, attributes }) => {
    try {
      return { spaceId, guards: parseGuards(attributes) };
    } catch (error) {
      throw new Error(`The settings of the space ${spaceId} cannot be read: ${String(error)}`);
    }
  });
}
