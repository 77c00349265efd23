import { i18n } from '@kbn/i18n';
import { ALERT_DOCUMENTS, RULE_QUERY } from '../../common/setup';

/** The detection rule of the set-up: what it must be, how one that is there differs, what makes it so. */

/** A rule as the detection engine's API has it (8.12), as far as it is used. */
export interface DetectionRule {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly index?: readonly string[];
  readonly data_view_id?: string;
  readonly query?: string;
  readonly language?: string;
  readonly filters?: readonly unknown[];
  readonly execution_summary?: {
    readonly last_execution?: {
      readonly date?: string;
      readonly status?: string;
      readonly message?: string;
    };
  };
}

/** Finds rules that read the integration's alerts or ask the documented query. */
export const RULE_FILTER = [
  `alert.attributes.params.index: "${ALERT_DOCUMENTS}"`,
  `alert.attributes.params.query: "${RULE_QUERY}"`,
].join(' or ');

const BAD_ENDS = ['failed', 'partial failure'];

/** In what `rule` differs from the documented one, in sentences; empty when in nothing. */
export function differencesOf(rule: DetectionRule): readonly string[] {
  const differences: string[] = [];
  const { index = [], query = '', filters = [] } = rule;
  if (rule.type !== 'query' || (rule.language ?? 'kuery') !== 'kuery') {
    differences.push(
      i18n.translate('sentineloneResponse.rule.otherType', {
        defaultMessage: 'It is no custom query rule in KQL.',
      })
    );
  }
  if (rule.data_view_id !== undefined) {
    differences.push(
      i18n.translate('sentineloneResponse.rule.dataView', {
        defaultMessage: 'It reads a data view in place of the index pattern {pattern}.',
        values: { pattern: ALERT_DOCUMENTS },
      })
    );
  } else if (index.length !== 1 || index[0] !== ALERT_DOCUMENTS) {
    differences.push(
      i18n.translate('sentineloneResponse.rule.otherIndex', {
        defaultMessage: 'Its index patterns are {patterns}; it must have {pattern} and no other.',
        values: { patterns: index.join(', '), pattern: ALERT_DOCUMENTS },
      })
    );
  }
  if (query.trim() !== RULE_QUERY || filters.length > 0) {
    differences.push(
      i18n.translate('sentineloneResponse.rule.otherQuery', {
        defaultMessage:
          'Its query is {query}{filters, plural, =0 {} one { with # filter} other { with # filters}}; it must be {wanted} alone.',
        values: { query, filters: filters.length, wanted: RULE_QUERY },
      })
    );
  }
  if (!rule.enabled) {
    differences.push(
      i18n.translate('sentineloneResponse.rule.disabled', { defaultMessage: 'It is disabled.' })
    );
  }
  return differences;
}

/** The error of its last run, or undefined. */
export function lastError({ execution_summary: summary }: DetectionRule): string | undefined {
  const { status = '', message = '' } = summary?.last_execution ?? {};
  return BAD_ENDS.includes(status) ? `${status}: ${message}` : undefined;
}

export const hasRun = ({ execution_summary: summary }: DetectionRule): boolean =>
  summary?.last_execution?.date !== undefined;

/** Whether it is the documented rule, enabled, and its last run brought no error. */
export const isFine = (rule: DetectionRule): boolean =>
  differencesOf(rule).length === 0 && lastError(rule) === undefined && hasRun(rule);

/** The rule that comes closest to the documented one. */
export function bestOf(rules: readonly DetectionRule[]): DetectionRule | undefined {
  const rank = (rule: DetectionRule) => differencesOf(rule).length + (isFine(rule) ? 0 : 0.5);
  return [...rules].sort((a, b) => rank(a) - rank(b))[0];
}

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

/** What makes a rule that is there the documented one; everything else of it stays. */
export const repairOf = ({ id }: DetectionRule): Record<string, unknown> => ({
  id,
  type: 'query',
  language: 'kuery',
  index: [ALERT_DOCUMENTS],
  query: RULE_QUERY,
  filters: [],
  enabled: true,
});
