import { i18n } from '@kbn/i18n';

/** Who may isolate a host that the settings protect. */

/** The privilege's name, as Kibana's roles show it. */
export const overridePrivilege = (): string =>
  i18n.translate('sentineloneResponse.feature.override', {
    defaultMessage: 'Isolate protected hosts',
  });

/** Where that privilege is found. */
export const overridePrivilegePath = (): string =>
  i18n.translate('sentineloneResponse.feature.overridePath', {
    defaultMessage: 'SentinelOne Response: {privilege}',
    values: { privilege: overridePrivilege() },
  });
