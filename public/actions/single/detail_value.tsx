import { type FC } from 'react';
import { i18n } from '@kbn/i18n';
import type { FactFormat } from '../../../common/hosts/sentinelone_alert_details';
import { SeverityBadge } from '../../components/severity_badge';

/** "Not mitigated" of `NOT_MITIGATED` and `not_mitigated`; what has words already stays as it is. */
export function constantText(value: string): string {
  const isConstant = /^[A-Z\d_]+$/.test(value) || /^[a-z\d_]+$/.test(value);
  if (!isConstant) return value;
  const words = value.toLowerCase().replace(/_+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const UNITS = ['kB', 'MB', 'GB', 'TB'];

/** "1.4 MB (1,482,752 bytes)"; what is no whole number stays as it is. */
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

/** A value of an alert's document, shown as the table says. */
export const FactValue: FC<{ readonly format: FactFormat; readonly value: string }> = ({
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
