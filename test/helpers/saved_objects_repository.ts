import type { ISavedObjectsRepository } from '@kbn/core/server';
import {
  ACTION_SAVED_OBJECT_TYPE,
  HOST_LOCK_SAVED_OBJECT_TYPE,
  PROTECTION_SETTINGS_SAVED_OBJECT_TYPE,
  RETENTION_SETTINGS_SAVED_OBJECT_TYPE,
} from '../../common/lib/constants';
import { ElasticsearchRequests } from '../workbench/elasticsearch/requests';
import type { DocumentStore } from '../workbench/saved_objects/document_store';
import { Encryption } from '../workbench/saved_objects/encryption';
import { memoryStore } from '../workbench/saved_objects/memory_store';
import { spaceSavedObjectType } from '../workbench/spaces/space_saved_objects';
import { createSavedObjects } from '../workbench/saved_objects/saved_objects_service';
import {
  actionSavedObjectType,
  hostLockSavedObjectType,
} from '../../server/response_actions/saved_object_types';
import { protectionSettingsSavedObjectType } from '../../server/protection/protection_of_space';
import { retentionSettingsSavedObjectType } from '../../server/retention/retention_settings_store';
import {
  DEFAULT_SPACE_ID,
  SPACE_SAVED_OBJECT_TYPE,
  type KibanaSpaces,
} from '../../server/kibana/kibana_spaces';

/** Kibana's repository with the plugin's types over a store, after Kibana has started with its content. */
export function testSavedObjects(
  store: DocumentStore,
  requests = new ElasticsearchRequests()
): ISavedObjectsRepository {
  const savedObjects = createSavedObjects({
    store,
    encryption: new Encryption('a test'),
    requests,
    knownSpaces: ['default', 'ops'],
    spaceIdOf: () => 'default',
    has: () => true,
  });
  const types = [
    actionSavedObjectType,
    hostLockSavedObjectType,
    protectionSettingsSavedObjectType,
    retentionSettingsSavedObjectType,
  ];
  for (const type of [spaceSavedObjectType, ...types]) savedObjects.registerType(type);
  savedObjects.migrate();
  return savedObjects.start.createInternalRepository([
    ACTION_SAVED_OBJECT_TYPE,
    HOST_LOCK_SAVED_OBJECT_TYPE,
    PROTECTION_SETTINGS_SAVED_OBJECT_TYPE,
    RETENTION_SETTINGS_SAVED_OBJECT_TYPE,
    SPACE_SAVED_OBJECT_TYPE,
  ]);
}

/** The same with an empty store in memory, for tests of code that uses it. */
export const testRepository = (): ISavedObjectsRepository => testSavedObjects(memoryStore());

/** The spaces of a Kibana that has the default one and these. */
export const spacesBeing = (...others: readonly string[]): KibanaSpaces => {
  const ids = [DEFAULT_SPACE_ID, ...others];
  return { exists: async (spaceId) => ids.includes(spaceId), all: async () => ids };
};

/** Waits until a search finds documents that were written without a refresh. */
export const untilSearchable = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 1_050));
