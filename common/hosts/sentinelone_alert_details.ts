import { i18n } from '@kbn/i18n';
import { DATASET_FIELDS } from './data_streams';
import { listText } from '../lib/text';

/**
 * SentinelOne's details of an alert, by data stream. One table: their fields, labels, formats, and the source of these
 * facts.
 */

/** The integration's data streams with detections. */
type Stream = 'alert' | 'threat' | 'unified_alert';

/** How a value is shown: unchanged; SentinelOne's constants such as `NOT_MITIGATED` as words; a number of bytes. */
export type FieldFormat = 'text' | 'constant' | 'severity' | 'bytes';

interface FieldPlace {
  readonly field: string;
  /** Only in documents of these streams: in others the field has another meaning. */
  readonly streams: readonly Stream[];
  /** Ignored if this field has the same value, because it may be a copy. */
  readonly unlessSameAs?: string;
}

interface FieldRow {
  readonly label: () => string;
  readonly format: FieldFormat;
  /** The first field with a value is used. */
  readonly places: readonly FieldPlace[];
  /** Paths below `packages/sentinel_one/data_stream/` in the repository elastic/integrations. */
  readonly source: string;
}

const ALERT: readonly Stream[] = ['alert'];
const THREAT: readonly Stream[] = ['threat'];
const UNIFIED: readonly Stream[] = ['unified_alert'];
const ALL: readonly Stream[] = ['alert', 'threat', 'unified_alert'];

const PIPELINES = '{alert,threat,unified_alert}/elasticsearch/ingest_pipeline/default.yml';

export const ALERT_DETAIL_FIELDS = {
  rule: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.rule', { defaultMessage: 'SentinelOne rule' }),
    format: 'text',
    // Of a STAR custom rule. Threats and unified alerts have no `rule.name`.
    places: [{ field: 'rule.name', streams: ALERT }],
    source: 'alert/elasticsearch/ingest_pipeline/default.yml (json.ruleInfo.name)',
  },
  threat: {
    label: () => i18n.translate('sentineloneResponse.fact.threat', { defaultMessage: 'Threat' }),
    format: 'text',
    places: [{ field: 'sentinel_one.threat.name', streams: THREAT }],
    source: 'threat/fields/fields.yml',
  },
  alertName: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.alertName', { defaultMessage: 'Alert name' }),
    format: 'text',
    places: [{ field: 'sentinel_one.unified_alert.name', streams: UNIFIED }],
    source: 'unified_alert/sample_event.json',
  },
  severity: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.severity', { defaultMessage: 'Severity' }),
    format: 'severity',
    places: [
      { field: 'sentinel_one.alert.rule.severity', streams: ALERT },
      { field: 'sentinel_one.unified_alert.severity', streams: UNIFIED },
    ],
    source: 'alert/fields/fields.yml, unified_alert/sample_event.json',
  },
  classification: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.classification', {
        defaultMessage: 'Classification',
      }),
    format: 'constant',
    places: [
      // Older and newer versions of the integration.
      { field: 'sentinel_one.threat.classification', streams: THREAT },
      { field: 'sentinel_one.threat_classification.name', streams: THREAT },
      { field: 'sentinel_one.unified_alert.classification', streams: UNIFIED },
    ],
    source: 'threat/fields/fields.yml, threat/sample_event.json, unified_alert/sample_event.json',
  },
  confidence: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.confidence', { defaultMessage: 'Confidence level' }),
    format: 'constant',
    places: [
      { field: 'sentinel_one.threat.confidence_level', streams: THREAT },
      { field: 'sentinel_one.unified_alert.confidence_level', streams: UNIFIED },
    ],
    source: 'threat/fields/fields.yml, unified_alert/sample_event.json',
  },
  treatAsThreat: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.treatAsThreat', {
        defaultMessage: 'Treat as threat',
      }),
    format: 'constant',
    places: [{ field: 'sentinel_one.alert.rule.treat_as_threat', streams: ALERT }],
    source: 'alert/fields/fields.yml',
  },
  mitigation: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.mitigation', {
        defaultMessage: 'Mitigation status',
      }),
    format: 'constant',
    places: [
      { field: 'sentinel_one.threat.mitigation.description', streams: THREAT },
      { field: 'sentinel_one.threat.mitigation.status', streams: THREAT },
      { field: 'sentinel_one.unified_alert.result', streams: UNIFIED },
    ],
    source: 'threat/fields/fields.yml, unified_alert/sample_event.json',
  },
  incident: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.incident', { defaultMessage: 'Incident status' }),
    format: 'constant',
    places: [
      { field: 'sentinel_one.threat.incident.status_description', streams: THREAT },
      { field: 'sentinel_one.threat.incident.status', streams: THREAT },
      { field: 'sentinel_one.alert.info.status', streams: ALERT },
      { field: 'sentinel_one.unified_alert.status', streams: UNIFIED },
    ],
    source: 'threat/fields/fields.yml, alert/fields/fields.yml, unified_alert/sample_event.json',
  },
  verdict: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.verdict', { defaultMessage: 'Analyst verdict' }),
    format: 'constant',
    places: [
      { field: 'sentinel_one.threat.analysis.description', streams: THREAT },
      { field: 'sentinel_one.threat.analysis.verdict', streams: THREAT },
      { field: 'sentinel_one.alert.analyst_verdict', streams: ALERT },
      { field: 'sentinel_one.unified_alert.analyst_verdict', streams: UNIFIED },
    ],
    source: 'threat/fields/fields.yml, alert/fields/fields.yml, unified_alert/sample_event.json',
  },
  loggedInUser: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.loggedInUser', {
        defaultMessage: 'Logged-in user',
      }),
    format: 'text',
    places: [
      // If no user was logged in, the pipeline writes the user of the process into it.
      {
        field: 'user.name',
        streams: THREAT,
        unlessSameAs: 'sentinel_one.threat.process_user',
      },
      { field: 'sentinel_one.threat.detection.agent.last_logged_in.upn', streams: THREAT },
      { field: 'sentinel_one.unified_alert.assets.last_logged_in_user', streams: UNIFIED },
      {
        field: 'sentinel_one.unified_alert.detection_time.assets.asset.last_logged_in_user',
        streams: UNIFIED,
      },
    ],
    source: `${PIPELINES} (agentLastLoggedInUserName, last_logged_in_user)`,
  },
  processUser: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.processUser', { defaultMessage: 'Process user' }),
    format: 'text',
    places: [{ field: 'sentinel_one.threat.process_user', streams: THREAT }],
    source: 'threat/fields/fields.yml',
  },
  loginUser: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.loginUser', { defaultMessage: 'Login user' }),
    format: 'text',
    // Only in login events.
    places: [{ field: 'user.name', streams: ALERT }],
    source: 'alert/elasticsearch/ingest_pipeline/default.yml (json.alertInfo.loginsUserName)',
  },
  filePath: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.filePath', { defaultMessage: 'File path' }),
    format: 'text',
    places: [
      { field: 'file.path', streams: ALL },
      { field: 'threat.indicator.file.path', streams: THREAT },
      { field: 'sentinel_one.alert.target.process.file.path', streams: ALERT },
    ],
    source: `${PIPELINES}, threat/sample_event.json`,
  },
  fileSize: {
    label: () =>
      i18n.translate('sentineloneResponse.fact.fileSize', { defaultMessage: 'File size' }),
    format: 'bytes',
    places: [
      { field: 'file.size', streams: ALL },
      { field: 'threat.indicator.file.size', streams: THREAT },
    ],
    source: 'threat/sample_event.json',
  },
} as const satisfies Readonly<Record<string, FieldRow>>;

