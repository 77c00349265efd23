import Boom from '@hapi/boom';
import type { KibanaRequest } from '@kbn/core/server';
import { onlyThese } from '../not_in_the_workbench';
import { DEFAULT_SPACE_ID } from '../http/base_path';
import { namespaceOf, spaceIdOf as toSpaceId } from '../saved_objects/namespaces';

export interface Space {
  readonly id: string;
  readonly name: string;
  readonly disabledFeatures: readonly string[];
}

/** The default space, and one besides. */
export const SPACES: readonly Space[] = [
  { id: DEFAULT_SPACE_ID, name: 'Default', disabledFeatures: [] },
  { id: 'ops', name: 'Operations', disabledFeatures: [] },
];

/** The spaces plugin. */
export function createSpaces(spaceIdOf: (request: KibanaRequest) => string) {
  const get = async (id: string): Promise<Space> => {
    const space = SPACES.find((one) => one.id === id);
    if (space === undefined) throw Boom.notFound(`Saved object [space/${id}] not found`);
    return space;
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
    createSpacesClient: () => onlyThese('spacesClient', { get, getAll: async () => [...SPACES] }),
  });
  return {
    setup: onlyThese('spaces (setup)', {
      spacesService: onlyThese('spaces.spacesService (setup)', shared),
    }),
    start: onlyThese('spaces (start)', { spacesService }),
  };
}
