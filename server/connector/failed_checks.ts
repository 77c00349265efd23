import { i18n } from '@kbn/i18n';
import type { ConnectionCheck, ConnectionCheckId } from '../../common/api/connector';

const NAMES: Readonly<Record<ConnectionCheckId, () => string>> = {
  reachable: () =>
    i18n.translate('sentineloneResponse.testConnection.name.reachable', {
      defaultMessage: 'connection',
    }),
  token: () =>
    i18n.translate('sentineloneResponse.testConnection.name.token', {
      defaultMessage: 'API token',
    }),
  permissions: () =>
    i18n.translate('sentineloneResponse.testConnection.name.permissions', {
      defaultMessage: 'permissions',
    }),
  expiry: () =>
    i18n.translate('sentineloneResponse.testConnection.name.expiry', {
      defaultMessage: 'expiry of the token',
    }),
  version: () =>
    i18n.translate('sentineloneResponse.testConnection.name.version', {
      defaultMessage: 'console version',
    }),
};

/** What failed, in one paragraph as Kibana's Test tab shows it; undefined when nothing did. */
export function failedChecksText(checks: readonly ConnectionCheck[]): string | undefined {
  const failed = checks.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return undefined;
  return failed
    .map(({ id, message, todo }) =>
      i18n.translate('sentineloneResponse.testConnection.failedCheck', {
        defaultMessage: 'Failed check ({name}): {text}',
        values: { name: NAMES[id](), text: [message, todo].filter(Boolean).join(' ') },
      })
    )
    .join(' ');
}
