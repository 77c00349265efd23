import type { ISavedObjectsRepository, KibanaRequest, SavedObject } from '@kbn/core/server';
import { onlyThese } from '../not_in_the_workbench';
import { DEFAULT_SPACE_ID } from '../http/base_path';
import { SPACE_TYPE, type Space } from './space_saved_objects';
import { namespaceOf, spaceIdOf as toSpaceId } from '../saved_objects/namespaces';

/** The spaces that there are from the beginning: the default one, and one besides. */
export const SPACES: readonly Space[] = [
  { id: DEFAULT_SPACE_ID, name: 'Default', disabledFeatures: [] },
  { id: 'ops', name: 'Operations', disabledFeatures: [] },
];

/** The spaces plugin. `repository` is Kibana's own, of spaces. */
export function createSpaces(
  spaceIdOf: (request: KibanaRequest) => string,
  repository: () => ISavedObjectsRepository
) {
  const spaceFrom = ({ id, attributes }: SavedObject<Omit<Space, 'id'>>): Space => ({
    id,
    ...attributes,
  });
  const get = async (id: string): Promise<Space> =>
    spaceFrom(await repository().get<Omit<Space, 'id'>>(SPACE_TYPE, id));
  const getAll = async (): Promise<readonly Space[]> => {
    const options = { type: SPACE_TYPE, perPage: 1_000, sortField: 'name.keyword' };
    const { saved_objects: found } = await repository().find<Omit<Space, 'id'>>(options);
    return found.map(spaceFrom);
  };
  const shared = {
    getSpaceId: spaceIdOf,
    spaceIdToNamespace: namespaceOf,
    namespaceToSpaceId: toSpaceId,
  };
  const spacesService = onlyThese('spaces.spacesService', {
    ...shared,
    isInDefaultSpace: (request: KibanaRequest) => spaceIdOf(request) === DEFAULT_SPACE_ID,
    getActiveSpace: (request: KibanaRequest) => get(spaceIdOf(request)),
    createSpacesClient: () => onlyThese('spacesClient', { get, getAll }),
  });
  return {
    setup: onlyThese('spaces (setup)', {
      spacesService: onlyThese('spaces.spacesService (setup)', shared),
    }),
    start: onlyThese('spaces (start)', { spacesService }),
  };
}
