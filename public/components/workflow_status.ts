import { i18n } from '@kbn/i18n';

// A map, since what an alert holds may be the name of anything: `constructor` is no status.
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

/** An alert's workflow status in words; one that is not known stands as it is. */
export const workflowStatusText = (status: string): string => TEXTS.get(status)?.() ?? status;
