import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElasticsearchClient } from '@kbn/core/server';
import { Indices } from '../../test/workbench/elasticsearch/indices';
import { search, type SearchParameters } from '../../test/workbench/elasticsearch/search_request';
import { createEventLog } from '../../test/workbench/event_log/event_log';
import { hostOf, iso, recordOf, START } from '../../test/helpers/status_reconciliation';
import { testRepository, untilSearchable } from '../../test/helpers/saved_objects_repository';
import { savedObjectRecordStore } from '../response_actions/record_store';
import { EVENT_PROVIDER } from '../response_actions/action_events';
import { changedRecordsIn, kibanaEventLog } from './logged_events';

/** Elasticsearch, as Kibana's internal user reads it, and the event logs of several nodes in it. */
function environment(storeFolder?: string) {
  const indices = new Indices();
  const asked: SearchParameters[] = [];
  const client = {
    search: async (parameters: SearchParameters) => {
      asked.push(parameters);
      return search(indices, undefined as never, undefined, parameters);
    },
  } as unknown as Pick<ElasticsearchClient, 'search'>;
  const node = () => {
    const eventLog = createEventLog({ indices, storeFolder });
    const logger = eventLog.setup.getLogger({ event: { provider: EVENT_PROVIDER } });
    const log = (id: string) => logger.logEvent({ event: { id, action: 'isolate-attempt' } });
    return { ...eventLog, log };
  };
  return { client, asked, node };
}

it('finds the events of all nodes once they are written, by their id', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'event-log-'));
  try {
    const { client, asked, node } = environment(folder);
    const [one, other, killed] = [node(), node(), node()];
    const { isIndexing, findEvents } = kibanaEventLog(one.setup as never, client);
    expect(isIndexing()).toBe(true);
    one.log('a');
    one.log('a');
    other.log('b');
    expect(await findEvents(['a', 'b', 'c'])).toEqual(new Set());
    await sleep(1_100);
    expect(await findEvents(['a', 'b', 'c'])).toEqual(new Set(['a', 'b']));
    // In memory for a second: a node that is killed loses it, one that stops writes it.
    killed.log('c');
    other.log('d');
    other.stop();
    one.stop();
    const { findEvents: find } = kibanaEventLog(node().setup as never, client);
    expect(await find(['c', 'd'])).toEqual(new Set(['d']));
    expect(asked.map(({ index }) => index)).toEqual(asked.map(() => '.kibana-event-log-*'));
    // Of another plugin.
    const foreign = node();
    foreign.setup.getLogger({ event: { provider: 'alerting' } }).logEvent({ event: { id: 'x' } });
    foreign.stop();
    expect(await find(['x'])).toEqual(new Set());
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('sends no search for no ids, and fails if the answer may not be complete', async () => {
  const { client, asked } = environment();
  const { findEvents } = kibanaEventLog(undefined, client);
  expect(await findEvents([])).toEqual(new Set());
  expect(asked).toEqual([]);
  // Kibana has not created its event log.
  await expect(findEvents(['a'])).rejects.toThrow('The event log has no index');
  expect(asked).toMatchObject([{ allow_partial_search_results: false, size: 0 }]);
  const silent = { search: async () => ({ _shards: { total: 1, failed: 0 } }) };
  await expect(kibanaEventLog(undefined, silent as never).findEvents(['a'])).rejects.toThrow(
    'did not answer'
  );
});

it.each([
  ['there is no event log', undefined, false],
  ['it tells nothing about an index', {}, false],
  ['it writes to no index', { isIndexingEntries: () => false }, false],
  ['it writes to an index', { isIndexingEntries: () => true }, true],
])('knows whether %s', (_, service, isIndexing) => {
  const { client } = environment();
  expect(kibanaEventLog(service as never, client).isIndexing()).toBe(isIndexing);
});

it('finds records of all spaces by the time of their change, with what their events need', async () => {
  const repository = testRepository();
  const change = {
    ...{ at: iso(START), username: 'ann', from: iso(START + 1), to: null, comment: 'kept' },
  };
  const record = {
    ...recordOf({ actionId: 'a1', at: 10, hosts: [hostOf('1')] }),
    override: { comment: 'o', hosts: [{ agentId: '1', field: 'name' as const, pattern: 'p' }] },
    releaseTimeChanges: [change],
  };
  await savedObjectRecordStore(repository, undefined).create([
    record,
    recordOf({ actionId: 'a3', at: 30, hosts: [hostOf('3')] }),
    recordOf({ actionId: 'before', at: 9, hosts: [hostOf('4')] }),
    recordOf({ actionId: 'after', at: 40, hosts: [hostOf('5')] }),
  ]);
  await savedObjectRecordStore(repository, 'ops').create([
    recordOf({ actionId: 'a2', at: 20, hosts: [hostOf('2')] }),
  ]);
  await untilSearchable();
  const changed = changedRecordsIn(repository);
  const found = await changed({ from: START + 10, before: START + 40 }, 10);
  expect(found.map((one) => [one.record.actionId, one.namespace])).toEqual([
    ['a1', undefined],
    ['a2', 'ops'],
    ['a3', undefined],
  ]);
  expect(new Set(found.map(({ key }) => key)).size).toBe(3);
  expect(found.every(({ version }) => version !== undefined)).toBe(true);
  const { comment, override, releaseTimeChanges, hosts, actor } = record;
  expect(found[0]!.record).toMatchObject({ comment, override, releaseTimeChanges, hosts, actor });
  expect(await changed({ from: START + 10, before: START + 40 }, 2)).toHaveLength(2);
});
