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
import {
  afterStep,
  durationOf,
  stepAfter,
  stepAfterCommand,
  takesStep,
  type ScanCommand,
  type ScanStep,
} from './scan';

/**
 * The tenant: its agents, the commands that they have not carried out yet, and what they reported.
 *
 * Nothing runs on timers. A command is due at a moment; the next request to the tenant brings it up
 * to date with the clock. So a test that puts the clock forward sees at once what time would have shown.
 */

type NetworkCommand = 'disconnect' | 'connect';
export type Command = NetworkCommand | ScanCommand;

interface Host {
  readonly agent: Agent;
  readonly switches: Switches;
  /** The last command on its network that the agent took and has not carried out. */
  readonly pending: NetworkCommand | null;
  /** When it will have carried it out (ms since the epoch); null while it cannot get to it. */
  readonly dueAt: number | null;
  /** The same of the full disk scan. */
  readonly scanStep: ScanStep | null;
  readonly scanDueAt: number | null;
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
  /** Changes fields or switches of one agent. A status given here replaces a waiting command. */
  setAgent(idOrUuid: string, patch: AgentPatch): Agent;
  /** A command of a user of the console or the API. */
  command(command: Command, ids: readonly string[], by: ActivityUser): CommandResult;
  /**
   * Isolates agents as if it had happened at a time (ms since the epoch): by a user of the console, or without one, as
   * a policy does.
   */
  isolate(ids: readonly string[], at: number, by?: ActivityUser): void;
  /** The same for a release. */
  release(ids: readonly string[], at: number, by?: ActivityUser): void;
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

const pendingOf = ({ networkStatus }: Agent): NetworkCommand | null => {
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

export function createState(
  fleet: readonly AgentSeed[],
  times: { readonly settleMs: number; readonly scanMs: number },
  clock: Clock
): State {
  const hosts = new Map<string, Host>();
  const waiting = new Set<string>();
  const stored: Agent[] = [];
  const positions = new Map<string, number>();
  const byStatus = new Map<string | null, Set<string>>();
  const activities: Activity[] = [];

  /**
   * Stores a host. If its agent can work on a command, the time that it needs goes on from when it is due,
   * or starts now.
   */
  function put(host: Omit<Host, 'dueAt' | 'scanDueAt'> & Partial<Host>, now = clock.now()): void {
    const { agent, switches, pending, scanStep } = host;
    const isAble = pending !== null && isOnline(agent) && !switches.stuck;
    const dueAt = isAble ? (host.dueAt ?? now + times.settleMs) : null;
    const scanDueAt =
      scanStep !== null && isOnline(agent) && takesStep(scanStep, switches)
        ? (host.scanDueAt ?? now + durationOf(scanStep, switches, times))
        : null;
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
    hosts.set(id, { agent, switches, pending, dueAt, scanStep, scanDueAt });
    if (dueAt !== null || scanDueAt !== null) waiting.add(id);
    else waiting.delete(id);
  }

  function report(name: ActivityName, agent: Agent, at: string, user?: ActivityUser): void {
    activities.push(activityOf(name, agent, at, activities.length, user));
  }

  function carryOut(host: Host, command: NetworkCommand, dueAt: number): void {
    const { agent, switches } = host;
    const at = timestamp(dueAt);
    const fails = command === 'disconnect' && switches.cannotDisconnect;
    const networkStatus = fails ? 'connected' : DONE[command];
    const settled: Agent = { ...agent, networkStatus, updatedAt: at };
    put({ ...host, agent: settled, pending: null, dueAt: null });
    if (fails) report('unableToDisconnect', settled, at);
    else report(command === 'disconnect' ? 'disconnected' : 'reconnected', settled, at);
  }

  function takeStep(host: Host, step: ScanStep, dueAt: number): void {
    const agent = afterStep(host.agent, step, timestamp(dueAt));
    const scanStep = stepAfter(agent, host.switches);
    put({ ...host, agent, scanStep, scanDueAt: null }, dueAt);
  }

  function settle(): void {
    const now = clock.now();
    const due: { readonly dueAt: number; readonly run: () => void }[] = [];
    for (const id of waiting) {
      const { pending, dueAt, scanStep, scanDueAt } = hosts.get(id)!;
      if (pending !== null && dueAt !== null && dueAt <= now) {
        due.push({ dueAt, run: () => carryOut(hosts.get(id)!, pending, dueAt) });
      }
      if (scanStep !== null && scanDueAt !== null && scanDueAt <= now) {
        due.push({ dueAt: scanDueAt, run: () => takeStep(hosts.get(id)!, scanStep, scanDueAt) });
      }
    }
    if (due.length === 0) return;
    due.sort((a, b) => a.dueAt - b.dueAt);
    for (const { run } of due) run();
    // A scan that has begun may have ended by now as well.
    settle();
  }

  /** Carries a command out as if it had happened at a time (ms since the epoch). */
  function carryOutAt(
    command: NetworkCommand,
    ids: readonly string[],
    at: number,
    by: ActivityUser | undefined
  ): void {
    settle();
    const reportedAt = timestamp(at);
    for (const id of ids) {
      const host = hostOf(id);
      const { agent } = host;
      const changed: Agent = { ...agent, networkStatus: DONE[command], updatedAt: reportedAt };
      put({ ...host, agent: changed, pending: null, dueAt: null });
      if (by !== undefined) report(REQUESTED[command], agent, reportedAt, by);
      report(command === 'disconnect' ? 'disconnected' : 'reconnected', agent, reportedAt);
    }
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
    put({ agent, switches, pending: pendingOf(agent), scanStep: stepAfter(agent, switches) });
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
      put({
        ...host,
        agent,
        switches,
        ...(patch.networkStatus === undefined ? {} : { pending: pendingOf(agent), dueAt: null }),
        ...(patch.scanStatus === undefined && patch.scan === undefined
          ? {}
          : {
              scanStep:
                host.scanStep === 'begin' && patch.scanStatus === undefined
                  ? host.scanStep
                  : stepAfter(agent, switches),
              scanDueAt: null,
            }),
      });
      settle();
      return withHeartbeat(hostOf(agent.id).agent, heartbeat());
    },
    command(command, ids, by) {
      settle();
      const accepted: string[] = [];
      const changed: string[] = [];
      for (const id of ids) {
        const host = hostOf(id);
        const { agent } = host;
        if (!takesCommands(agent)) continue;
        accepted.push(id);
        if (command === 'initiate-scan' || command === 'abort-scan') {
          const { step, changes } = stepAfterCommand(command, agent, host.scanStep);
          if (!changes) continue;
          changed.push(id);
          put({ ...host, scanStep: step, scanDueAt: null });
          continue;
        }
        const { networkStatus } = agent;
        if (networkStatus === UNDERWAY[command] || networkStatus === DONE[command]) continue;
        changed.push(id);
        const updatedAt = timestamp(clock.now());
        put({
          ...host,
          agent: { ...agent, networkStatus: UNDERWAY[command], updatedAt },
          pending: command,
          dueAt: null,
        });
        report(REQUESTED[command], agent, updatedAt, by);
      }
      return { accepted, changed };
    },
    isolate: (ids, at, by) => carryOutAt('disconnect', ids, at, by),
    release: (ids, at, by) => carryOutAt('connect', ids, at, by),
    activities() {
      settle();
      return activities;
    },
  };
}
