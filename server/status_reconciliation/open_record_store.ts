import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { PROGRESS_FIELDS, RECORDED_OUTCOMES } from '../../common/actions/record';
import { recordPages, savedObjectRecordStore } from '../response_actions/record_store';
import { documentIdOf } from '../response_actions/stored_record';
import { allOf, anyOf, phrase } from '../kibana/saved_object_filter';
import { DEFAULT_SPACE_ID, rememberedSpaces, type KibanaSpaces } from '../kibana/kibana_spaces';
import { CONFLICT, NOT_FOUND, statusOf } from '../lib/typed_error';
import type { LaterRecord, OpenRecord, OpenRecordStore } from './ports';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';

/** A record may have a thousand hosts, which is several hundred kilobytes. */
const PER_PAGE = 50;
/** Agents in one search for later records. */
const AGENTS_PER_SEARCH = 100;

/** Records in which nothing is sent for any host do not affect other records. */
const NOT_REFUSED = RECORDED_OUTCOMES.filter(
  (outcome) => outcome !== 'refused' && outcome !== 'awaiting_approval'
);
const LATER_FIELDS = [
  ...['actionId', 'action', 'sortKey', 'requestedAt', 'actor', 'endsAction.actionId'],
  ...['hosts.agentId', 'hosts.outcome', 'hosts.reason', 'hosts.endedAt'],
];

/** For saved objects the default space is undefined. */
export const namespaceIn = (namespaces: readonly string[] | undefined): string | undefined => {
  const [spaceId] = namespaces ?? [];
  return spaceId === undefined || spaceId === 'default' ? undefined : spaceId;
};

/**
 * Records of all spaces in Kibana's saved objects, for status reconciliation. Open records of
 * spaces that no longer exist are skipped.
 */
export function savedObjectOpenRecordStore(
  repository: ISavedObjectsRepository,
  spaces: KibanaSpaces
): OpenRecordStore {
  async function* inExistingSpaces(
    pages: AsyncIterable<readonly OpenRecord[]>
  ): AsyncGenerator<readonly OpenRecord[]> {
    const { exists } = rememberedSpaces(spaces);
    for await (const page of pages) {
      const kept: OpenRecord[] = [];
      for (const open of page) {
        if (await exists(open.namespace ?? DEFAULT_SPACE_ID)) kept.push(open);
      }
      if (kept.length > 0) yield kept;
    }
  }

  async function* openPages(): AsyncGenerator<readonly OpenRecord[]> {
    const pages = recordPages<OpenRecord['record']>(repository, {
      namespaces: ['*'],
      filter: `${RECORD_ATTRIBUTES}.state: ("sending" or "requested")`,
      fields: PROGRESS_FIELDS,
      sortOrder: 'asc',
      perPage: PER_PAGE,
    });
    for await (const page of pages) {
      yield page.map(({ attributes, version, namespaces }) => ({
        record: attributes,
        version,
        namespace: namespaceIn(namespaces),
      }));
    }
  }

  return {
    open: () => inExistingSpaces(openPages()),
    async laterActionsOn(tenant, agentIds, sortKey) {
      const later: LaterRecord[] = [];
      for (let at = 0; at < agentIds.length; at += AGENTS_PER_SEARCH) {
        const some = agentIds.slice(at, at + AGENTS_PER_SEARCH);
        const asked = new Set<string | null>(some);
        const pages = recordPages<LaterRecord>(repository, {
          namespaces: ['*'],
          filter: allOf([
            `${RECORD_ATTRIBUTES}.tenant: ${phrase(tenant)}`,
            `${RECORD_ATTRIBUTES}.hosts.agentId: ${anyOf(some)}`,
            `${RECORD_ATTRIBUTES}.hosts.outcome: ${anyOf(NOT_REFUSED)}`,
            `${RECORD_ATTRIBUTES}.sortKey > ${sortKey}`,
          ])!,
          fields: LATER_FIELDS,
          sortOrder: 'asc',
          perPage: PER_PAGE,
        });
        for await (const page of pages) {
          for (const { attributes } of page) {
            const hosts = attributes.hosts.filter(({ agentId }) => asked.has(agentId));
            later.push({ ...attributes, hosts });
          }
        }
      }
      return later;
    },
    async update(open, record) {
      try {
        await savedObjectRecordStore(repository, open.namespace).update(open, record);
        return 'written';
      } catch (error) {
        if (statusOf(error) === CONFLICT) return 'conflict';
        throw error;
      }
    },
    async readAgain({ record: { actionId, group }, namespace }) {
      const id = documentIdOf(actionId, group);
      const object = { type: ACTION_SAVED_OBJECT_TYPE, id, fields: [...PROGRESS_FIELDS] };
      const { saved_objects: found } = await repository.bulkGet<OpenRecord['record']>([object], {
        namespace,
      });
      const [read] = found;
      if (read === undefined || read.error?.statusCode === NOT_FOUND) return undefined;
      if (read.error !== undefined) throw new Error(read.error.message);
      return { record: read.attributes, version: read.version, namespace };
    },
  };
}
