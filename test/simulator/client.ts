import type { Activity } from './activities';
import type { Agent, AgentPatch } from './agent';
import { isWrite, type SimulatorCall } from './call_log';
import type { FaultRule } from './faults';
import type { HostName } from './sample_fleet';
import type { Settings } from './settings';
import type { Isolation } from './simulator';
import type { ApiToken, TokenPatch } from './tokens';

/**
 * Controls the simulator from another process, through its control API. Tests that use nothing else work
 * the same with a simulator in the workbench and with one beside an official Kibana.
 */

export type { Activity } from './activities';
export type { Agent, AgentPatch } from './agent';
export type { SimulatorCall } from './call_log';
export type { Fault, FaultKind, FaultRule } from './faults';
export type { HostName } from './sample_fleet';
export type { ApiToken } from './tokens';

export interface SimulatorClient {
  readonly url: string;
  calls(): Promise<readonly SimulatorCall[]>;
  clearCalls(): Promise<void>;
  /** The calls so far, which leave the log. */
  takeCalls(): Promise<readonly SimulatorCall[]>;
  /** The calls that sent commands to agents, whatever their result. */
  writes(): Promise<readonly SimulatorCall[]>;
  /** Queues faults; see `FaultRule`. */
  addFaults(...rules: readonly FaultRule[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** Fault rules that have calls left to meet. */
  pendingFaults(): Promise<readonly FaultRule[]>;
  agents(): Promise<readonly Agent[]>;
  /** One agent by id or UUID. Fails when there is none, or when several share the UUID. */
  agent(idOrUuid: string): Promise<Agent>;
  setAgent(idOrUuid: string, patch: AgentPatch): Promise<Agent>;
  bringOnline(idOrUuid: string): Promise<Agent>;
  takeOffline(idOrUuid: string): Promise<Agent>;
  /** Isolates agents as a user of the console does, or a policy. */
  isolate(isolation: Isolation): Promise<void>;
  release(release: Isolation): Promise<void>;
  /** The hosts with their names in alerts. */
  hosts(): Promise<readonly HostName[]>;
  /** Oldest first. */
  activities(): Promise<readonly Activity[]>;
  tokens(): Promise<readonly ApiToken[]>;
  setToken(name: string, patch: TokenPatch): Promise<ApiToken>;
  revokeToken(name: string): Promise<void>;
  /** The simulator's time, in ms since the epoch. */
  now(): Promise<number>;
  /** Puts the simulator's clock forward by so many ms. */
  advance(milliseconds: number): Promise<void>;
  /** Resets to the first state, with `changes` to its settings. */
  reset(changes?: Partial<Settings>): Promise<void>;
}

/** Asks the control API: a path below its prefix, and a body in JSON. */
export type AskControl = (
  method: string,
  path: string,
  body: string | undefined
) => Promise<{ readonly status: number; readonly text: string }>;

const overHttp =
  (base: string): AskControl =>
  async (method, path, body) => {
    const answer = await fetch(`${base}/_simulator${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body }),
    });
    return { status: answer.status, text: await answer.text() };
  };

/**
 * `url` is the simulator's base URL, and `ask` asks it without HTTP: `controlOf` does, for one in this process.
 * Every function rejects with the simulator's error text.
 */
export function simulatorClient(url: string, ask?: AskControl): SimulatorClient {
  const base = url.replace(/\/+$/, '');
  const control = ask ?? overHttp(base);

  async function call<Result>(method: string, path: string, body?: unknown): Promise<Result> {
    const { status, text } = await control(
      method,
      path,
      body === undefined ? undefined : JSON.stringify(body)
    );
    const json = JSON.parse(text) as Result | { readonly error: string };
    if (status !== 200) {
      const { error } = json as { readonly error: string };
      throw new Error(`The simulator refused ${method} ${path}: ${error}`);
    }
    return json as Result;
  }

  const pathOf = (kind: string, key: string) => `/${kind}/${encodeURIComponent(key)}`;
  const calls = () => call<readonly SimulatorCall[]>('GET', '/calls');
  const setAgent = (idOrUuid: string, patch: AgentPatch) =>
    call<Agent>('PATCH', pathOf('agents', idOrUuid), patch);

  return {
    url: base,
    calls,
    clearCalls: async () => void (await call('DELETE', '/calls')),
    takeCalls: () => call<readonly SimulatorCall[]>('DELETE', '/calls'),
    writes: async () => (await calls()).filter(isWrite),
    addFaults: async (...rules) => void (await call('POST', '/faults', rules)),
    clearFaults: async () => void (await call('DELETE', '/faults')),
    pendingFaults: () => call('GET', '/faults'),
    agents: () => call('GET', '/agents'),
    agent: (idOrUuid) => call('GET', pathOf('agents', idOrUuid)),
    setAgent,
    bringOnline: (idOrUuid) => setAgent(idOrUuid, { isActive: true }),
    takeOffline: (idOrUuid) => setAgent(idOrUuid, { isActive: false }),
    isolate: async (isolation) => void (await call('POST', '/isolations', isolation)),
    release: async (release) => void (await call('POST', '/releases', release)),
    hosts: () => call('GET', '/hosts'),
    activities: () => call('GET', '/activities'),
    tokens: () => call('GET', '/tokens'),
    setToken: (name, patch) => call('PATCH', pathOf('tokens', name), patch),
    revokeToken: async (name) => void (await call('DELETE', pathOf('tokens', name))),
    now: async () => (await call<{ now: number }>('GET', '/clock')).now,
    advance: async (milliseconds) =>
      void (await call('POST', '/clock', { advanceMs: milliseconds })),
    reset: async (changes = {}) => void (await call('POST', '/reset', changes)),
  };
}
