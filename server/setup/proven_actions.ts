import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import type { ActionName } from '../../common/actions/action_name';
import { REQUIRED_ACTIONS } from '../../common/actions/catalogue';
import type { ActionRecord } from '../../common/actions/record';
import type { ProvenActions } from '../../common/api/setup';
import { CONNECTOR_SAVED_OBJECT_TYPE } from '../connector/connectors_in_space';
import { allOf, phrase } from '../kibana/saved_object_filter';
import { NOT_FOUND, statusOf } from '../lib/typed_error';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';

/**
 * When the connector was last changed (ISO 8601); undefined for one that `kibana.yml` preconfigures, which
 * changes only with a restart.
 */
async function changedAt(
  repository: ISavedObjectsRepository,
  connectorId: string,
  namespace: string | undefined
): Promise<string | undefined> {
  try {
    const found = await repository.get(CONNECTOR_SAVED_OBJECT_TYPE, connectorId, { namespace });
    return found.updated_at;
  } catch (error) {
    if (statusOf(error) === NOT_FOUND) return undefined;
    throw error;
  }
}

/**
 * For each action that the set-up requires, when it was last confirmed on a host through this connector (ISO 8601), in whatever space;
 * null when it never was, or not since the connector was changed: its token may be another one. SentinelOne
 * does not say what a token may do to hosts, so a confirmed action is the only proof. Asks SentinelOne
 * nothing. `namespace` is the connector's space; undefined stands for the default one.
 */
export async function provenActions(
  repository: ISavedObjectsRepository,
  connectorId: string,
  namespace: string | undefined
): Promise<ProvenActions> {
  const since = await changedAt(repository, connectorId, namespace);
  const lastConfirmed = async (action: ActionName): Promise<string | null> => {
    const { saved_objects: found } = await repository.find<Pick<ActionRecord, 'endedAt'>>({
      type: ACTION_SAVED_OBJECT_TYPE,
      namespaces: ['*'],
      filter: allOf([
        `${RECORD_ATTRIBUTES}.connectorId: ${phrase(connectorId)}`,
        `${RECORD_ATTRIBUTES}.action: ${phrase(action)}`,
        `${RECORD_ATTRIBUTES}.hosts.outcome: ${phrase('done')}`,
        since === undefined ? undefined : `${RECORD_ATTRIBUTES}.requestedAt >= ${phrase(since)}`,
      ]),
      fields: ['endedAt'],
      sortField: 'sortKey',
      sortOrder: 'desc',
      perPage: 1,
    });
    return found[0]?.attributes.endedAt ?? null;
  };
  const times = await Promise.all(
    REQUIRED_ACTIONS.map(async (action) => [action, await lastConfirmed(action)] as const)
  );
  return Object.fromEntries(times);
}
