import type { AlertSummary } from '../../common/alert';
import type { AlertsHosts } from '../../common/routes';

type Host = AlertsHosts['hosts'][number];

const keyOf = ({ agentUuid, agentId, hostName }: Omit<Host, 'alertIds'>): string =>
  JSON.stringify([agentUuid, agentId, hostName]);

/**
 * The distinct hosts that some alerts speak of. Older documents carry no agent id: such a naming is
 * merged into the one that has it, as long as there is only one, and not with a clone of the host.
 */
export function hostsOfAlerts(
  alertIds: readonly string[],
  alerts: readonly AlertSummary[]
): AlertsHosts {
  const named = alerts.filter(({ agentUuid, agentId }) => agentUuid !== null || agentId !== null);
  const hosts = new Map<string, Host>();
  for (const { id, agentUuid, hostName, ...alert } of named) {
    const siblings = named.filter(
      (one) => one.agentUuid === agentUuid && one.agentId !== null && one.hostName === hostName
    );
    const ids = new Set(siblings.map((one) => one.agentId));
    const onlyId = agentUuid !== null && ids.size === 1 ? siblings[0]!.agentId : null;
    const identity = { agentUuid, agentId: alert.agentId ?? onlyId, hostName };
    const known = hosts.get(keyOf(identity));
    hosts.set(keyOf(identity), { ...identity, alertIds: [...(known?.alertIds ?? []), id] });
  }
  const found = new Set(alerts.map(({ id }) => id));
  return {
    hosts: [...hosts.values()],
    withoutAgent: alerts.filter((alert) => !named.includes(alert)).map(({ id }) => id),
    notFound: [...new Set(alertIds)].filter((id) => !found.has(id)),
  };
}
