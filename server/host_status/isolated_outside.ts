import { agentsIn, type Agent, type HostStatus } from '../../common/hosts/agent';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import type { HostLocks, LastHostLock } from '../response_actions/ports';

/**
 * Hosts that SentinelOne reports as isolated although Kibana's last action on them, from any space, is not an
 * isolation: they were isolated in SentinelOne's console or through its API.
 */

/** The property that an isolation changes. A later action on another property does not show who isolated the host. */
const PROPERTY = ACTION_DEFINITIONS.isolate.property;

/** Milliseconds in which SentinelOne may still report the state before an action of this plugin. */
const EFFECT_EXPECTED_WITHIN = 10 * 60_000;

const ISOLATED: readonly unknown[] = ['disconnected', 'disconnecting'];
const isIsolated = ({ networkStatus }: Agent): boolean => ISOLATED.includes(networkStatus);

/** Whether the action aims for another state than the one that the agent reports. */
const aimsForAnother = (action: ActionName, agent: Agent): boolean =>
  ['not_reached', 'reverting'].includes(ACTION_DEFINITIONS[action].read(agent).kind);

function isFromOutside(agent: Agent, last: LastHostLock | undefined, now: number): boolean {
  if (last === undefined) return true;
  // It is not known yet whether a command will be sent under a lock that follows another lock.
  const { action, since } = last.after ?? last;
  return (
    aimsForAnother(action, agent) && Math.abs(now - Date.parse(since)) > EFFECT_EXPECTED_WITHIN
  );
}

/** Returns the statuses, with such hosts marked. `now` in ms since the epoch. Throws what `lastOn` throws. */
export async function markIsolatedOutside<S extends HostStatus>(
  hosts: readonly S[],
  lastOn: HostLocks['lastOn'],
  now: number
): Promise<readonly S[]> {
  const isolated = [
    ...new Set(
      hosts
        .flatMap(agentsIn)
        .filter(isIsolated)
        .map(({ id }) => id)
    ),
  ];
  if (isolated.length === 0) return hosts;
  const last = await lastOn(isolated, PROPERTY);
  const mark = (agent: Agent): Agent =>
    isIsolated(agent) && isFromOutside(agent, last.get(agent.id), now)
      ? { ...agent, isIsolatedOutside: true }
      : agent;
  return hosts.map((status) => ({
    ...status,
    ...('agent' in status ? { agent: mark(status.agent) } : {}),
    ...('agents' in status ? { agents: status.agents.map(mark) } : {}),
  }));
}
