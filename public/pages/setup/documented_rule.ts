import { i18n } from '@kbn/i18n';
import { ALERT_RULE, THREAT_RULE, type SetupRule } from '../../../common/hosts/detection_rules';

/** The rules of the set-up, for the detection engine's API. `appUrl` is the URL of the plugin's app in this space. */

const SEVERITIES = ['Low', 'Medium', 'High', 'Critical'] as const;
const RISK = { Low: 21, Medium: 47, High: 73, Critical: 99 } as const;

const severityBy = (field: string, value: string, severity: string) => ({
  field,
  operator: 'equals',
  value,
  severity,
});

/** The common properties of both rules. */
const commonParts = ({ index, query }: SetupRule, appUrl: string) => ({
  type: 'query',
  language: 'kuery',
  index: [index],
  query,
  filters: [],
  severity: 'medium',
  risk_score: RISK.Medium,
  // The integration reads from SentinelOne every few minutes, so the rule uses the time at which a document was
  // ingested.
  timestamp_override: 'event.ingested',
  interval: '5m',
  from: 'now-6m',
  enabled: true,
  tags: ['SentinelOne'],
  note: i18n.translate('sentineloneResponse.rule.guide', {
    defaultMessage:
      '## Isolate the host\n\nOpen [SentinelOne Response]({appUrl}), find this alert, and choose **Take action > Isolate host**. The page shows when SentinelOne reports that the host is isolated. You can release the host from the same menu.',
    values: { appUrl },
  }),
});

/** The documented rule. */
export const documentedRule = (appUrl: string): Record<string, unknown> => ({
  ...commonParts(ALERT_RULE, appUrl),
  name: i18n.translate('sentineloneResponse.rule.name', { defaultMessage: 'SentinelOne alerts' }),
  description: i18n.translate('sentineloneResponse.rule.description', {
    defaultMessage:
      'Creates an alert for every SentinelOne alert, so that its host can be isolated and released from Kibana.',
  }),
  severity_mapping: SEVERITIES.map((value) =>
    severityBy('sentinel_one.alert.rule.severity', value, value.toLowerCase())
  ),
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
});

/** The rule for tenants without STAR custom rules. */
export const threatRule = (appUrl: string): Record<string, unknown> => ({
  ...commonParts(THREAT_RULE, appUrl),
  name: i18n.translate('sentineloneResponse.rule.threatName', {
    defaultMessage: 'SentinelOne threats',
  }),
  description: i18n.translate('sentineloneResponse.rule.threatDescription', {
    defaultMessage:
      'Creates an alert for every SentinelOne threat, so that its host can be isolated and released from Kibana.',
  }),
  // Values of the integration's threat documents, `packages/sentinel_one/data_stream/threat/sample_event.json`.
  severity_mapping: [
    severityBy('sentinel_one.threat.confidence_level', 'suspicious', 'medium'),
    severityBy('sentinel_one.threat.confidence_level', 'malicious', 'high'),
  ],
  investigation_fields: {
    field_names: [
      'host.name',
      'sentinel_one.threat.name',
      'sentinel_one.threat.classification',
      'sentinel_one.threat.mitigation_status',
      'threat.indicator.file.path',
    ],
  },
});
