import type { ElasticsearchClient, ISavedObjectsRepository } from '@kbn/core/server';
import type { IEventLogService } from '@kbn/event-log-plugin/server';
import { ACTION_SAVED_OBJECT_TYPE, PLUGIN_ID } from '../../common/lib/constants';
import { PROGRESS_FIELDS, type ActionRecord } from '../../common/actions/record';
import { EVENT_FIELDS } from '../response_actions/action_events';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';
import { phrase } from '../kibana/saved_object_filter';
import type { CompleteEventLogPorts } from './complete_event_log';
import { namespaceIn } from './open_record_store';

/** Which events Kibana's event log has, and which records should have events there. */

/** The index pattern of the event log in all supported versions, if the plugin does not tell (8.12.2: `es/names.js`). */
const INDEX_PATTERN = '.kibana-event-log-*';

interface FoundIds {
  readonly ids: { readonly buckets: ReadonlyArray<{ readonly key: string }> };
}

/**
 * The event log of Kibana; `service` is undefined if it has none that is known. It is read by Kibana's internal user, as
 * the event log plugin does: its own client requires the request of a user. `event.id` is a keyword there (8.12.2 and
 * 9.2: `generated/mappings.json`).
 */
export const kibanaEventLog = (
  service: IEventLogService | undefined,
  client: Pick<ElasticsearchClient, 'search'>
): Pick<CompleteEventLogPorts, 'isIndexing' | 'findEvents'> => ({
  isIndexing: () => typeof service?.isIndexingEntries === 'function' && service.isIndexingEntries(),
  async findEvents(ids) {
    if (ids.length === 0) return new Set();
    const { _shards: shards, aggregations } = await client.search<unknown, FoundIds>({
      index: service?.getIndexPattern?.() ?? INDEX_PATTERN,
      allow_partial_search_results: false,
      track_total_hits: false,
      size: 0,
      query: {
        bool: {
          filter: [{ term: { 'event.provider': PLUGIN_ID } }, { terms: { 'event.id': [...ids] } }],
        },
      },
      aggs: { ids: { terms: { field: 'event.id', size: ids.length } } },
    });
    // Without an index, Kibana has not set up its event log yet, or could not.
    if (shards.total === 0) throw new Error('The event log has no index');
    if (aggregations === undefined) throw new Error('Elasticsearch did not answer the search');
    return new Set(aggregations.ids.buckets.map(({ key }) => key));
  },
});

/** Records of all spaces by the time of their change. Throws what the search throws. */
export const changedRecordsIn =
  (repository: Pick<ISavedObjectsRepository, 'find'>): CompleteEventLogPorts['changedRecords'] =>
  async ({ from, before }, count) => {
    const updatedAt = `${RECORD_ATTRIBUTES}.updatedAt`;
    const timeOf = (time: number): string => phrase(new Date(time).toISOString());
    const { saved_objects: found } = await repository.find<ActionRecord>({
      type: ACTION_SAVED_OBJECT_TYPE,
      namespaces: ['*'],
      filter: `${updatedAt} >= ${timeOf(from)} and ${updatedAt} < ${timeOf(before)}`,
      fields: [...PROGRESS_FIELDS, ...EVENT_FIELDS],
      sortField: 'updatedAt' satisfies keyof ActionRecord,
      sortOrder: 'asc',
      perPage: count,
    });
    return found.map(({ id, version, attributes, namespaces }) => ({
      key: JSON.stringify([namespaces ?? [], id]),
      version,
      record: attributes,
      namespace: namespaceIn(namespaces),
    }));
  };
