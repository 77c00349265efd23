import type { AlertDetails, AlertSummary, ReadAlertDetailField } from '../../common/hosts/alert';
import { hostsOfDocument, namedHostOf } from '../../common/hosts/document_hosts';
import {
  alertDetailFieldsOf,
  sentinelOneNameOf,
  type ReadTexts,
} from '../../common/hosts/sentinelone_alert_details';
import { visibleText } from '../../common/lib/text';
import { isRecord } from '../../common/lib/is_record';

/**
 * Reads fields of alert documents. Fields can be nested (`host: { name }`), flat dotted keys (`"event.category"`), or
 * both in one document (Kibana 8.12.2).
 */

export type Source = Readonly<Record<string, unknown>>;

/** The value at `field`, or undefined. A flat key takes precedence over a nested path. */
export function readField(source: Source, field: string): unknown {
  if (Object.prototype.hasOwnProperty.call(source, field)) return source[field];
  for (let dot = field.indexOf('.'); dot !== -1; dot = field.indexOf('.', dot + 1)) {
    const head = field.slice(0, dot);
    const inner = Object.prototype.hasOwnProperty.call(source, head) ? source[head] : undefined;
    if (isRecord(inner)) {
      const value = readField(inner, field.slice(dot + 1));
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** Maximum depth of nested lists. Elasticsearch treats nested lists as flat lists. */
const DEEPEST = 20;

/**
 * All values of `field` as a flat list without nulls, including those in lists of objects. A flat key takes
 * precedence over a nested path.
 */
export function readValues(source: unknown, field: string): readonly unknown[] {
  if (Array.isArray(source)) return source.flatMap((one) => readValues(one, field));
  if (!isRecord(source)) return [];
  if (Object.prototype.hasOwnProperty.call(source, field)) {
    return [source[field]].flat(DEEPEST).filter((value) => value != null);
  }
  for (let dot = field.indexOf('.'); dot !== -1; dot = field.indexOf('.', dot + 1)) {
    const head = field.slice(0, dot);
    if (!Object.prototype.hasOwnProperty.call(source, head)) continue;
    const values = readValues(source[head], field.slice(dot + 1));
    if (values.length > 0) return values;
  }
  return [];
}

/** The first non-blank string (or number, as text) at `field`, or null. */
export function readText(source: Source, field: string): string | null {
  const value = readField(source, field);
  for (const one of Array.isArray(value) ? value : [value]) {
    if (typeof one === 'string' && one.trim() !== '') return one;
    if (typeof one === 'number') return String(one);
  }
  return null;
}

/** A hit of a search in the alerts index, reduced to the fields in use. */
export interface AlertHit {
  readonly _id: string;
  readonly _index: string;
  readonly _source?: Source;
}

/** The text of a field, in one line: alerts can contain any text, because every writer of their index can set it. */
function shownText(source: Source, field: string): string | null {
  const text = readText(source, field);
  return text === null ? null : visibleText(text);
}

/** The texts of a field, each in one line. */
const textsIn =
  (source: Source): ReadTexts =>
  (field) =>
    readValues(source, field)
      .filter((value) => typeof value === 'string' || typeof value === 'number')
      .map(String)
      .filter((text) => text.trim() !== '')
      .map(visibleText);

const riskScoreOf = (source: Source): number | null => {
  const riskScore = readField(source, 'kibana.alert.risk_score');
  return typeof riskScore === 'number' ? riskScore : null;
};

/** The alert as shown in lists. */
export function alertSummaryOf({ _id, _index, _source: source = {} }: AlertHit): AlertSummary {
  return {
    id: _id,
    index: _index,
    timestamp: readText(source, '@timestamp'),
    severity: shownText(source, 'kibana.alert.severity'),
    ruleName: shownText(source, 'kibana.alert.rule.name'),
    sentinelOneName: sentinelOneNameOf(textsIn(source)),
    riskScore: riskScoreOf(source),
    reason: shownText(source, 'kibana.alert.reason'),
    workflowStatus: shownText(source, 'kibana.alert.workflow_status'),
    ...namedHostOf(hostsOfDocument((field) => readValues(source, field))),
  };
}

/** ECS fields of processes and files that the flyout shows, in that order. */
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
  'threat.indicator.file.path',
  'threat.indicator.file.size',
  'threat.indicator.file.hash.sha256',
  'threat.indicator.file.hash.sha1',
  'threat.indicator.file.hash.md5',
];

const factsOf = (source: Source, fields: readonly string[]): ReadAlertDetailField[] =>
  fields.flatMap((field) => {
    const value = shownText(source, field);
    return value === null ? [] : [{ field, value }];
  });

/** The alert as shown in its flyout. */
export function alertDetailsOf(hit: AlertHit): AlertDetails {
  const source = hit._source ?? {};
  return {
    ...alertSummaryOf(hit),
    ruleId: readText(source, 'kibana.alert.rule.uuid'),
    sentinelOne: alertDetailFieldsOf(textsIn(source)),
    process: factsOf(source, PROCESS_FIELDS),
    file: factsOf(source, FILE_FIELDS),
    source,
  };
}
