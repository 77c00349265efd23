import type { FieldType } from '../search/field_types';

/** Fields of alerts that are no keywords, as `.alerts-security.alerts-*` maps them in 8.12.2. */
const OTHER_TYPES: Readonly<Record<string, FieldType>> = {
  '@timestamp': 'date',
  'event.created': 'date',
  'event.end': 'date',
  'event.ingested': 'date',
  'event.start': 'date',
  'file.size': 'number',
  'kibana.alert.depth': 'number',
  'kibana.alert.last_detected': 'date',
  'kibana.alert.original_time': 'date',
  'kibana.alert.risk_score': 'number',
  'kibana.alert.rule.execution.timestamp': 'date',
  'kibana.alert.start': 'date',
  message: 'text',
  'process.parent.pid': 'number',
  'process.parent.start': 'date',
  'process.pid': 'number',
  'process.start': 'date',
};

/** Groups of fields that are mapped; anything else, `sentinel_one.*` too, is only in `_source`. */
const MAPPED_GROUPS = [
  'agent',
  'ecs',
  'event',
  'file',
  'host',
  'kibana',
  'observer',
  'process',
  'related',
  'rule',
  'threat',
  'user',
];
const MAPPED_FIELDS = [
  '_id',
  '_index',
  'tags',
  'labels',
  'data_stream.dataset',
  'data_stream.namespace',
  'data_stream.type',
];

/** How a field of a detection alert is indexed. */
export function alertFieldType(field: string): FieldType {
  const other = OTHER_TYPES[field];
  if (other !== undefined) return other;
  const isMapped = MAPPED_FIELDS.includes(field) || MAPPED_GROUPS.includes(field.split('.')[0]!);
  return isMapped ? 'keyword' : 'unmapped';
}
