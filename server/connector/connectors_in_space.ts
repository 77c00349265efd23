import type { InMemoryConnector } from '@kbn/actions-plugin/server';
import type { ISavedObjectsRepository } from '@kbn/core/server';
import { CONNECTOR_TYPE_ID } from '../../common/lib/constants';
import { tenantIn } from '../../common/hosts/tenant';
import { isRecord } from '../../common/lib/is_record';

/** Saved object type of the connectors that people create in Stack Management (Kibana 8.12). */
export const CONNECTOR_SAVED_OBJECT_TYPE = 'action';

/** Kibana's own type for SentinelOne, which Elastic Security uses; it has nothing to do with ours. */
export const KIBANAS_CONNECTOR_TYPE_ID = '.sentinelone';

const ENOUGH = 100;

interface ConnectorAttributes {
  readonly actionTypeId: string;
  readonly name: string;
  readonly config?: unknown;
}

export interface NamedConnector {
  readonly id: string;
  readonly name: string;
  /** It comes from `kibana.yml`, and serves every space. */
  readonly isPreconfigured: boolean;
  /** The tenant that it leads to; undefined where its configuration holds no URL. */
  readonly tenant: string | undefined;
  /** Whether rules and API keys may act through it. */
  readonly allowsAutomation?: true;
}

const automationIn = (config: unknown): Pick<NamedConnector, 'allowsAutomation'> =>
  isRecord(config) && config.allowAutomation === true ? { allowsAutomation: true } : {};

/**
 * The connectors of a type (default: ours) in a space (undefined: the default one): the created ones and, in every
 * space, those that `kibana.yml` preconfigures. Read with Kibana's own privileges, so that a user's missing privilege
 * does not make several connectors look like one.
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
