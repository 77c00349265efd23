import type { AlertDocument } from '../elasticsearch/indices';
import { integrationDocuments } from './integration_documents';
import { DOCUMENTED_RULE } from './sample_alerts';

const MINUTE = 60_000;

/** The integration's documents as they arrived during the last minutes. `now` in ms since the epoch. */
export const sampleDocuments = (now: number): readonly AlertDocument[] =>
  integrationDocuments().map((document, n) => ({
    _id: `document-${n}`,
    _source: { ...document, '@timestamp': new Date(now - (n + 1) * MINUTE).toISOString() },
  }));

/** The rule that made the sample alerts, as the documentation describes it. */
export const sampleRule = (now: number): Record<string, unknown> => ({
  id: DOCUMENTED_RULE.ruleId,
  name: DOCUMENTED_RULE.rule,
  description: 'Alerts of the SentinelOne integration',
  type: 'query',
  language: 'kuery',
  index: ['logs-sentinel_one.alert*'],
  query: 'observer.serial_number:*',
  severity: DOCUMENTED_RULE.severity,
  risk_score: DOCUMENTED_RULE.riskScore,
  enabled: true,
  execution_summary: {
    last_execution: {
      date: new Date(now - MINUTE).toISOString(),
      status: 'succeeded',
      message: '',
    },
  },
});