export type AlertDetailFieldId = keyof typeof ALERT_DETAIL_FIELDS;

/** A detail in an alert. */
export interface AlertDetailField {
  readonly id: string;
  /** The field that contains it. */
  readonly field: string;
  readonly value: string;
}

/** The details that name the detection, by priority. */
const NAMING: readonly AlertDetailFieldId[] = ['rule', 'threat', 'alertName'];

const placesOf = (id: AlertDetailFieldId): readonly FieldPlace[] => ALERT_DETAIL_FIELDS[id].places;

/** The fields that `sentinelOneNameOf` reads, besides the dataset. */
export const SENTINELONE_NAME_FIELDS: readonly string[] = NAMING.flatMap((id) =>
  placesOf(id).map(({ field }) => field)
);

/** Returns the values of a field, each as a text in one line. */
export type ReadTexts = (field: string) => readonly string[];

const MODULE = 'sentinel_one.';

const isOfStream = (read: ReadTexts, streams: readonly Stream[]): boolean =>
  DATASET_FIELDS.some((field) =>
    read(field).some((dataset) => streams.some((stream) => dataset === `${MODULE}${stream}`))
  );

function fieldAt(read: ReadTexts, id: AlertDetailFieldId): AlertDetailField | undefined {
  for (const { field, streams, unlessSameAs } of placesOf(id)) {
    if (!isOfStream(read, streams)) continue;
    const values = read(field);
    const isCopy = unlessSameAs !== undefined && read(unlessSameAs).includes(values[0] ?? '');
    if (values.length === 0 || isCopy) continue;
    return { id, field, value: listText(values) };
  }
  return undefined;
}

/** The details in an alert's document, in the table's order. */
export const alertDetailFieldsOf = (read: ReadTexts): readonly AlertDetailField[] =>
  (Object.keys(ALERT_DETAIL_FIELDS) as AlertDetailFieldId[]).flatMap(
    (id) => fieldAt(read, id) ?? []
  );

/** The name of SentinelOne's rule, threat or alert; null if the document has none. */
export function sentinelOneNameOf(read: ReadTexts): string | null {
  for (const id of NAMING) {
    const fact = fieldAt(read, id);
    if (fact !== undefined) return fact.value;
  }
  return null;
}
