import type { SimulatorCall, SimulatorClient } from '../simulator/client';

/** Agents of the simulator's fleet by the state that a test needs. */

export interface SimulatedAgent {
  readonly id: string;
  readonly uuid: string | null;
  readonly computerName: string | null;
  readonly networkStatus: string | null;
  readonly isActive: boolean | null;
  readonly isDecommissioned: boolean;
  readonly isUninstalled: boolean;
}

export interface Fleet {
  readonly all: readonly SimulatedAgent[];
  /** Connected, online, with a name and a UUID of their own. */
  readonly connected: readonly SimulatedAgent[];
  readonly isolated: readonly SimulatedAgent[];
  readonly offline: readonly SimulatedAgent[];
  readonly decommissioned: readonly SimulatedAgent[];
  readonly uninstalled: readonly SimulatedAgent[];
  /** Two or more that share one UUID. */
  readonly clones: readonly SimulatedAgent[];
}

/** The current fleet. */
export async function fleetOf(simulator: SimulatorClient): Promise<Fleet> {
  const all = (await simulator.agents()) as unknown as readonly SimulatedAgent[];
  const isClone = ({ uuid, id }: SimulatedAgent) =>
    all.some((other) => other.uuid === uuid && other.id !== id);
  const alive = all.filter(
    (agent) =>
      !agent.isDecommissioned && !agent.isUninstalled && agent.uuid !== null && !isClone(agent)
  );
  const named = alive.filter(({ computerName }) => computerName !== null);
  const online = named.filter(({ isActive }) => isActive === true);
  return {
    all,
    connected: online.filter(({ networkStatus }) => networkStatus === 'connected'),
    isolated: online.filter(({ networkStatus }) => networkStatus === 'disconnected'),
    offline: named.filter(
      ({ isActive, networkStatus }) => isActive === false && networkStatus === 'connected'
    ),
    decommissioned: all.filter((agent) => agent.isDecommissioned && !isClone(agent)),
    uninstalled: all.filter(
      (agent) => agent.isUninstalled && !agent.isDecommissioned && !isClone(agent)
    ),
    clones: all.filter(isClone),
  };
}

/** The ids that a write named, whatever form its filter had. */
export function idsOf({ body }: SimulatorCall): readonly string[] {
  const filter = (body as { filter?: { ids?: unknown } } | undefined)?.filter;
  return Array.isArray(filter?.ids) ? (filter?.ids as string[]) : [];
}

/** Every agent that any write so far has changed. */
export const affectedBy = (writes: readonly SimulatorCall[]): readonly string[] => [
  ...new Set(writes.flatMap(({ affectedIds }) => affectedIds)),
];

/**
 * Calls that do not read single agents: without those of status reconciliation for records of earlier tests, and
 * those for pages that are closed.
 */
export const generalCalls = (calls: readonly SimulatorCall[]): readonly SimulatorCall[] =>
  calls.filter(({ path, query: { parsed } }) => {
    const isAboutAgents = parsed.ids !== undefined || parsed.uuids !== undefined;
    return path !== '/activities' && !isAboutAgents;
  });
