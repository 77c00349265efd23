import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { isExpired } from '../../common/actions/approval';
import type { ActionName } from '../../common/actions/action_name';
import type { HostResult } from '../../common/actions/outcome';
import { SHORT_FIELDS, type ActionRecord } from '../../common/actions/record';
import { allOf, anyOf, phrase } from '../kibana/saved_object_filter';
import { DEFAULT_SPACE_ID, rememberedSpaces, type KibanaSpaces } from '../kibana/kibana_spaces';
import { CONFLICT, statusOf } from '../lib/typed_error';
import { recordPages } from '../response_actions/record_store';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';
import {
  decisionAttributes,
  recordIn,
  type StoredAttributes,
  documentIdOf,
} from '../response_actions/stored_record';
import type { StoredRecord } from '../response_actions/ports';

/** Requests for approval in Kibana's saved objects. They are in the records of their actions. */

/** A request for approval that is open. `requestedAt` is ISO 8601. */
export type OpenRequest = Required<NonNullable<HostResult['requestedBefore']>>;

/** Requests for approval in one space. */
export interface ApprovalStore {
  /** Returns the current record of an action that needs or needed approval; undefined if there is none. */
  find(actionId: string): Promise<StoredRecord | undefined>;
  /**
   * Returns the oldest open request for approval of this action on each of these agents of a tenant, by agent:
   * undecided, and not expired at `now` (ms since the epoch).
   */
  openOn(
    about: {
      readonly tenant: string;
      readonly action: ActionName;
      readonly agentIds: readonly string[];
    },
    now: number
  ): Promise<ReadonlyMap<string, OpenRequest>>;
  /**
   * Writes the end of a request, or the start of its action. Resolves to `conflict` if the record was changed since it
   * was read; then nothing is written.
   */
  decide(
    stored: Pick<StoredRecord, 'version'>,
    record: ActionRecord
  ): Promise<Pick<StoredRecord, 'version'> | 'conflict'>;
}

/** An undecided request of any space. */
export interface AwaitingRequest extends StoredRecord {
  /** The space; undefined means the default space. */
  readonly namespace: string | undefined;
}

export interface AwaitingRequests {
  /** The fields of their records that are needed to close them. */
  awaiting(): AsyncIterable<AwaitingRequest>;
}

/** Records in one search. Requests are small: they have at most a hundred hosts. */
const PER_PAGE = 100;
/** Ids in one search. */
const SEARCHED_AT_ONCE = 100;

/** The requests of one space. `namespace` is the space; undefined means the default space. */
export function savedObjectApprovals(
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): ApprovalStore {
  const read = async (actionId: string, groups: readonly number[]) => {
    const { saved_objects: found } = await repository.bulkGet<StoredAttributes>(
      groups.map((group) => ({
        type: ACTION_SAVED_OBJECT_TYPE,
        id: documentIdOf(actionId, group),
      })),
      { namespace }
    );
    return found.flatMap(({ error, attributes, version }) =>
      error === undefined ? [{ record: recordIn(attributes), version }] : []
    );
  };
  return {
    async find(actionId) {
      const [first] = await read(actionId, [0]);
      if (first?.record.approval !== undefined) return first;
      // The hosts that need approval are in the last group.
      const groups = first?.record.groups ?? 1;
      if (groups === 1) return undefined;
      const [last] = await read(actionId, [groups - 1]);
      return last?.record.approval === undefined ? undefined : last;
    },
    async openOn({ tenant, action, agentIds }, now) {
      const open = new Map<string, OpenRequest>();
      for (let at = 0; at < agentIds.length; at += SEARCHED_AT_ONCE) {
        const some = agentIds.slice(at, at + SEARCHED_AT_ONCE);
        const pages = recordPages<StoredAttributes>(repository, {
          namespaces: [namespace ?? DEFAULT_SPACE_ID],
          filter: allOf([
            `${RECORD_ATTRIBUTES}.state: "awaiting_approval"`,
            `${RECORD_ATTRIBUTES}.tenant: ${phrase(tenant)}`,
            `${RECORD_ATTRIBUTES}.action: ${phrase(action)}`,
            `${RECORD_ATTRIBUTES}.approval.hosts.agentId: ${anyOf(some)}`,
          ])!,
          fields: ['actionId', 'actor', 'approval'],
          sortOrder: 'asc',
          perPage: PER_PAGE,
        });
        for await (const page of pages) {
          for (const { attributes } of page) {
            const { actionId, actor, approval } = attributes;
            if (approval === undefined || isExpired(approval, now)) continue;
            const { requestedAt } = approval;
            for (const { agentId } of approval.hosts) {
              if (!some.includes(agentId) || open.has(agentId)) continue;
              open.set(agentId, { username: actor.username, requestedAt, actionId });
            }
          }
        }
      }
      return open;
    },
    async decide({ version }, record) {
      try {
        const updated = await repository.update(
          ACTION_SAVED_OBJECT_TYPE,
          documentIdOf(record.actionId, record.group),
          decisionAttributes(record),
          // Lists of requests must not show it any more.
          { namespace, version, refresh: true }
        );
        return { version: updated.version };
      } catch (error) {
        if (statusOf(error) === CONFLICT) return 'conflict';
        throw error;
      }
    },
  };
}

/** Reads the undecided requests of all spaces that exist, in pages, oldest first. */
export function savedObjectAwaitingRequests(
  repository: ISavedObjectsRepository,
  spaces: KibanaSpaces
): AwaitingRequests {
  return {
    async *awaiting() {
      const { exists } = rememberedSpaces(spaces);
      const pages = recordPages<StoredAttributes>(repository, {
        namespaces: ['*'],
        filter: `${RECORD_ATTRIBUTES}.state: "awaiting_approval"`,
        fields: [...SHORT_FIELDS, 'hosts', 'approval'],
        sortOrder: 'asc',
        perPage: PER_PAGE,
      });
      for await (const page of pages) {
        for (const { attributes, version, namespaces = [] } of page) {
          const [spaceId = DEFAULT_SPACE_ID] = namespaces;
          if (!(await exists(spaceId))) continue;
          const namespace = spaceId === DEFAULT_SPACE_ID ? undefined : spaceId;
          yield { record: recordIn(attributes), version, namespace };
        }
      }
    },
  };
}
