import { activityOf, type Activity, type ActivityName, type ActivityUser } from './activities';
import {
  checkPatch,
  splitSeed,
  type Agent,
  type AgentPatch,
  type AgentSeed,
  type Switches,
} from './agent';
import { timestamp, type Clock } from './clock';
import { compare as compareIds } from './paging';

/**
 * The tenant: its agents, the commands that they have not carried out yet, and what they reported.
 *
 * Nothing runs on timers. A command is due at a moment; whoever looks at the tenant first brings it up
 * to date with the clock. So a test that puts the clock forward sees at once what time would have shown.
 */

export type Command = 'disconnect' | 'connect';

interface Host {
  readonly agent: Agent;
  readonly switches: Switches;
  /** The last command that the agent took and has not carried out. */
  readonly pending: Command | null;
  /** When it will have carried it out (ms since the epoch); null while it cannot get to it. */
  readonly dueAt: number | null;
}

interface CommandResult {
  /** Agents that took the command, also those that had nothing left to do. */
  readonly accepted: readonly string[];
  /** Agents whose state it changed. */
  readonly changed: readonly string[];
}

export interface State {
  /** Every agent, in the fleet's order. */
  agents(): readonly Agent[];
  /**
   * The same for a fleet of any size: without copies, so that `lastActiveDate` is that of the last change. `shown`
   * brings it up to date.
   */
  stored(): readonly Agent[];
  /** Those of `stored` with one of these ids, or with one of these network statuses. */
  storedWithIds(ids: readonly string[]): readonly Agent[];
  storedWithStatus(statuses: readonly string[]): readonly Agent[];
  /** Agents of `stored` as the API shows them. */
  shown(agents: readonly Agent[]): readonly Agent[];
  /** Whether the fleet's order is that of the ids. */
  readonly isSortedById: boolean;
  /** The one agent with this id or UUID. Throws when there is none, or several. */
  agent(idOrUuid: string): Agent;
  switchesOf(id: string): Switches;
  /** Changes fields or switches of one agent. A network status given here replaces a waiting command. */
  setAgent(idOrUuid: string, patch: AgentPatch): Agent;
  /** A command of a user of the console or the API. */
  command(command: Command, ids: readonly string[], by: ActivityUser): CommandResult;
  /**
   * Isolates agents as if it had happened at a time (ms since the epoch): by a user of the console, or without one, as
   * a policy does.
   */
  isolate(ids: readonly string[], at: number, by?: ActivityUser): void;
  /** Oldest first. */
  activities(): readonly Activity[];
}

const isOnline = ({ isActive, isDecommissioned, isUninstalled }: Agent): boolean =>
  isActive !== false && isDecommissioned !== true && isUninstalled !== true;

/** Which agents take a command at all: not those that are decommissioned or uninstalled. */
const takesCommands = ({ isDecommissioned, isUninstalled }: Agent): boolean =>
  isDecommissioned !== true && isUninstalled !== true;

const UNDERWAY = { disconnect: 'disconnecting', connect: 'connecting' } as const;
const REQUESTED = { disconnect: 'disconnectRequested', connect: 'reconnectRequested' } as const;
const DONE = { disconnect: 'disconnected', connect: 'connected' } as const;

const pendingOf = ({ networkStatus }: Agent): Command | null => {
  if (networkStatus === 'disconnecting') return 'disconnect';
  return networkStatus === 'connecting' ? 'connect' : null;
};

/** Online agents report every minute, on the minute: `heartbeat` is the last one. */
const withHeartbeat = (agent: Agent, heartbeat: string): Agent =>
  isOnline(agent) && agent.lastActiveDate !== null && agent.lastActiveDate < heartbeat
    ? { ...agent, lastActiveDate: heartbeat }
    : agent;

const isSorted = (fleet: readonly AgentSeed[]): boolean =>
  fleet.every(({ id }, n) => n === 0 || compareIds(fleet[n - 1]!.id, id) < 0);

