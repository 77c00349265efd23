/** Kibana 8.12.2; checked against `encrypted-saved-objects-plugin/server/plugin.js`, `encrypted-saved-objects-plugin/server/saved_objects/index.js`. */
declare module '@kbn/encrypted-saved-objects-plugin/server' {
  import type { SavedObject, SavedObjectsBaseOptions } from '@kbn/core/server';

  export interface EncryptedSavedObjectsClient {
    /** As Kibana itself, with no privilege checked: `attributes` come decrypted. */
    getDecryptedAsInternalUser<T = unknown>(
      type: string,
      id: string,
      options?: SavedObjectsBaseOptions
    ): Promise<SavedObject<T>>;
  }

  export interface EncryptedSavedObjectsPluginSetup {
    /** False without `xpack.encryptedSavedObjects.encryptionKey`. */
    readonly canEncrypt: boolean;
  }

  export interface EncryptedSavedObjectsPluginStart {
    isEncryptionError(error: Error): boolean;
    getClient(options?: {
      readonly includedHiddenTypes?: readonly string[];
    }): EncryptedSavedObjectsClient;
  }
}
