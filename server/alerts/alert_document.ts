import type { AlertDetails, AlertSummary, Fact } from '../../common/alert';
import { agentIdCodec, agentUuidCodec } from '../../common/agent';
import { readField, readText, type Source } from './read_field';

/** A hit of a search over the alerts index, as far as it is used. */
export interface AlertHit {
  readonly _id: string;
  readonly _index: string;
  readonly _source?: Source;
}

/** Fields that hold the agent's management id, in the order in which they are believed. */
const AGENT_ID_FIELDS = ['sentinel_one.alert.agent.id', 'sentinel_one.threat.agent.id'] as const;
const HOST_NAME_FIELDS = ['host.name', 'sentinel_one.alert.agent.computer_name'] as const;

const firstText = (source: Source, fields: readonly string[]): string | null => {
  for (const field of fields) {
    const value = readText(source, field);
    if (value !== null) return value;
  }
  return null;
};

/** True for documents of the SentinelOne integration, by whichever field says so. */
function isFromSentinelOne(source: Source): boolean {
  const datasets = ['event.dataset', 'data_stream.dataset'].map((field) => readText(source, field));
  return (
    readText(source, 'event.module') === 'sentinel_one' ||
    datasets.some((dataset) => dataset?.startsWith('sentinel_one.') === true)
  );
}

/** A value that is no id is no id: it must not reach SentinelOne. */
function agentIdOf(source: Source): string | null {
  // Only the integration's own documents have the agent's id in `host.id`.
  const fields = isFromSentinelOne(source) ? [...AGENT_ID_FIELDS, 'host.id'] : AGENT_ID_FIELDS;
  const id = firstText(source, fields);
  return agentIdCodec.is(id) ? id : null;
}

function agentUuidOf(source: Source): string | null {
  const uuid = readText(source, 'observer.serial_number');
  return agentUuidCodec.is(uuid) ? uuid : null;
}

/** The alert as lists show it. */
export function alertSummaryOf({ _id, _index, _source: source = {} }: AlertHit): AlertSummary {
  return {
    id: _id,
    index: _index,
    timestamp: readText(source, '@timestamp'),
    severity: readText(source, 'kibana.alert.severity'),
    ruleName: readText(source, 'kibana.alert.rule.name'),
    reason: readText(source, 'kibana.alert.reason'),
    workflowStatus: readText(source, 'kibana.alert.workflow_status'),
    hostName: firstText(source, HOST_NAME_FIELDS),
    agentUuid: agentUuidOf(source),
    agentId: agentIdOf(source),
  };
}

/** ECS fields that a person wants to see of a process and a file, in that order. */
const PROCESS_FIELDS = [
  'process.name',
  'process.executable',
  'process.command_line',
  'process.pid',
  'process.start',
  'process.user.name',
  'process.hash.sha256',
  'process.hash.sha1',
  'process.hash.md5',
  'process.parent.name',
  'process.parent.executable',
  'process.parent.command_line',
  'process.parent.pid',
];
const FILE_FIELDS = [
  'file.name',
  'file.path',
  'file.size',
  'file.hash.sha256',
  'file.hash.sha1',
  'file.hash.md5',
  'threat.indicator.file.hash.sha1',
];

const factsOf = (source: Source, fields: readonly string[]): Fact[] =>
  fields.flatMap((field) => {
    const value = readText(source, field);
    return value === null ? [] : [{ field, value }];
  });

/** The alert with everything that its flyout shows. */
export function alertDetailsOf(hit: AlertHit): AlertDetails {
  const source = hit._source ?? {};
  const riskScore = readField(source, 'kibana.alert.risk_score');
  return {
    ...alertSummaryOf(hit),
    riskScore: typeof riskScore === 'number' ? riskScore : null,
    ruleId: readText(source, 'kibana.alert.rule.uuid'),
    process: factsOf(source, PROCESS_FIELDS),
    file: factsOf(source, FILE_FIELDS),
    source,
  };
}
