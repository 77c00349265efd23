import { useMemo } from 'react';
import { i18n } from '@kbn/i18n';
import type { AlertSummary } from '../../../common/hosts/alert';
import { hostsOfAlerts } from '../../../common/hosts/hosts_of_alerts';
import { LIMITS } from '../../../common/lib/constants';
import { noAgentTitle, unusableText } from '../../actions/single/unusable_agent';
import { hostSubjectOf } from '../../host_status/host_subject';
import { type SelectionRules, useSelection, type SelectionState } from '../../lib/selection';

/** The alerts that a user selected for an action on their hosts. */

/** The number of distinct hosts that alerts identify, counted as the bulk flyout does. */
export function hostCountOf(alerts: readonly AlertSummary[]): number {
  const { hosts, leftOut = 0 } = hostsOfAlerts(
    alerts.map(({ id }) => id),
    alerts
  );
  return hosts.length + leftOut;
}

/** Why an alert cannot be selected: it identifies no host for an action. */
export function unselectableReason(alert: AlertSummary): string | undefined {
  const { agentUuid, agentId, hosts } = alert;
  if (agentUuid !== null || agentId !== null || hosts !== undefined) return undefined;
  return unusableText(hostSubjectOf({}, alert)) ?? `${noAgentTitle()}.`;
}

/** The rules for a selection of alerts whose hosts fit into one action of `maxHosts` hosts. */
export const alertSelectionRules = (maxHosts: number): SelectionRules<AlertSummary> => ({
  idOf: ({ id }) => id,
  hostCountOf,
  maxHosts,
  maxRows: LIMITS.alertsPerAction,
});

export const useSelectedAlerts = (maxHosts: number): SelectionState<AlertSummary> =>
  useSelection(useMemo(() => alertSelectionRules(maxHosts), [maxHosts]));

/** "3 alerts selected, 2 hosts". */
export const selectedAlertsText = (alerts: number, hosts: number): string =>
  i18n.translate('sentineloneResponse.alerts.selected', {
    defaultMessage:
      '{alerts, plural, one {# alert} other {# alerts}} selected, {hosts, plural, one {# host} other {# hosts}}.',
    values: { alerts, hosts },
  });

/** The number of alerts that match. */
export const totalText = (total: number): string =>
  i18n.translate('sentineloneResponse.alerts.total', {
    defaultMessage: '{total, plural, one {# alert} other {# alerts}}',
    values: { total },
  });
