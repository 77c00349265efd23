import * as t from 'io-ts';
import { LIMITS } from '../lib/constants';
import { listText } from '../lib/text';
import { nullableString } from '../lib/validation';
import type { AlertSummary } from './alert';
import { unusableIdCodec } from './document_hosts';
import { hostNameKey } from './host_name';

/** The distinct hosts of some alerts. */
export const alertsHostsCodec = t.intersection([
  t.type({
    hosts: t.readonlyArray(
      t.intersection([
        t.type({
          agentUuid: nullableString,
          agentId: nullableString,
          hostName: nullableString,
          alertIds: t.readonlyArray(t.string),
        }),
        /** In place of a name where an alert names several hosts: the host has one of these names. */
        t.partial({ hostNames: t.readonlyArray(t.string) }),
      ])
    ),
    /** Alerts that name no agent. */
    withoutAgent: t.readonlyArray(t.string),
    /** Alerts that do not exist in this space, or that the user may not see. */
    notFound: t.readonlyArray(t.string),
  }),
  t.partial({
    /** How many hosts the alerts name beyond the limit of one action. */
    leftOut: t.number,
    /** The alerts without an agent that have an unusable value in an agent field. */
    unusable: t.readonlyArray(
      t.type({
        alertId: t.string,
        hostName: nullableString,
        unusableIds: t.readonlyArray(unusableIdCodec),
      })
    ),
  }),
]);
export type AlertsHosts = Readonly<t.TypeOf<typeof alertsHostsCodec>>;

type Host = AlertsHosts['hosts'][number];
type NamedHost = Omit<Host, 'alertIds'>;

/** Normalizes spelling. A DNS suffix is significant: two hosts can have the same short name. */
const nameKey = (name: string | null): string | null => (name === null ? null : hostNameKey(name));

const keyOf = ({ agentUuid, agentId, hostName, hostNames }: NamedHost): string =>
  JSON.stringify([agentUuid, agentId, nameKey(hostName), hostNames?.map(hostNameKey)]);

/** The hosts of one alert: one, or several that may each have any of the alert's names. */
function hostsIn({ agentUuid, agentId, hostName, hosts }: AlertSummary): readonly NamedHost[] {
  if (hosts === undefined) {
    return agentUuid === null && agentId === null ? [] : [{ agentUuid, agentId, hostName }];
  }
  return hosts.map(({ hostNames, ...host }) => {
    const [only = null] = hostNames;
    return hostNames.length > 1
      ? { ...host, hostName: null, hostNames }
      : { ...host, hostName: only };
  });
}

/** The agent ids seen with a UUID and a name. Documents with several hosts are ignored. */
function agentIdsOf(named: readonly NamedHost[]) {
  const seenAs = ({ agentUuid, hostName }: NamedHost) =>
    JSON.stringify([agentUuid, nameKey(hostName)]);
  const ids = new Map<string, Set<string>>();
  for (const host of named) {
    if (host.agentId === null || host.hostNames !== undefined) continue;
    ids.set(seenAs(host), (ids.get(seenAs(host)) ?? new Set()).add(host.agentId));
  }
  return (host: NamedHost): ReadonlySet<string> => ids.get(seenAs(host)) ?? new Set();
}

/**
 * The distinct hosts of some alerts, up to the limit of one action. Older documents lack the agent id: such a host is
 * merged with the host that has the same UUID and name and an id, if there is exactly one (clones share a UUID).
 */
export function hostsOfAlerts(
  alertIds: readonly string[],
  alerts: readonly AlertSummary[]
): AlertsHosts {
  const each = alerts.map((alert) => ({ alert, named: hostsIn(alert) }));
  const idsOf = agentIdsOf(each.flatMap(({ named }) => named));
  const identityOf = (host: NamedHost): NamedHost => {
    const [only = null, ...others] = idsOf(host);
    const isOne = host.agentUuid !== null && host.hostNames === undefined && others.length === 0;
    return { ...host, agentId: host.agentId ?? (isOne ? only : null) };
  };
  const hosts = new Map<string, NamedHost & { readonly alertIds: string[] }>();
  const leftOut = new Set<string>();
  // Alerts with one host first, so that an alert with many hosts does not displace them.
  for (const { alert, named } of [...each].sort((a, b) => a.named.length - b.named.length)) {
    for (const host of named.map(identityOf)) {
      const key = keyOf(host);
      const known = hosts.get(key);
      if (known !== undefined) known.alertIds.push(alert.id);
      else if (hosts.size < LIMITS.hostsPerAction)
        hosts.set(key, { ...host, alertIds: [alert.id] });
      else leftOut.add(key);
    }
  }
  const found = new Set(alerts.map(({ id }) => id));
  const withoutAgent = each.filter(({ named }) => named.length === 0).map(({ alert }) => alert);
  const unusable = withoutAgent.flatMap(({ id: alertId, hostName, hostNames, unusableIds }) =>
    unusableIds === undefined
      ? []
      : [
          {
            alertId,
            hostName: hostName ?? (hostNames === undefined ? null : listText(hostNames)),
            unusableIds,
          },
        ]
  );
  return {
    hosts: [...hosts.values()],
    withoutAgent: withoutAgent.map(({ id }) => id),
    notFound: [...new Set(alertIds)].filter((id) => !found.has(id)),
    ...(leftOut.size === 0 ? {} : { leftOut: leftOut.size }),
    ...(unusable.length === 0 ? {} : { unusable }),
  };
}
