import type { ISavedObjectsRepository } from '@kbn/core/server';
import { DEFAULT_HOST_GUARDS, hostGuardsCodec, type HostGuards } from '../../common/host_guards';
import { parseOrThrow } from '../kibana_validation';
import { settingsDocument, settingsStore, type SettingsStore } from './settings_document';

/** One document per space, beside the one that says how long records are kept. */
const ID = 'host_guards';

/**
 * What guards hosts in one space. Reading throws when it cannot be read, or not be understood: then nobody
 * knows which hosts are protected.
 */
export type HostGuardsStore = SettingsStore<HostGuards>;

/** `namespace` is the space; undefined stands for the default one. */
export const savedObjectHostGuards = (
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): HostGuardsStore =>
  settingsStore(settingsDocument(repository, namespace, ID), {
    defaults: DEFAULT_HOST_GUARDS,
    parse: (attributes) => parseOrThrow(hostGuardsCodec, attributes),
  });
