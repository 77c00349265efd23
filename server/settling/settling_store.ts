import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/constants';
import type { ActionRecord } from '../../common/record';
import { documentIdOf, savedObjectRecordStore } from '../response_actions/record_store';
import { allOf, anyOf } from '../saved_object_filter';
import { DEFAULT_SPACE_ID, rememberedSpaces, type KibanaSpaces } from '../spaces/kibana_spaces';
import { statusOf } from '../typed_error';
import type { OpenRecord, SettlingStore } from './ports';

const PER_PAGE = 500;
/** Agents in one search for later records. */
const AGENTS_PER_SEARCH = 100;
const CONFLICT = 409;
const NOT_FOUND = 404;

const FIELD = `${ACTION_SAVED_OBJECT_TYPE}.attributes`;

/** Saved objects know the default space as no namespace. */
const namespaceIn = (namespaces: readonly string[] | undefined): string | undefined => {
  const [spaceId] = namespaces ?? [];
  return spaceId === undefined || spaceId === 'default' ? undefined : spaceId;
};

/**
 * Records of all spaces in Kibana's saved objects, as settling needs them. Open records of spaces that do not
 * exist (left behind when a space was deleted) are nobody's to act on.
 */
export function savedObjectSettlingStore(
  repository: ISavedObjectsRepository,
  spaces: KibanaSpaces
): SettlingStore {
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

  async function* pagesOf(filter: string): AsyncGenerator<readonly OpenRecord[]> {
    let searchAfter: unknown[] | undefined;
    for (;;) {
      const { saved_objects: found } = await repository.find<ActionRecord>({
        type: ACTION_SAVED_OBJECT_TYPE,
        namespaces: ['*'],
        filter,
        sortField: 'order',
        sortOrder: 'asc',
        perPage: PER_PAGE,
        ...(searchAfter === undefined ? {} : { searchAfter }),
      });
      if (found.length === 0) return;
      yield found.map(({ attributes, version, namespaces }) => ({
        record: attributes,
        version,
        namespace: namespaceIn(namespaces),
      }));
      if (found.length < PER_PAGE) return;
      searchAfter = found[found.length - 1]?.sort;
    }
  }

  return {
    open: () => inExistingSpaces(pagesOf(`${FIELD}.state: ("sending" or "requested")`)),
    async laterOn(agentIds, order) {
      const later: ActionRecord[] = [];
      for (let at = 0; at < agentIds.length; at += AGENTS_PER_SEARCH) {
        const some = agentIds.slice(at, at + AGENTS_PER_SEARCH);
        const filter = allOf([
          `${FIELD}.hosts.agentId: ${anyOf(some)}`,
          `${FIELD}.order > ${order}`,
        ]);
        for await (const page of pagesOf(filter!)) later.push(...page.map(({ record }) => record));
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
      try {
        const { attributes, version } = await repository.get<ActionRecord>(
          ACTION_SAVED_OBJECT_TYPE,
          documentIdOf(actionId, group),
          { namespace }
        );
        return { record: attributes, version, namespace };
      } catch (error) {
        if (statusOf(error) === NOT_FOUND) return undefined;
        throw error;
      }
    },
  };
}
