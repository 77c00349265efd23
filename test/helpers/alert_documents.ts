import { randomUUID } from 'node:crypto';

/** Detection alerts for `Target.addAlerts`. */

/**
 * The JSON text of an alert as a rule of Kibana's makes it of an event: `fields` is the text of the event's fields,
 * without braces, so that a number can be written as no JavaScript number is. `rule` is the rule's name; `changes`
 * replaces fields of the alert itself, such as its severity.
 */
export function alertText(
  rule: string,
  fields: string,
  changes: Readonly<Record<string, string>> = {}
): string {
  const now = new Date().toISOString();
  const alert = JSON.stringify({
    '@timestamp': now,
    'event.kind': 'signal',
    'kibana.alert.reason': `event created high alert ${rule}.`,
    'kibana.alert.risk_score': 73,
    'kibana.alert.rule.name': rule,
    'kibana.alert.rule.rule_type_id': 'siem.queryRule',
    'kibana.alert.rule.uuid': randomUUID(),
    'kibana.alert.severity': 'high',
    'kibana.alert.start': now,
    'kibana.alert.status': 'active',
    'kibana.alert.uuid': randomUUID(),
    'kibana.alert.workflow_status': 'open',
    'kibana.space_ids': ['default'],
    'kibana.version': '8.12.2',
    ...changes,
  });
  return `${alert.slice(0, -1)},${fields}}`;
}

/** The agent of a document and its host, as it names them. */
interface DocumentAgent {
  readonly uuid: string | null;
  readonly id: string;
  readonly computerName: string | null;
}

const json = (value: unknown): string => JSON.stringify(value);

/** For each stream with agents: the fields of a document about an agent, as the integration's pipelines write them. */
export const DOCUMENTS: Readonly<Record<string, (agent: DocumentAgent) => string>> = {
  'sentinel_one.alert': ({ uuid, id, computerName }) =>
    `"event.dataset":"sentinel_one.alert","observer":{"serial_number":${json(uuid)}},"host":{"id":${json(id)},"name":${json(computerName)}}`,
  'sentinel_one.threat': ({ uuid, id, computerName }) =>
    `"event.dataset":"sentinel_one.threat","sentinel_one":{"threat":{"agent":{"id":${json(id)},"uuid":${json(uuid)}}}},"host":{"id":${json(id)},"name":${json(computerName)}}`,
  'sentinel_one.unified_alert': ({ uuid, computerName }) =>
    `"event.dataset":"sentinel_one.unified_alert","observer":{"serial_number":${json(uuid)}},"host":{"name":${json(computerName)}},"sentinel_one":{"unified_alert":{"assets":[{"id":"masked00asset000000000001"}]}}`,
  'sentinel_one.threat_event': ({ uuid, id, computerName }) =>
    `"event.dataset":"sentinel_one.threat_event","sentinel_one":{"threat_event":{"agent":{"id":${json(id)},"uuid":${json(uuid)},"name":${json(computerName)}}}}`,
  'sentinel_one.agent': ({ uuid, id, computerName }) =>
    `"event.dataset":"sentinel_one.agent","sentinel_one":{"agent":{"uuid":${json(uuid)},"agent":{"id":${json(id)}}}},"host":{"id":${json(id)},"name":${json(computerName)}}`,
  'sentinel_one.activity': ({ uuid, id, computerName }) =>
    `"event.dataset":"sentinel_one.activity","sentinel_one":{"activity":{"agent":{"id":${json(id)}},"data":{"uuid":${json(uuid)}}}},"host":{"id":${json(id)},"name":${json(computerName)}}`,
  'sentinel_one.application': ({ uuid, id, computerName }) =>
    `"event.dataset":"sentinel_one.application","sentinel_one":{"application":{"endpoint_id":${json(id)},"endpoint_uuid":${json(uuid)}}},"host":{"name":${json(computerName)}}`,
  'sentinel_one.application_risk': ({ id, computerName }) =>
    `"event.dataset":"sentinel_one.application_risk","host":{"id":${json(id)},"name":"jane.doe@example.com"},"resource":{"id":${json(id)},"name":${json(computerName)}}`,
  'sentinel_one_cloud_funnel.process': ({ uuid, computerName }) =>
    `"event.dataset":"sentinel_one_cloud_funnel.process","sentinel_one_cloud_funnel":{"event":{"agent":{"uuid":${json(uuid)}}}},"host":{"hostname":${json(computerName)},"name":"collector"}`,
};
