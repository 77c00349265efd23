import type { SavedObjectsBaseOptions } from '@kbn/core/server';
import { onlyThese } from '../not_in_the_workbench';
import { EncryptionError } from '../saved_objects/encryption';
import { SavedObjectsErrorHelpers } from '../saved_objects/errors';
import type { SavedObjectsService } from '../saved_objects/saved_objects_service';

/** Types that only clients see that named them; of the workbench's encrypted ones that is all. */
const HIDDEN_TYPES = ['action'];

/** The `encryptedSavedObjects` plugin of Kibana 8.12.2: reading secrets as Kibana itself. */
export function createEncryptedSavedObjects(
  savedObjects: Pick<SavedObjectsService, 'getDecrypted'>
) {
  return {
    setup: onlyThese('encryptedSavedObjects (setup)', { canEncrypt: true }),
    start: onlyThese('encryptedSavedObjects (start)', {
      isEncryptionError: (error: Error) => error instanceof EncryptionError,
      getClient: ({
        includedHiddenTypes = [],
      }: { readonly includedHiddenTypes?: readonly string[] } = {}) =>
        onlyThese('encryptedSavedObjectsClient', {
          getDecryptedAsInternalUser: async (
            type: string,
            id: string,
            options: SavedObjectsBaseOptions = {}
          ) => {
            if (HIDDEN_TYPES.includes(type) && !includedHiddenTypes.includes(type)) {
              throw SavedObjectsErrorHelpers.createGenericNotFoundError(type, id);
            }
            return savedObjects.getDecrypted(type, id, options);
          },
        }),
    }),
  };
}
