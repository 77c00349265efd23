import { i18n } from '@kbn/i18n';
import { ALERT_DOCUMENTS, RULE_QUERY } from '../../common/setup';

const SEVERITIES = ['Low', 'Medium', 'High', 'Critical'] as const;
const RISK = { Low: 21, Medium: 47, High: 73, Critical: 99 } as const;
const SEVERITY_FIELD = 'sentinel_one.alert.rule.severity';

/** The documented rule, for the detection engine's API. `appUrl` leads to our app in this space. */
export const documentedRule = (appUrl: string): Record<string, unknown> => ({
  name: i18n.translate('sentineloneResponse.rule.name', { defaultMessage: 'SentinelOne alerts' }),
  description: i18n.translate('sentineloneResponse.rule.description', {
    defaultMessage:
      'An alert for every alert of SentinelOne, so that its host can be isolated and released from Kibana.',
  }),
  type: 'query',
  language: 'kuery',
  index: [ALERT_DOCUMENTS],
  query: RULE_QUERY,
  filters: [],
  severity: 'medium',
  risk_score: RISK.Medium,
  severity_mapping: SEVERITIES.map((value) => ({
    field: SEVERITY_FIELD,
    operator: 'equals',
    value,
    severity: value.toLowerCase(),
  })),
  // The integration asks SentinelOne every few minutes: what counts is when a document came in.
  timestamp_override: 'event.ingested',
  interval: '5m',
  from: 'now-6m',
  enabled: true,
  tags: ['SentinelOne'],
  investigation_fields: {
    field_names: [
      'host.name',
      'observer.serial_number',
      'process.name',
      'process.executable',
      'process.command_line',
      'process.parent.name',
    ],
  },
  note: i18n.translate('sentineloneResponse.rule.guide', {
    defaultMessage:
      '## Isolate the host\n\nOpen [SentinelOne Response]({appUrl}), find this alert, and choose **Take action > Isolate host**. The page shows when SentinelOne reports that the host is isolated, and releases it again.',
    values: { appUrl },
  }),
});
