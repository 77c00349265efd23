import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../../common/actions/catalogue';
import { LIMITS } from '../../../common/lib/constants';
import { listText, visibleName } from '../../../common/lib/text';
import type { ActionName } from '../../../common/actions/action_name';
import type { AlertsHosts } from '../../../common/hosts/hosts_of_alerts';
import { unusableIdsText } from '../../../common/hosts/document_hosts';
import type { Problem } from '../../lib/describe_error';
import { isUnclear } from '../texts';

/** The bulk flyout's heading. */
export const bulkTitle = (action: ActionName): string =>
  ACTION_DEFINITIONS[action].texts.bulk.title();

/** The button that sends the action, with the number of hosts. */
export const confirmText = (
  action: ActionName,
  count: number,
  {
    isAgain,
    protectedCount,
    approvalCount,
  }: {
    readonly isAgain: boolean;
    /** Hosts whose protection is overridden. */
    readonly protectedCount: number;
    /** Hosts for which approval is requested. */
    readonly approvalCount: number;
  }
): string => {
  if (approvalCount > 0) {
    const request = { count: approvalCount };
    if (approvalCount === count) {
      return i18n.translate('sentineloneResponse.bulk.requestApproval', {
        defaultMessage: 'Request approval for {count, plural, one {# host} other {# hosts}}',
        values: request,
      });
    }
    const rest = { isAgain, protectedCount, approvalCount: 0 };
    return i18n.translate('sentineloneResponse.bulk.confirmAndRequest', {
      defaultMessage: '{confirm}, request approval for {count, number}',
      values: { ...request, confirm: confirmText(action, count - approvalCount, rest) },
    });
  }
  const values = { count, protectedCount };
  const { bulk, overrideProtection } = ACTION_DEFINITIONS[action].texts;
  if (protectedCount > 0 && overrideProtection !== undefined)
    return overrideProtection.confirm(values);
  if (isAgain) {
    return i18n.translate('sentineloneResponse.bulk.again', {
      defaultMessage: 'Try again for {count, plural, one {# host} other {# hosts}}',
      values,
    });
  }
  return bulk.confirm(values);
};

/** The alerts with values that cannot be used as an agent's id, and why. */
function unusableSummary(unusable: NonNullable<AlertsHosts['unusable']>): string {
  const each = unusable.map(({ hostName, unusableIds }) => {
    const why = unusableIdsText(unusableIds);
    return hostName === null ? why : `${visibleName(hostName)}: ${why}`;
  });
  return i18n.translate('sentineloneResponse.bulk.unusable', {
    defaultMessage:
      '{count, plural, one {# alert has} other {# alerts have}} no reliable agent id ({why}).',
    values: { count: unusable.length, why: listText(each, '; ') },
  });
}

/** The number of hosts that the user selected themselves. */
export const selectedHostsText = (count: number): string =>
  i18n.translate('sentineloneResponse.bulk.selectedHosts', {
    defaultMessage: '{count, plural, one {# host} other {# hosts}} selected.',
    values: { count },
  });

/** A summary of the selected alerts, including alerts without a host. */
export const summaryText = (
  alertCount: number,
  { hosts, withoutAgent, notFound, leftOut = 0, unusable = [] }: AlertsHosts
): string =>
  [
    i18n.translate('sentineloneResponse.bulk.summary', {
      defaultMessage:
        '{alerts, plural, one {# alert} other {# alerts}}, {hosts, plural, one {# host} other {# hosts}}.',
      values: { alerts: alertCount, hosts: hosts.length },
    }),
    ...(leftOut === 0
      ? []
      : [
          i18n.translate('sentineloneResponse.bulk.leftOut', {
            defaultMessage:
              '{count, plural, one {# more host is} other {# more hosts are}} left out. One action allows {limit, number}.',
            values: { count: leftOut, limit: LIMITS.hostsPerAction },
          }),
        ]),
    ...(unusable.length === 0 ? [] : [unusableSummary(unusable)]),
    ...(withoutAgent.length === unusable.length
      ? []
      : [
          i18n.translate('sentineloneResponse.bulk.withoutAgent', {
            defaultMessage:
              '{count, plural, one {# alert does} other {# alerts do}} not identify a SentinelOne agent.',
            values: { count: withoutAgent.length - unusable.length },
          }),
        ]),
    ...(notFound.length === 0
      ? []
      : [
          i18n.translate('sentineloneResponse.bulk.notFound', {
            defaultMessage:
              '{count, plural, one {# alert does} other {# alerts do}} not exist, or you do not have the privilege to view {count, plural, one {it} other {them}}.',
            values: { count: notFound.length },
          }),
        ]),
  ].join(' ');

/** The title of a problem with the whole request: no host was acted on, or the result is not known. */
export function bulkProblemTitle(problem: Problem, action: ActionName): string {
  if (isUnclear(problem)) {
    return i18n.translate('sentineloneResponse.bulk.unclear', {
      defaultMessage: 'The result for the hosts is not known yet',
    });
  }
  return ACTION_DEFINITIONS[action].texts.bulk.none();
}
