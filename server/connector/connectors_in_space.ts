import type { InMemoryConnector } from '@kbn/actions-plugin/server';
import type { ISavedObjectsRepository } from '@kbn/core/server';
import { CONNECTOR_TYPE_ID } from '../../common/constants';

/** Saved object type of the connectors that people create in Stack Management (Kibana 8.12). */
export const CONNECTOR_SAVED_OBJECT_TYPE = 'action';

const ENOUGH = 100;

interface ConnectorAttributes {
  readonly actionTypeId: string;
  readonly name: string;
}

export interface NamedConnector {
  readonly id: string;
  readonly name: string;
}

/**
 * The connectors of our type in a space (undefined: the default one): the created ones and, in every
 * space, those that `kibana.yml` preconfigures. Counted by Kibana itself, so that nobody's missing
 * privilege makes several look like one.
 */
export async function connectorsInSpace(
  repository: ISavedObjectsRepository,
  preconfigured: readonly InMemoryConnector[],
  namespace: string | undefined
): Promise<readonly NamedConnector[]> {
  const { saved_objects: created } = await repository.find<ConnectorAttributes>({
    type: CONNECTOR_SAVED_OBJECT_TYPE,
    filter: `${CONNECTOR_SAVED_OBJECT_TYPE}.attributes.actionTypeId: "${CONNECTOR_TYPE_ID}"`,
    namespaces: [namespace ?? 'default'],
    perPage: ENOUGH,
  });
  return [
    ...preconfigured
      .filter(({ actionTypeId }) => actionTypeId === CONNECTOR_TYPE_ID)
      .map(({ id, name }) => ({ id, name })),
    ...created.map(({ id, attributes: { name } }) => ({ id, name })),
  ];
}
