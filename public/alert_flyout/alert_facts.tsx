import { type FC } from 'react';
import { EuiAccordion, EuiCodeBlock, EuiSpacer, useGeneratedHtmlId } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { AlertDetails, Fact } from '../../common/alert';
import { DateText } from '../hosts/date_text';
import { Facts, type ShownFact } from './facts';
import { SeverityBadge } from './severity_badge';
import { workflowStatusText } from './workflow_status';

const shown = (facts: readonly Fact[]): ShownFact[] =>
  facts.map(({ field, value }) => ({ title: field, description: value }));

function summaryOf(alert: AlertDetails): ShownFact[] {
  const rows: Array<[string, ShownFact['description'] | null]> = [
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
      <DateText key="time" iso={alert.timestamp} absolute />,
    ],
  ];
  return rows.flatMap(([title, description]) =>
    description === null ? [] : [{ title, description }]
  );
}

/** What the alert says: a summary, the process and file when there are, and the whole document. */
export const AlertFacts: FC<{ readonly alert: AlertDetails }> = ({ alert }) => {
  const id = useGeneratedHtmlId();
  return (
    <>
      <Facts
        title={i18n.translate('sentineloneResponse.alert.summary', { defaultMessage: 'Summary' })}
        facts={summaryOf(alert)}
      />
      {alert.process.length === 0 ? null : <EuiSpacer size="m" />}
      <Facts
        title={i18n.translate('sentineloneResponse.alert.process', { defaultMessage: 'Process' })}
        facts={shown(alert.process)}
      />
      {alert.file.length === 0 ? null : <EuiSpacer size="m" />}
      <Facts
        title={i18n.translate('sentineloneResponse.alert.file', { defaultMessage: 'File' })}
        facts={shown(alert.file)}
      />
      <EuiSpacer size="m" />
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
    </>
  );
};
