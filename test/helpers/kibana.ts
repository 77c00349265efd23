import { randomUUID } from 'node:crypto';
import { withHost, withoutFields, type AlertHost } from './alert_host';
import { elasticsearch } from './elasticsearch';

/** What tests in an official Kibana's own pages need in addition to the target: alerts of hosts in every state. */

export const KIBANA_URL = process.env.KIBANA_URL;

/** Defines tests for an official Kibana; without one they count as skipped. */
export function inKibana(title: string, define: () => void): void {
  if (KIBANA_URL !== undefined) {
    describe(title, define);
    return;
  }
  test.skip(`${title}: set KIBANA_URL to an official Kibana with the plugin installed`, () => {});
}

const ALERTS = '.alerts-security.alerts-default';
/** On every alert that a test stores, so that the next run finds what a killed one has left. */
export const TEST_TAG = { 'kibana.alert.workflow_tags': ['sentinelone-response-test'] } as const;

export interface StoredAlert {
  readonly id: string;
  readonly index: string;
}

/** Stores an alert like those of the detection rule, about another host. */
export async function storeAlert(host: AlertHost): Promise<StoredAlert> {
  const found = await elasticsearch('POST', `/${ALERTS}/_search`, {
    size: 1,
    query: { exists: { field: 'observer.serial_number' } },
  });
  const [like] = found.hits.hits;
  if (like === undefined) throw new Error('There is no alert yet: the set-up has not been run');
  const alertId = randomUUID().replace(/-/g, '');
  const bare = withoutFields(like._source, ['kibana.alert.uuid', 'kibana.alert.reason']);
  const now = new Date().toISOString();
  await elasticsearch('PUT', `/${like._index}/_create/${alertId}?refresh=true`, {
    ...withHost(bare, host),
    '@timestamp': now,
    'kibana.alert.uuid': alertId,
    'kibana.alert.reason': `malware event on ${host.name}`,
    'kibana.alert.workflow_status': 'open',
    ...TEST_TAG,
  });
  return { id: alertId, index: like._index };
}

/** Has a stored alert name another host; returns what puts it back. */
export async function renameAlertHost(alertId: string, host: AlertHost) {
  const found = await elasticsearch('POST', `/${ALERTS}/_search`, {
    size: 1,
    query: { ids: { values: [alertId] } },
  });
  const [{ _index: index, _source: source }] = found.hits.hits;
  const put = (document: unknown) =>
    elasticsearch('PUT', `/${index}/_doc/${alertId}?refresh=true`, document);
  await put(withHost(source, host));
  return async () => void (await put(source));
}

/** Deletes the alerts of a run that was killed before it could. */
export async function deleteAlertsOfEarlierRuns(): Promise<void> {
  await elasticsearch('POST', `/${ALERTS}/_delete_by_query?refresh=true&conflicts=proceed`, {
    query: { terms: TEST_TAG },
  });
}

/** Deletes what `storeAlert` stored. */
export async function deleteAlerts(alerts: readonly StoredAlert[]): Promise<void> {
  for (const { id, index } of alerts) {
    await elasticsearch('DELETE', `/${index}/_doc/${id}?refresh=true`);
  }
}