export function createState(fleet: readonly AgentSeed[], settleMs: number, clock: Clock): State {
  const hosts = new Map<string, Host>();
  const waiting = new Set<string>();
  const stored: Agent[] = [];
  const positions = new Map<string, number>();
  const byStatus = new Map<string | null, Set<string>>();
  const activities: Activity[] = [];

  /**
   * Stores a host. If its agent can work on its command, the time that it needs goes on from `dueAt`,
   * or starts now.
   */
  function put(
    agent: Agent,
    switches: Switches,
    pending: Command | null,
    dueAt: number | null = null
  ): void {
    const able = pending !== null && isOnline(agent) && !switches.stuck;
    const due = able ? (dueAt ?? clock.now() + settleMs) : null;
    const { id, networkStatus } = agent;
    const before = hosts.get(id)?.agent.networkStatus;
    if (before !== networkStatus) {
      if (before !== undefined) byStatus.get(before)?.delete(id);
      const alike = byStatus.get(networkStatus) ?? new Set();
      byStatus.set(networkStatus, alike.add(id));
    }
    const position = positions.get(id) ?? stored.length;
    positions.set(id, position);
    stored[position] = agent;
    hosts.set(id, { agent, switches, pending, dueAt: due });
    if (able) waiting.add(agent.id);
    else waiting.delete(agent.id);
  }

  function report(name: ActivityName, agent: Agent, at: string, user?: ActivityUser): void {
    activities.push(activityOf(name, agent, at, activities.length, user));
  }

  function carryOut({ agent, switches }: Host, command: Command, dueAt: number): void {
    const at = timestamp(dueAt);
    const fails = command === 'disconnect' && switches.cannotDisconnect;
    const networkStatus = fails ? 'connected' : DONE[command];
    const settled: Agent = { ...agent, networkStatus, updatedAt: at };
    put(settled, switches, null);
    if (fails) report('unableToDisconnect', settled, at);
    else report(command === 'disconnect' ? 'disconnected' : 'reconnected', settled, at);
  }

  function settle(): void {
    const now = clock.now();
    const due: { host: Host; command: Command; dueAt: number }[] = [];
    for (const id of waiting) {
      const host = hosts.get(id);
      if (host?.pending && host.dueAt !== null && host.dueAt <= now) {
        due.push({ host, command: host.pending, dueAt: host.dueAt });
      }
    }
    due.sort((a, b) => a.dueAt - b.dueAt);
    for (const { host, command, dueAt } of due) carryOut(host, command, dueAt);
  }

  const heartbeat = (): string => {
    const now = clock.now();
    return timestamp(now - (now % 60_000));
  };
  const inOrder = (ids: Iterable<string>): Agent[] =>
    [...ids]
      .flatMap((id) => positions.get(id) ?? [])
      .sort((a, b) => a - b)
      .map((position) => stored[position]!);

  function hostOf(idOrUuid: string): Host {
    const byId = hosts.get(idOrUuid);
    if (byId !== undefined) return byId;
    const byUuid = [...hosts.values()].filter(({ agent }) => agent.uuid === idOrUuid);
    if (byUuid.length === 1) return byUuid[0]!;
    if (byUuid.length === 0) throw new Error(`No agent has the id or UUID "${idOrUuid}"`);
    throw new Error(`${byUuid.length} agents have the UUID "${idOrUuid}": name one by its id`);
  }

  for (const seed of fleet) {
    const { agent, switches } = splitSeed(seed);
    if (hosts.has(agent.id)) throw new Error(`Two agents of the fleet have the id "${agent.id}"`);
    put(agent, switches, pendingOf(agent));
  }

  return {
    agents() {
      settle();
      const last = heartbeat();
      return stored.map((agent) => withHeartbeat(agent, last));
    },
    stored() {
      settle();
      return stored;
    },
    storedWithIds(ids) {
      settle();
      return inOrder(new Set(ids));
    },
    storedWithStatus(statuses) {
      settle();
      return inOrder([...new Set(statuses)].flatMap((status) => [...(byStatus.get(status) ?? [])]));
    },
    shown(agents) {
      const last = heartbeat();
      return agents.map((agent) => withHeartbeat(agent, last));
    },
    isSortedById: isSorted(fleet),
    agent(idOrUuid) {
      settle();
      return withHeartbeat(hostOf(idOrUuid).agent, heartbeat());
    },
    switchesOf(id) {
      return hostOf(id).switches;
    },
    setAgent(idOrUuid, patch) {
      settle();
      checkPatch(patch);
      const host = hostOf(idOrUuid);
      // If it goes offline now, this was its last contact.
      const seen = withHeartbeat(host.agent, heartbeat());
      if (patch.id !== undefined && patch.id !== host.agent.id) {
        throw new Error("An agent's id cannot be changed");
      }
      const updatedAt = timestamp(clock.now());
      const { agent, switches } = splitSeed({
        ...seen,
        updatedAt,
        ...host.switches,
        ...patch,
      });
      if (patch.networkStatus === undefined) put(agent, switches, host.pending, host.dueAt);
      else put(agent, switches, pendingOf(agent));
      settle();
      return withHeartbeat(hostOf(agent.id).agent, heartbeat());
    },
    command(command, ids, by) {
      settle();
      const accepted: string[] = [];
      const changed: string[] = [];
      for (const id of ids) {
        const { agent, switches } = hostOf(id);
        if (!takesCommands(agent)) continue;
        accepted.push(id);
        const { networkStatus } = agent;
        if (networkStatus === UNDERWAY[command] || networkStatus === DONE[command]) continue;
        changed.push(id);
        const updatedAt = timestamp(clock.now());
        put({ ...agent, networkStatus: UNDERWAY[command], updatedAt }, switches, command);
        report(REQUESTED[command], agent, updatedAt, by);
      }
      return { accepted, changed };
    },
    isolate(ids, at, by) {
      settle();
      const reportedAt = timestamp(at);
      for (const id of ids) {
        const { agent, switches } = hostOf(id);
        put({ ...agent, networkStatus: 'disconnected', updatedAt: reportedAt }, switches, null);
        if (by !== undefined) report('disconnectRequested', agent, reportedAt, by);
        report('disconnected', agent, reportedAt);
      }
    },
    activities() {
      settle();
      return activities;
    },
  };
}
