import { Fragment, type FC } from 'react';
import { EuiAccordion, EuiCodeBlock, EuiSpacer, useGeneratedHtmlId, EuiLink } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { AlertDetails, ReadAlertDetailField } from '../../../common/hosts/alert';
import {
  ALERT_DETAIL_FIELDS,
  type FieldFormat,
  type AlertDetailFieldId,
} from '../../../common/hosts/sentinelone_alert_details';
import { DateText } from '../../components/date_text';
import { DetailsList, type ShownField } from '../../components/details_list';
import { SeverityBadge, workflowStatusText } from '../../components/alert_badges';
import { useKibanaLink } from '../../lib/kibana_link';

/** Elastic Security's app in Kibana 8.12. */
const SECURITY_APP = 'securitySolutionUI';

/** The backing indices of the alias `.alerts-security.alerts-<space>`. Users have privileges only for the alias. */
const BACKING_INDEX = /^\.internal(\.alerts-.+)-\d{6}$/;

/**
 * The path that opens one alert in Security. Source: `buildAlertDetailPath` and `ALERT_DETAILS_REDIRECT_PATH` of
 * security_solution in Kibana 8.12.2, which also builds `kibana.alert.url` with them. There is no such path for a
 * timeline of the alert: only saved timelines have one.
 */
export function securityAlertPath({
  id,
  index,
  timestamp,
}: Pick<AlertDetails, 'id' | 'index' | 'timestamp'>): string {
  const parameters = new URLSearchParams({
    index: index.replace(BACKING_INDEX, '$1'),
    ...(timestamp === null ? {} : { timestamp }),
  });
  return `/alerts/redirect/${encodeURIComponent(id)}?${parameters.toString()}`;
}

/** A link to the alert in Elastic Security. */
export const SecurityAlertLink: FC<{ readonly alert: AlertDetails }> = ({ alert }) => (
  <EuiLink
    {...useKibanaLink(SECURITY_APP, securityAlertPath(alert))}
    data-test-subj="sentineloneResponseSecurityAlert"
  >
    {i18n.translate('sentineloneResponse.flyout.securityAlert', {
      defaultMessage: 'Open in Elastic Security',
    })}
  </EuiLink>
);

