import { i18n } from '@kbn/i18n';
import { hostReferenceCodec, type HostReference } from '../../common/api/connector';
import { LIMITS } from '../../common/lib/constants';
import {
  hostsOfDocument,
  type DocumentHost,
  type DocumentHosts,
  unusableIdsText,
} from '../../common/hosts/document_hosts';
import { identityOfAlertHost } from '../../common/hosts/host_identity';
import type { RefusedHost } from '../../common/api/rule_hosts';
import { cutText, listText, visibleName } from '../../common/lib/text';
import { readValues, type Source } from '../alerts/alert_document';

/**
 * The hosts of a rule's alerts. Every user who can write to the index can write alerts. So the content of one alert
 * must not prevent the rule from acting on the hosts of the others: hosts on which no action is possible are returned
 * separately, to be recorded.
 */

export interface HostsOfRuleAlerts {
  /** The distinct hosts, as the connector accepts them. */
  readonly hosts: readonly HostReference[];
  readonly refusedHosts: readonly RefusedHost[];
  /** Alerts that name no agent. */
  readonly withoutAgent: number;
}

const furtherHostsText = (count: number): string =>
  i18n.translate('sentineloneResponse.ruleHosts.more', {
    defaultMessage: '{count, plural, one {# more host} other {# more hosts}} like this',
    values: { count },
  });

const leftOut = (count: number): string =>
  i18n.translate('sentineloneResponse.ruleHosts.leftOut', {
    defaultMessage:
      'The alerts name {count, plural, one {# more host} other {# more hosts}} than the {limit, number} of one action',
    values: { count, limit: LIMITS.hostsPerAction },
  });

/**
 * Returns the host as the connector accepts it; undefined if its name is refused even with invisible characters as
 * escapes.
 */
function acceptable(host: DocumentHost): HostReference | undefined {
  const visible = { ...host, hostNames: host.hostNames.map(visibleName) };
  return [host, visible]
    .map(identityOfAlertHost)
    .find((reference) => hostReferenceCodec.is(reference));
}

const notAcceptedText = (): string =>
  i18n.translate('sentineloneResponse.ruleHosts.notTaken', {
    defaultMessage: 'The alert names the host in a way that cannot be passed on',
  });

/** The hosts on which no action is possible, without duplicates, up to the limit of a record. */
function refusedIn(documents: readonly DocumentHosts[]): readonly RefusedHost[] {
  const refused = new Map<string, RefusedHost>();
  for (const { hosts, hostNames, unusableIds } of documents) {
    if (hosts.length > 0 || unusableIds.length === 0) continue;
    const detail = cutText(unusableIdsText(unusableIds), LIMITS.sanitizeText);
    const host: RefusedHost = {
      reason: 'unusable_id',
      detail,
      ...(hostNames.length === 0 ? {} : { name: cutText(listText(hostNames), LIMITS.hostName) }),
    };
    refused.set(JSON.stringify(host), host);
  }
  // Three entries are reserved for hosts that are not listed individually.
  const listed = [...refused.values()].slice(0, LIMITS.refusedHosts - 3);
  const rest = refused.size - listed.length;
  return rest === 0
    ? listed
    : [...listed, { reason: 'unusable_id', detail: furtherHostsText(rest) }];
}

const UNREADABLE: DocumentHosts = {
  hosts: [],
  hostNames: [],
  unusableIds: [{ field: '_source', value: 'unreadable', problem: 'malformed' }],
};

/** Reads one alert. An alert that is nested too deeply to be read must not affect the other alerts. */
function readAlert(alert: Source): DocumentHosts {
  try {
    return hostsOfDocument((field) => readValues(alert, field));
  } catch {
    return UNREADABLE;
  }
}

/** Returns the hosts of these alerts. Never throws; the connector accepts every host of the result. */
export function hostsOfRuleAlerts(alerts: readonly Source[]): HostsOfRuleAlerts {
  const documents = alerts.map(readAlert);
  // Alerts with a single host first, so that an alert with many hosts does not displace them.
  const byCount = [...documents].sort((a, b) => a.hosts.length - b.hosts.length);
  const hosts = new Map<string, HostReference>();
  let notTakenCount = 0;
  for (const named of byCount.flatMap((document) => document.hosts)) {
    const host = acceptable(named);
    if (host === undefined) notTakenCount += 1;
    else hosts.set(JSON.stringify(host), host);
  }
  const taken = [...hosts.values()].slice(0, LIMITS.hostsPerAction);
  const rest = hosts.size - taken.length;
  const refusedHosts: readonly RefusedHost[] = [
    ...refusedIn(documents),
    ...(notTakenCount === 0 ? [] : [{ reason: 'unusable_id' as const, detail: notAcceptedText() }]),
    ...(rest === 0 ? [] : [{ reason: 'too_many' as const, detail: leftOut(rest) }]),
  ];
  const withoutAgent = documents.filter(
    (document) => document.hosts.length === 0 && document.unusableIds.length === 0
  ).length;
  return { hosts: taken, refusedHosts, withoutAgent };
}
