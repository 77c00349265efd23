import { ALERT_DOCUMENTS, RULE_QUERY } from '../../common/hosts/detection_rules';
import { request, type Deployment } from './request';

const DATA_VIEW = 'security-solution-default';
/** The alerts, then the setting `securitySolution:defaultIndex` as it is by default, exclusions last. */
const DATA_VIEW_TITLE = [
  '.alerts-security.alerts-default',
  'apm-*-transaction*',
  'auditbeat-*',
  'endgame-*',
  'filebeat-*',
  'logs-*',
  'packetbeat-*',
  'traces-apm*',
  'winlogbeat-*',
  '-*elastic-cloud-logs-*',
].join(',');

/**
 * Makes what Elastic Security makes at an administrator's first visit, and cannot make for people with
 * fewer privileges: the alerts' index, the indices of lists, and its data view.
 */
export async function prepareSecurity(deployment: Deployment): Promise<void> {
  const { kibana } = deployment;
  await request(deployment, 'POST', `${kibana}/api/detection_engine/index`);
  await request(deployment, 'POST', `${kibana}/api/lists/index`, { fine: [409] });
  const dataViews = `${kibana}/api/data_views/data_view`;
  // One that is there may have been changed by its users.
  const { status } = await request(deployment, 'GET', `${dataViews}/${DATA_VIEW}`, { fine: [404] });
  if (status !== 404) return;
  await request(deployment, 'POST', dataViews, {
    body: {
      // Somebody's first visit may make it at the same time.
      override: true,
      data_view: {
        id: DATA_VIEW,
        title: DATA_VIEW_TITLE,
        timeFieldName: '@timestamp',
        allowNoIndex: true,
      },
    },
  });
}

/** Makes the documented custom query rule, unless it is there. */
export async function makeRule(deployment: Deployment): Promise<void> {
  await request(deployment, 'POST', `${deployment.kibana}/api/detection_engine/rules`, {
    body: {
      rule_id: 'sentinelone',
      name: 'SentinelOne alerts',
      description: 'Alerts of the SentinelOne integration',
      type: 'query',
      language: 'kuery',
      index: [ALERT_DOCUMENTS],
      query: RULE_QUERY,
      severity: 'high',
      risk_score: 73,
      interval: '1m',
      from: 'now-6m',
      enabled: true,
    },
    fine: [409],
  });
}
