import type { ISavedObjectsRepository } from '@kbn/core/server';
import {
  DEFAULT_HOST_GUARDS,
  protectionSettingsCodec,
  type ProtectionSettings,
} from '../../common/hosts/protection_settings';
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
export type ProtectionSettingsStore = SettingsStore<ProtectionSettings>;

const parseProtection = (attributes: unknown): ProtectionSettings =>
  parseOrThrow(protectionSettingsCodec, attributes);

/** `namespace` is the space; undefined stands for the default one. */
export const savedObjectProtectionSettings = (
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): ProtectionSettingsStore =>
  settingsStore(settingsDocument(repository, namespace, ID), {
    defaults: DEFAULT_HOST_GUARDS,
    parse: parseProtection,
  });

/** The settings that somebody has saved in a space. */
export interface ProtectionOfSpace {
  readonly spaceId: string;
  readonly guards: ProtectionSettings;
}

/**
 * The settings that somebody has saved in these spaces, in their order; the others are left out. Throws when
 * those of one cannot be read, or not be understood.
 */
export async function storedProtectionSettings(
  repository: ISavedObjectsRepository,
  spaceIds: readonly string[]
): Promise<readonly ProtectionOfSpace[]> {
  const stored = await storedInSpaces(repository, ID, spaceIds);
  return stored.map(({ spaceId, attributes }) => {
    try {
      return { spaceId, guards: parseProtection(attributes) };
    } catch (error) {
      throw new Error(`The settings of the space ${spaceId} cannot be read: ${String(error)}`);
    }
  });
}
