import type { InMemoryConnector } from '@kbn/actions-plugin/server';
import type { ISavedObjectsRepository } from '@kbn/core/server';
import { CONNECTOR_TYPE_ID } from '../../common/lib/constants';
import { tenantIn } from '../../common/hosts/tenant';
import { isRecord } from '../../common/lib/is_record';

/** Saved object type of the connectors that users create in Stack Management (Kibana 8.12). */
export const CONNECTOR_SAVED_OBJECT_TYPE = 'action';

/** Kibana's own connector type for SentinelOne, which Elastic Security uses. It is independent of the plugin's type. */
export const BUILT_IN_CONNECTOR_TYPE_ID = '.sentinelone';

const ENOUGH = 100;

interface ConnectorAttributes {
  readonly actionTypeId: string;
  readonly name: string;
  readonly config?: unknown;
}

export interface NamedConnector {
  readonly id: string;
  readonly name: string;
  /** The connector is preconfigured in `kibana.yml` and applies to every space. */
  readonly isPreconfigured: boolean;
  /** Its tenant; undefined if its configuration has no valid URL. */
  readonly tenant: string | undefined;
  /** Whether rules and API keys may perform actions through it. */
  readonly allowsAutomation?: true;
}

const automationIn = (config: unknown): Pick<NamedConnector, 'allowsAutomation'> =>
  isRecord(config) && config.allowAutomation === true ? { allowsAutomation: true } : {};

/**
 * Returns the connectors of a type (default: the plugin's) in a space (undefined: the default space): those that users
 * created in it, and those that `kibana.yml` preconfigures for every space. Read with Kibana's internal user, so that a
 * user's missing privilege does not make several connectors look like one.
 */
export async function connectorsInSpace(
  repository: ISavedObjectsRepository,
  preconfigured: readonly InMemoryConnector[],
  namespace: string | undefined,
  typeId: string = CONNECTOR_TYPE_ID
): Promise<readonly NamedConnector[]> {
  const { saved_objects: created } = await repository.find<ConnectorAttributes>({
    type: CONNECTOR_SAVED_OBJECT_TYPE,
    filter: `${CONNECTOR_SAVED_OBJECT_TYPE}.attributes.actionTypeId: "${typeId}"`,
    namespaces: [namespace ?? 'default'],
    perPage: ENOUGH,
  });
  return [
    ...preconfigured
      .filter(({ actionTypeId }) => actionTypeId === typeId)
      .map(({ id, name, config }) => ({
        ...{ id, name, isPreconfigured: true },
        tenant: tenantIn(config),
        ...automationIn(config),
      })),
    ...created.map(({ id, attributes: { name, config } }) => ({
      ...{ id, name, isPreconfigured: false },
      tenant: tenantIn(config),
      ...automationIn(config),
    })),
  ];
}
