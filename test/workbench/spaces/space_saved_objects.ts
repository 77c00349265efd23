import type { ISavedObjectsRepository, SavedObjectsType } from '@kbn/core/server';

/** Spaces as Kibana 8.12.2 stores them (`spaces-plugin/server/saved_objects`). */

export interface Space {
  readonly id: string;
  readonly name: string;
  readonly disabledFeatures: readonly string[];
}

export const SPACE_TYPE = 'space';

export const spaceSavedObjectType: SavedObjectsType = {
  name: SPACE_TYPE,
  hidden: true,
  namespaceType: 'agnostic',
  mappings: {
    dynamic: false,
    properties: {
      name: { type: 'text', fields: { keyword: { type: 'keyword' } } },
      disabledFeatures: { type: 'keyword' },
    },
  },
};

/** Stores those that are not there yet, as Kibana does with the default space when it starts. */
export async function storeSpaces(
  repository: Pick<ISavedObjectsRepository, 'bulkCreate'>,
  spaces: readonly Space[]
): Promise<void> {
  await repository.bulkCreate(
    spaces.map(({ id, name, disabledFeatures }) => ({
      type: SPACE_TYPE,
      id,
      attributes: { name, disabledFeatures },
    })),
    { overwrite: false }
  );
}
