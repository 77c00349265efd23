/** What a scoped client can leave out (`core-saved-objects-server`, 8.12.2). */
export const ENCRYPTION_EXTENSION_ID = 'encryptedSavedObjects';
export const SECURITY_EXTENSION_ID = 'security';
export const SPACES_EXTENSION_ID = 'spaces';
