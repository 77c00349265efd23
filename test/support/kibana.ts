import { randomUUID } from 'node:crypto';
import { elasticsearch } from './elasticsearch';

/** What tests in an official Kibana's own pages need beside the target: alerts of hosts in every state. */

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

const withoutField = (source: Record<string, unknown>, field: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(source).filter(([key]) => key !== field && !key.startsWith(`${field}.`))
  );

/** The host that an alert is to speak of. */
export interface AlertHost {
  readonly name: string;
  readonly uuid?: string | null;
  readonly id?: string;
}

export interface StoredAlert {
  readonly id: string;
  readonly index: string;
}

/** Stores an alert like those of the detection rule, about another host. */
export async function storeAlert({ name, uuid, id }: AlertHost): Promise<StoredAlert> {
  const found = await elasticsearch('POST', `/${ALERTS}/_search`, {
    size: 1,
    query: { exists: { field: 'observer.serial_number' } },
  });
  const [like] = found.hits.hits;
  if (like === undefined) throw new Error('There is no alert yet: the set-up has not been run');
  const alertId = randomUUID().replace(/-/g, '');
  const bare = [
    'observer',
    'host',
    'sentinel_one',
    'kibana.alert.uuid',
    'kibana.alert.reason',
  ].reduce(withoutField, like._source as Record<string, unknown>);
  const now = new Date().toISOString();
  await elasticsearch('PUT', `/${like._index}/_create/${alertId}?refresh=true`, {
    ...bare,
    '@timestamp': now,
    'kibana.alert.uuid': alertId,
    'kibana.alert.reason': `malware event on ${name}`,
    'kibana.alert.workflow_status': 'open',
    host: { name, ...(id === undefined ? {} : { id }) },
    ...(uuid == null ? {} : { observer: { serial_number: uuid } }),
  });
  return { id: alertId, index: like._index };
}

/** Deletes what `storeAlert` stored. */
export async function deleteAlerts(alerts: readonly StoredAlert[]): Promise<void> {
  for (const { id, index } of alerts) {
    await elasticsearch('DELETE', `/${index}/_doc/${id}?refresh=true`);
  }
}