/** "Not mitigated" for `NOT_MITIGATED` and `not_mitigated`; other texts are returned unchanged. */
export function constantText(value: string): string {
  const isConstant = /^[A-Z\d_]+$/.test(value) || /^[a-z\d_]+$/.test(value);
  if (!isConstant) return value;
  const words = value.toLowerCase().replace(/_+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const UNITS = ['kB', 'MB', 'GB', 'TB'];

/** "1.48 MB (1,482,752 bytes)"; texts that are not whole numbers are returned unchanged. */
export function bytesText(value: string): string {
  if (!/^\d{1,15}$/.test(value)) return value;
  const bytes = Number(value);
  const exact = i18n.translate('sentineloneResponse.fact.bytes', {
    defaultMessage: '{bytes, plural, one {# byte} other {# bytes}}',
    values: { bytes },
  });
  if (bytes < 1_000) return exact;
  const power = Math.min(Math.floor((String(bytes).length - 1) / 3), UNITS.length);
  return `${(bytes / 1_000 ** power).toPrecision(3)} ${UNITS[power - 1]} (${exact})`;
}

/** A value of an alert's document in its format. */
const FactValue: FC<{ readonly format: FieldFormat; readonly value: string }> = ({
  format,
  value,
}) => {
  switch (format) {
    case 'constant':
      return <>{constantText(value)}</>;
    case 'severity':
      return <SeverityBadge severity={value.toLowerCase()} />;
    case 'bytes':
      return <>{bytesText(value)}</>;
    default:
      return <>{value}</>;
  }
};

const isSize = (field: string): boolean => field.endsWith('.size');
const shown = (facts: readonly ReadAlertDetailField[]): ShownField[] =>
  facts.map(({ field, value }) => ({
    title: field,
    description: <FactValue format={isSize(field) ? 'bytes' : 'text'} value={value} />,
  }));

const isKnownFact = (id: string): id is AlertDetailFieldId =>
  Object.prototype.hasOwnProperty.call(ALERT_DETAIL_FIELDS, id);

/** SentinelOne's own details. Unknown ids, which come from a server of another version, are left out. */
const sentinelOneFields = ({ sentinelOne }: AlertDetails): ShownField[] =>
  sentinelOne.flatMap(({ id, value }) => {
    if (!isKnownFact(id)) return [];
    const { label, format } = ALERT_DETAIL_FIELDS[id];
    return [{ title: label(), description: <FactValue format={format} value={value} /> }];
  });

function summaryOf(alert: AlertDetails): ShownField[] {
  const rows: Array<[string, ShownField['description'] | null]> = [
    [i18n.translate('sentineloneResponse.alert.rule', { defaultMessage: 'Rule' }), alert.ruleName],
    [
      i18n.translate('sentineloneResponse.alert.reason', { defaultMessage: 'Reason' }),
      alert.reason,
    ],
    [
      i18n.translate('sentineloneResponse.alert.severity', { defaultMessage: 'Severity' }),
      alert.severity === null ? null : <SeverityBadge severity={alert.severity} />,
    ],
    [
      i18n.translate('sentineloneResponse.alert.riskScore', { defaultMessage: 'Risk score' }),
      alert.riskScore === null ? null : String(alert.riskScore),
    ],
    [
      i18n.translate('sentineloneResponse.alert.status', { defaultMessage: 'Status' }),
      alert.workflowStatus === null ? null : workflowStatusText(alert.workflowStatus),
    ],
    [
      i18n.translate('sentineloneResponse.alert.time', { defaultMessage: 'Time' }),
      <DateText key="time" iso={alert.timestamp} />,
    ],
  ];
  return rows.flatMap(([title, description]) =>
    description === null ? [] : [{ title, description }]
  );
}

/** The details of the alert: a summary, SentinelOne's details, the process and the file, as far as it contains them. */
export const AlertDetailsSection: FC<{ readonly alert: AlertDetails }> = ({ alert }) => {
  const sections: ReadonlyArray<readonly [string, readonly ShownField[]]> = [
    [
      i18n.translate('sentineloneResponse.alert.summary', { defaultMessage: 'Summary' }),
      summaryOf(alert),
    ],
    [
      i18n.translate('sentineloneResponse.alert.sentinelOne', { defaultMessage: 'SentinelOne' }),
      sentinelOneFields(alert),
    ],
    [
      i18n.translate('sentineloneResponse.alert.process', { defaultMessage: 'Process' }),
      shown(alert.process),
    ],
    [
      i18n.translate('sentineloneResponse.alert.file', { defaultMessage: 'File' }),
      // Fields that SentinelOne's details contain are not repeated.
      shown(
        alert.file.filter(({ field }) => !alert.sentinelOne.some((one) => one.field === field))
      ),
    ],
  ];
  return (
    <>
      {sections
        .filter(([, facts]) => facts.length > 0)
        .map(([title, facts], n) => (
          <Fragment key={title}>
            {n === 0 ? null : <EuiSpacer size="m" />}
            <DetailsList title={title} facts={facts} />
          </Fragment>
        ))}
    </>
  );
};

/** The complete document of the alert. */
export const AlertDocument: FC<{ readonly alert: AlertDetails }> = ({ alert }) => {
  const id = useGeneratedHtmlId();
  return (
    <EuiAccordion
      id={id}
      buttonContent={i18n.translate('sentineloneResponse.alert.document', {
        defaultMessage: 'Document',
      })}
    >
      <EuiSpacer size="s" />
      <EuiCodeBlock language="json" fontSize="s" overflowHeight={480} isCopyable>
        {JSON.stringify(alert.source, null, 2)}
      </EuiCodeBlock>
    </EuiAccordion>
  );
};
