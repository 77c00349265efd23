import { createHash } from 'node:crypto';
import type { AlertDocument } from '../elasticsearch/indices';
import type { IntegrationDocument } from './integration_documents';
import type { Story } from './stories';

export interface AlertDetailsSection {
  /** What the rule matched. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly story: Pick<Story, 'rule' | 'ruleId' | 'severity' | 'riskScore'>;
  /** When the rule made the alert, ms since the epoch. */
  readonly at: number;
  readonly workflowStatus?: 'open' | 'acknowledged' | 'closed';
  readonly spaceId?: string;
  /** Tells alerts of the same document apart. */
  readonly key: string;
}

const name = (value: unknown): string | undefined => (value as { name?: string } | undefined)?.name;

/** The sentence that Kibana's rules put together (`reason_formatters.js`, 8.12.2). */
function reasonOf(document: Readonly<Record<string, unknown>>, { rule, severity }: Story): string {
  const event = document.event as { category?: string[] } | undefined;
  const process = document.process as Partial<IntegrationDocument['process']> | undefined;
  const file = name(document.file);
  const parts = [
    `${event?.category?.join(', ') ?? ''} event`.trim(),
    name(process) === undefined ? '' : ` with process ${name(process)}`,
    name(process?.parent) === undefined ? '' : `, parent process ${name(process?.parent)}`,
    file === undefined ? '' : `, file ${file}`,
    `, by ${name(process?.user) ?? 'unknown'}`,
    name(document.host) === undefined ? '' : ` on ${name(document.host)}`,
    ` created ${severity} alert ${rule}.`,
  ];
  return parts.join('');
}

/**
 * A detection alert as Kibana 8.12.2 writes it: the document's fields with `event.*` as flat dotted keys
 * beside nested objects, and `kibana.alert.*` as flat keys.
 */
export function detectionAlert(facts: AlertDetailsSection): AlertDocument {
  const { document, story, at, workflowStatus = 'open', spaceId = 'default', key } = facts;
  const id = createHash('sha256').update(`${spaceId}:${key}`).digest('hex');
  const { event, '@timestamp': original, ...rest } = document as IntegrationDocument;
  const timestamp = new Date(at).toISOString();
  const flatEvent = Object.fromEntries(
    Object.entries(event ?? {}).map(([field, value]) => [`event.${field}`, value])
  );
  return {
    _id: id,
    _source: {
      ...rest,
      ...flatEvent,
      'event.kind': 'signal',
      '@timestamp': timestamp,
      'kibana.alert.ancestors': [
        { id: key, type: 'event', index: `.ds-logs-sentinel_one.alert-${spaceId}`, depth: 0 },
      ],
      'kibana.alert.depth': 1,
      'kibana.alert.original_event.kind': 'event',
      'kibana.alert.original_time': original,
      'kibana.alert.reason': reasonOf(document, story as Story),
      'kibana.alert.risk_score': story.riskScore,
      'kibana.alert.rule.category': 'Custom Query Rule',
      'kibana.alert.rule.consumer': 'siem',
      'kibana.alert.rule.name': story.rule,
      'kibana.alert.rule.producer': 'siem',
      'kibana.alert.rule.rule_type_id': 'siem.queryRule',
      'kibana.alert.rule.uuid': story.ruleId,
      'kibana.alert.severity': story.severity,
      'kibana.alert.start': timestamp,
      'kibana.alert.status': 'active',
      'kibana.alert.uuid': id,
      'kibana.alert.workflow_status': workflowStatus,
      'kibana.space_ids': [spaceId],
      'kibana.version': '8.12.2',
    },
  };
}
