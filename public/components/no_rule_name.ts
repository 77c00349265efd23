import { i18n } from '@kbn/i18n';

/** What stands for the name of the rule where an alert has none. */
export const noRuleName = (): string =>
  i18n.translate('sentineloneResponse.alerts.noRuleName', {
    defaultMessage: 'Alert without a rule name',
  });
