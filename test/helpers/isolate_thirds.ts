import type { SimulatedAgent } from './hosts';
import type { HttpAnswer } from './http';
import type { SimulatorClient } from '../simulator/client';

/** Isolated hosts of every origin: a third by Kibana, a third in SentinelOne's console, a third by a policy. */

const HOUR = 60 * 60_000;
/** Hosts in one action; the default of the settings allows as many. */
const PER_ACTION = 500;
const CONSOLE_USERS = ['Carla Console', 'Sam SOC', 'Night Shift'];
const COMMENTS = ['Beaconing to a known server', 'Ransomware note found', 'Suspicious logon'];

export interface IsolationPorts extends Pick<SimulatorClient, 'isolate' | 'advance'> {
  readonly agents: () => Promise<readonly unknown[]>;
  /** `POST /api/sentinelone_response/actions`. */
  readonly act: (body: unknown) => Promise<HttpAnswer>;
}

/**
 * Isolates `count` connected hosts. Those in the console and by policy were isolated at different times of the last
 * days. Returns the ids by origin. Throws if the tenant has too few hosts, or if Kibana refuses one.
 */
export async function isolateThirds(
  count: number,
  { agents, isolate, advance, act }: IsolationPorts,
  now: number = Date.now()
): Promise<Readonly<Record<'kibana' | 'console' | 'policy', readonly string[]>>> {
  const free = ((await agents()) as readonly SimulatedAgent[]).filter(
    ({ uuid, computerName, networkStatus, isActive, isDecommissioned, isUninstalled }) =>
      uuid !== null &&
      computerName !== null &&
      networkStatus === 'connected' &&
      isActive === true &&
      !isDecommissioned &&
      !isUninstalled
  );
  if (free.length < count) throw new Error(`The tenant has only ${free.length} connected hosts`);
  const ids = free.slice(0, count).map(({ id }) => id);
  const third = Math.ceil(count / 3);
  const parts = {
    kibana: ids.slice(0, third),
    console: ids.slice(third, 2 * third),
    policy: ids.slice(2 * third),
  };
  for (let at = 0; at < third; at += PER_ACTION) {
    const hosts = parts.kibana.slice(at, at + PER_ACTION).map((agentId) => ({ agentId }));
    const comment = COMMENTS[(at / PER_ACTION) % COMMENTS.length]!;
    const answer = await act({ action: 'isolate', hosts, comment });
    if (answer.status !== 200) throw new Error(`Isolating: ${answer.status} ${answer.text}`);
  }
  // The agents need a moment to carry it out.
  await advance(2_000);
  const ago = (hours: number) => new Date(now - hours * HOUR).toISOString();
  const batches = (list: readonly string[]) =>
    CONSOLE_USERS.map((_, n) => list.filter((__, at) => at % CONSOLE_USERS.length === n));
  for (const [n, some] of batches(parts.console).entries()) {
    if (some.length > 0) await isolate({ ids: some, by: CONSOLE_USERS[n]!, at: ago(1 + 20 * n) });
  }
  for (const [n, some] of batches(parts.policy).entries()) {
    if (some.length > 0) await isolate({ ids: some, at: ago(2 + 30 * n) });
  }
  return parts;
}
