/** What `@kbn/core/server` holds at run time, as far as the plugin uses it (Kibana 8.12.2). */
import { randomUUID } from 'node:crypto';
import { namespaceOf, spaceIdOf } from '../../saved_objects/namespaces';

export { SavedObjectsErrorHelpers } from '../../saved_objects/errors';
export { responseFactory as kibanaResponseFactory } from '../../http/kibana_response';
export { DEFAULT_APP_CATEGORIES } from '../../features/app_categories';
export {
  ENCRYPTION_EXTENSION_ID,
  SECURITY_EXTENSION_ID,
  SPACES_EXTENSION_ID,
} from '../../saved_objects/extension_ids';
export { ServiceStatusLevels } from '../../core/service_status';

export const SavedObjectsUtils = {
  namespaceIdToString: spaceIdOf,
  namespaceStringToId: namespaceOf,
  generateId: randomUUID,
};
