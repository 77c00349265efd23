import type { ISavedObjectsRepository } from '@kbn/core/server';
import {
  ACTION_SAVED_OBJECT_TYPE,
  CLAIM_SAVED_OBJECT_TYPE,
  SETTINGS_SAVED_OBJECT_TYPE,
} from '../common/constants';
import { Encryption } from '../test/workbench/saved_objects/encryption';
import { memoryStore } from '../test/workbench/saved_objects/memory_store';
import { createSavedObjects } from '../test/workbench/saved_objects/saved_objects_service';
import {
  actionSavedObjectType,
  claimSavedObjectType,
  settingsSavedObjectType,
} from './response_actions/saved_object_types';

/** Kibana's repository over a store in memory, with our types, for tests of what lies over it. */
export function testRepository(): ISavedObjectsRepository {
  const savedObjects = createSavedObjects({
    store: memoryStore(),
    encryption: new Encryption('a test'),
    knownSpaces: ['default', 'ops'],
    spaceIdOf: () => 'default',
    has: () => true,
  });
  for (const type of [actionSavedObjectType, claimSavedObjectType, settingsSavedObjectType]) {
    savedObjects.registerType(type);
  }
  return savedObjects.start.createInternalRepository([
    ACTION_SAVED_OBJECT_TYPE,
    CLAIM_SAVED_OBJECT_TYPE,
    SETTINGS_SAVED_OBJECT_TYPE,
  ]);
}

/** Waits until a search sees what was written without asking for that. */
export const untilSearchable = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 1_050));
