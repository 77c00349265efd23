import { i18n } from '@kbn/i18n';

/** The name of the privilege to isolate protected hosts, as Kibana's roles show it. */
export const overridePrivilege = (): string =>
  i18n.translate('sentineloneResponse.feature.override', {
    defaultMessage: 'Isolate protected hosts',
  });

/** The privilege with the name of its feature. */
export const overridePrivilegePath = (): string =>
  i18n.translate('sentineloneResponse.feature.overridePath', {
    defaultMessage: 'SentinelOne Response: {privilege}',
    values: { privilege: overridePrivilege() },
  });
