import type { Agent } from '../../common/hosts/agent';
import type { GetAgentsParams, IsolationActivity } from '../../common/api/connector';
import { processClock } from '../../server/lib/clock';
import { IsolatedHosts, type IsolatedViewer } from '../../server/hosts/isolated_hosts';
import type { RecordedIsolation } from '../../server/hosts/recorded_isolations';

/** A tenant, Kibana's records and a clock for tests of the isolated hosts. */

export const TENANT = 'https://example.sentinelone.net';

export const agentOf = (id: string, fields: Partial<Agent> = {}): Agent => ({
  id,
  uuid: `uuid-${id}`,
  computerName: `host-${id}`,
  networkStatus: 'disconnected',
  isActive: true,
  isDecommissioned: false,
  isUninstalled: false,
  agentVersion: '23.4.4.223',
  osName: 'Windows 11',
  osType: 'windows',
  siteName: 'Frankfurt',
  groupName: 'Default Group',
  machineType: 'laptop',
  domain: null,
  lastLoggedInUserName: null,
  ipAddresses: [],
  externalIp: null,
  activeThreats: 0,
  lastActiveDate: null,
  scanStatus: 'none',
  scanStartedAt: null,
  scanFinishedAt: null,
  scanAbortedAt: null,
  ...fields,
});

export function environment(agents: readonly Agent[] = [agentOf('1')]) {
  const state = {
    now: 1_000,
    agents,
    recorded: new Map<string, RecordedIsolation>(),
    activities: [] as readonly IsolationActivity[],
    /** What SentinelOne throws instead of an answer. */
    failure: undefined as Error | undefined,
    activityFailure: undefined as Error | undefined,
    /** What an answer waits for. */
    before: async (): Promise<void> => {},
    /** The largest page that Kibana does not reject as too large. */
    fits: 1_000,
    recordReads: 0,
    /** ms since the epoch. */
    timeOfDay: (): number => 1_700_000_000_000 + state.now,
  };
  const asked: Array<Pick<GetAgentsParams, 'limit' | 'cursor'> & { readonly user: string }> = [];
  const askedActivities: Array<readonly string[]> = [];
  const sleeps: Array<() => void> = [];
  const clock = processClock('node-1', () => state.now);
  const hosts = new IsolatedHosts({
    clock,
    timeOfDay: state.timeOfDay,
    sleep: () => new Promise<void>((resolve) => sleeps.push(resolve)),
    recordedIsolations: async () => {
      state.recordReads += 1;
      return state.recorded;
    },
  });
  const viewer = (user = 'ann', overrides: Partial<IsolatedViewer> = {}): IsolatedViewer => ({
    authorize: async () => {},
    ask: async ({ limit = 100, cursor }) => {
      asked.push({ user, limit, ...(cursor === undefined ? {} : { cursor }) });
      await state.before();
      if (state.failure !== undefined) throw state.failure;
      const from = Number(cursor ?? 0);
      const size = Math.min(limit, state.fits);
      const to = from + size;
      return {
        agents: state.agents.slice(from, to),
        cursor: to < state.agents.length ? String(to) : null,
        total: state.agents.length,
        ...(size < limit ? { limit: size } : {}),
      };
    },
    askActivities: async (ids) => {
      askedActivities.push(ids);
      if (state.activityFailure !== undefined) throw state.activityFailure;
      return state.activities.filter(({ agentId }) => ids.includes(agentId));
    },
    ...overrides,
  });
  return {
    state,
    asked,
    askedActivities,
    hosts,
    viewer,
    read: (user?: string, overrides?: Partial<IsolatedViewer>) =>
      hosts.read(viewer(user, overrides)),
    /** Ends all pauses. */
    wake: () => {
      for (const end of sleeps.splice(0)) end();
    },
  };
}
