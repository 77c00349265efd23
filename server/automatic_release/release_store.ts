import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import type { ActionRecord } from '../../common/actions/record';
import { allOf, anyOf, phrase } from '../kibana/saved_object_filter';
import { DEFAULT_SPACE_ID, rememberedSpaces, type KibanaSpaces } from '../kibana/kibana_spaces';
import { CONFLICT, NOT_FOUND, statusOf } from '../lib/typed_error';
import { savedObjectRecordStore, recordPages } from '../response_actions/record_store';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';
import { recordIn, documentIdOf } from '../response_actions/stored_record';
import { namespaceIn } from '../status_reconciliation/open_record_store';
import type { AutomaticReleaseStore, PendingRelease } from './ports';
import { changeSameProperty } from '../../common/actions/catalogue';
import { isCoveredByRelease } from '../../common/actions/release_coverage';
import type { OpenRecordStore } from '../status_reconciliation/ports';
import { hadEffect } from './release_hosts';

/**
 * The actions that isolated these agents and whose automatic release is pending, by agent. A later request on the agent
 * that had an effect ends it. This is a search: records of the last second may be missing.
 */
export async function pendingReleasesOn(
  tenant: string,
  agentIds: readonly string[],
  {
    store,
    laterActionsOn,
  }: {
    readonly store: Pick<AutomaticReleaseStore, 'scheduledOn'>;
    readonly laterActionsOn: OpenRecordStore['laterActionsOn'];
  }
): Promise<ReadonlyMap<string, string>> {
  const scheduled = await store.scheduledOn(tenant, agentIds);
  if (scheduled.length === 0) return new Map();
  const later = await laterActionsOn(
    tenant,
    agentIds,
    Math.min(...scheduled.map(({ sortKey }) => sortKey))
  );
  return new Map(
    agentIds.flatMap((agentId): Array<[string, string]> => {
      const own = scheduled.flatMap((record) =>
        record.hosts
          .filter((host) => host.agentId === agentId && isCoveredByRelease(host))
          .map((host) => ({ record, host }))
      );
      const latest = own.at(-1);
      if (latest === undefined) return [];
      const { record, host } = latest;
      const isOver = later.some(
        (one) =>
          one.sortKey > record.sortKey &&
          one.actionId !== record.actionId &&
          changeSameProperty(one.action, record.action) &&
          hadEffect(one, agentId)
      );
      return isOver ? [] : [[agentId, host.replacesReleaseOf ?? record.actionId]];
    })
  );
}

const PER_PAGE = 500;
/** Whole records, of up to 500 hosts each. */
const PER_PAGE_WHOLE = 20;

/** The first record of each action, which holds its automatic release. */
const PENDING = `${RECORD_ATTRIBUTES}.group: 0 and ${RECORD_ATTRIBUTES}.automaticRelease.state: ("scheduled" or "releasing")`;

type PendingFields = Pick<ActionRecord, 'actionId' | 'sortKey' | 'automaticRelease'>;

/** Automatic releases in the records of all spaces. `now` in ms since the epoch. */
export function savedObjectReleaseStore(
  repository: ISavedObjectsRepository,
  spaces: KibanaSpaces
): AutomaticReleaseStore {
  return {
    async pending(until) {
      const { exists } = rememberedSpaces(spaces);
      const found: PendingRelease[] = [];
      const pages = recordPages<PendingFields>(repository, {
        namespaces: ['*'],
        filter: `${PENDING} and ${RECORD_ATTRIBUTES}.automaticRelease.nextCheckAt <= ${phrase(new Date(until).toISOString())}`,
        fields: ['actionId', 'sortKey', 'automaticRelease'],
        sortOrder: 'asc',
        perPage: PER_PAGE,
      });
      for await (const page of pages) {
        for (const { attributes, namespaces } of page) {
          const { actionId, automaticRelease } = attributes;
          const namespace = namespaceIn(namespaces);
          if (!(await exists(namespace ?? DEFAULT_SPACE_ID))) continue;
          const nextCheckAt = Date.parse(automaticRelease?.nextCheckAt ?? '') || 0;
          found.push({ actionId, namespace, nextCheckAt });
        }
      }
      return found.sort((a, b) => a.nextCheckAt - b.nextCheckAt);
    },
    async read(actionId, namespace) {
      const [first] = (
        await repository.bulkGet<ActionRecord>(
          [{ type: ACTION_SAVED_OBJECT_TYPE, id: documentIdOf(actionId, 0) }],
          { namespace }
        )
      ).saved_objects;
      if (first === undefined || first.error?.statusCode === NOT_FOUND) return undefined;
      if (first.error !== undefined) throw new Error(first.error.message);
      const record = recordIn(first.attributes);
      const others =
        record.groups === 1
          ? []
          : (await savedObjectRecordStore(repository, namespace).get(actionId)).slice(1);
      return { groups: [record, ...others], version: first.version, namespace };
    },
    async update(
      { groups: [{ actionId }, ...others], version, namespace },
      change,
      { isShownAtOnce: refresh = false } = {}
    ) {
      try {
        await repository.update(ACTION_SAVED_OBJECT_TYPE, documentIdOf(actionId, 0), change, {
          namespace,
          version,
          refresh,
        });
      } catch (error) {
        if (statusOf(error) === CONFLICT) return 'conflict';
        throw error;
      }
      if (others.length > 0) {
        const {
          releaseTimeChanges: _changes,
          handledHosts: _handled,
          updatedAt: _updatedAt,
          ...copied
        } = change;
        // The copies are for lists only. A copy that could not be written is written with the next change.
        await repository
          .bulkUpdate(
            others.map(({ group }) => ({
              type: ACTION_SAVED_OBJECT_TYPE,
              id: documentIdOf(actionId, group),
              attributes: copied,
            })),
            // Not per object: 8.12.2 then writes an object of one space without its space (`apis/bulk_update.js`).
            { ...(namespace === undefined ? {} : { namespace }), refresh }
          )
          .catch(() => undefined);
      }
      return 'written';
    },
    async scheduledOn(tenant, agentIds) {
      const found: ActionRecord[] = [];
      const asked = new Set<string | null>(agentIds);
      for (let at = 0; at < agentIds.length; at += 100) {
        const some = agentIds.slice(at, at + 100);
        const pages = recordPages<ActionRecord>(repository, {
          namespaces: ['*'],
          filter: allOf([
            `${RECORD_ATTRIBUTES}.tenant: ${phrase(tenant)}`,
            `${RECORD_ATTRIBUTES}.automaticRelease.state: "scheduled"`,
            `${RECORD_ATTRIBUTES}.hosts.agentId: ${anyOf(some)}`,
          ])!,
          fields: ['actionId', 'action', 'sortKey', 'releaseAt', 'automaticRelease', 'hosts'],
          sortOrder: 'asc',
          perPage: PER_PAGE_WHOLE,
        });
        for await (const page of pages) {
          for (const { attributes } of page) {
            const hosts = attributes.hosts.filter(({ agentId }) => asked.has(agentId));
            found.push({ ...attributes, hosts });
          }
        }
      }
      return found;
    },
  };
}
