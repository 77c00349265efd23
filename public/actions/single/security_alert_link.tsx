import { type FC } from 'react';
import { EuiLink } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { AlertDetails } from '../../../common/hosts/alert';
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
