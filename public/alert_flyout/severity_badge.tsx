import { type FC } from 'react';
import { EuiHealth } from '@elastic/eui';
import { i18n } from '@kbn/i18n';

// The colours that Elastic Security gives to severities.
const COLOR: Readonly<Record<string, string>> = {
  low: '#54B399',
  medium: '#D6BF57',
  high: '#DA8B45',
  critical: '#E7664C',
};
const TEXT: Readonly<Record<string, () => string>> = {
  low: () => i18n.translate('sentineloneResponse.severity.low', { defaultMessage: 'Low' }),
  medium: () => i18n.translate('sentineloneResponse.severity.medium', { defaultMessage: 'Medium' }),
  high: () => i18n.translate('sentineloneResponse.severity.high', { defaultMessage: 'High' }),
  critical: () =>
    i18n.translate('sentineloneResponse.severity.critical', { defaultMessage: 'Critical' }),
};

/** The rule's severity of an alert. */
export const SeverityBadge: FC<{ readonly severity: string | null }> = ({ severity }) =>
  severity === null ? null : (
    <EuiHealth color={COLOR[severity] ?? 'subdued'}>{TEXT[severity]?.() ?? severity}</EuiHealth>
  );
