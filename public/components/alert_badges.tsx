import type { FC } from 'react';
import { EuiHealth } from '@elastic/eui';
import { i18n } from '@kbn/i18n';

// A map, because the value in an alert can be any text: `constructor` is not a status.
const TEXTS = new Map<string, () => string>([
  ['open', () => i18n.translate('sentineloneResponse.workflow.open', { defaultMessage: 'Open' })],
  [
    'acknowledged',
    () =>
      i18n.translate('sentineloneResponse.workflow.acknowledged', {
        defaultMessage: 'Acknowledged',
      }),
  ],
  [
    'closed',
    () => i18n.translate('sentineloneResponse.workflow.closed', { defaultMessage: 'Closed' }),
  ],
]);

/** The label of an alert's workflow status; an unknown value is shown unchanged. */
export const workflowStatusText = (status: string): string => TEXTS.get(status)?.() ?? status;

interface BadgeProps {
  /** The colour of the severity in Elastic Security. */
  readonly color: string;
  text(): string;
}

// A map, because the value in an alert can be any text: `constructor` is not a severity.
const BADGES = new Map<string, BadgeProps>([
  [
    'low',
    {
      color: '#54B399',
      text: () => i18n.translate('sentineloneResponse.severity.low', { defaultMessage: 'Low' }),
    },
  ],
  [
    'medium',
    {
      color: '#D6BF57',
      text: () =>
        i18n.translate('sentineloneResponse.severity.medium', { defaultMessage: 'Medium' }),
    },
  ],
  [
    'high',
    {
      color: '#DA8B45',
      text: () => i18n.translate('sentineloneResponse.severity.high', { defaultMessage: 'High' }),
    },
  ],
  [
    'critical',
    {
      color: '#E7664C',
      text: () =>
        i18n.translate('sentineloneResponse.severity.critical', { defaultMessage: 'Critical' }),
    },
  ],
]);

/** The label of an alert's severity; an unknown value is shown unchanged. */
export const SeverityBadge: FC<{ readonly severity: string | null }> = ({ severity }) => {
  if (severity === null) return null;
  const look = BADGES.get(severity);
  return (
    <EuiHealth color={look?.color ?? 'subdued'} textSize="inherit">
      {look?.text() ?? severity}
    </EuiHealth>
  );
};
