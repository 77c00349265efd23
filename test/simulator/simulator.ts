import type { Activity } from './activities';
import type { Agent, AgentPatch } from './agent';
import { handleCall, type Delivery, type Sleep, type Environment } from './api';
import { createCallLog, isWrite, type SimulatorCall } from './call_log';
import { createClock } from './clock';
import { CONTROL_PREFIX, handleControl } from './control';
import { createFaultQueue, type FaultQueue, type FaultRule } from './faults';
import { createRateLimiter } from './rate_limits';
import { routeExists } from './routes';
import type { HostName } from './sample_fleet';
import { createHttpServer, type IncomingCall } from './server';
import { resolveSettings, seedsOf, type Settings } from './settings';
import { createState, type State } from './state';
import { createTokenStore, type TokenStore } from './tokens';

export interface SimulatorOptions extends Partial<Settings> {
  /** The address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** Whether the control API answers other addresses too; default: this machine's only. */
  readonly openControl?: boolean;
  /** The time in ms since the epoch; default the machine's. */
  readonly now?: () => number;
}

/** An isolation or a release in SentinelOne's console, or by a policy. */
export interface Isolation {
  readonly ids: readonly string[];
  /** The user of the console; none for a policy. */
  readonly by?: string;
  /** ISO 8601: when it happened. Default: now. */
  readonly at?: string;
}

const CONSOLE_USER_ID = '1402053563466777999';

/** A SentinelOne Management API server, with functions that control it. */
export interface Simulator {
  /** Listens; port 0, the default, takes a free one. Returns the base URL, without `/web/api/v2.1`. */
  start(port?: number): Promise<string>;
  stop(): Promise<void>;
  /** The base URL. Throws before `start`. */
  readonly url: string;

  agents(): readonly Agent[];
  /** One agent by id or UUID. Throws when there is none, or when several share the UUID. */
  agent(idOrUuid: string): Agent;
  /** Changes fields or switches of an agent; the call log does not contain it. */
  setAgent(idOrUuid: string, patch: AgentPatch): Agent;
  bringOnline(idOrUuid: string): Agent;
  takeOffline(idOrUuid: string): Agent;
  /** Isolates agents without a call to the API: see `Isolation`. */
  isolate(isolation: Isolation): void;
  release(release: Isolation): void;
  activities(): readonly Activity[];
  /** The hosts with their names in alerts. */
  hosts(): readonly HostName[];

  readonly calls: readonly SimulatorCall[];
  clearCalls(): void;
  /** The calls that sent commands to agents, whatever their result. */
  writes(): readonly SimulatorCall[];

  readonly faults: Pick<FaultQueue, 'add' | 'clear' | 'pending'>;
  readonly tokens: Pick<TokenStore, 'list' | 'get' | 'set' | 'revoke'>;

  /** The simulator's time, in ms since the epoch. */
  now(): number;
  /** Puts the clock forward: what agents were about to do in that time is done. */
  advance(milliseconds: number): void;
  /** Resets to the first state, with `changes` to its settings: agents, activities, calls, faults, tokens, clock. */
  reset(changes?: Partial<Settings>): void;
}

/** Makes a simulator. Throws for an option that does not exist. */
export function createSimulator({
  host,
  openControl = false,
  now,
  ...options
}: SimulatorOptions = {}): Simulator {
  const clock = createClock(now ?? Date.now);
  const log = createCallLog();
  let url: string | undefined;

  function createEnvironment(settings: Settings): Environment {
    return {
      settings,
      clock,
      log,
      state: createState(seedsOf(settings.fleet, clock.now()), settings, clock),
      tokens: createTokenStore(settings.tokens, clock),
      faults: createFaultQueue(routeExists),
      limit: createRateLimiter(settings.rateLimits, clock),
    };
  }
  let environment = createEnvironment(resolveSettings(options));

  function inConsole({ ids, by, at }: Isolation): Parameters<State['isolate']> {
    const time = at === undefined ? clock.now() : Date.parse(at);
    if (!Array.isArray(ids) || Number.isNaN(time)) {
      throw new Error('An isolation has "ids", and "at" is an ISO 8601 time');
    }
    return [ids, time, by === undefined ? undefined : { id: CONSOLE_USER_ID, name: by }];
  }

  const handle = async (request: IncomingCall, sleep: Sleep): Promise<Delivery> => {
    const isControl = request.url.startsWith(`${CONTROL_PREFIX}/`);
    return isControl ? handleControl(simulator, request) : handleCall(environment, request, sleep);
  };
  const server = createHttpServer(handle, { anyAddressIsLocal: openControl });

  const simulator: Simulator = {
    async start(port = 0) {
      url = await server.start(port, host ?? '127.0.0.1');
      return url;
    },
    async stop() {
      url = undefined;
      await server.stop();
    },
    get url() {
      if (url === undefined) throw new Error('The simulator is not running');
      return url;
    },
    agents: () => environment.state.agents(),
    agent: (idOrUuid) => environment.state.agent(idOrUuid),
    setAgent: (idOrUuid, patch) => environment.state.setAgent(idOrUuid, patch),
    bringOnline: (idOrUuid) => environment.state.setAgent(idOrUuid, { isActive: true }),
    takeOffline: (idOrUuid) => environment.state.setAgent(idOrUuid, { isActive: false }),
    isolate: (isolation) => environment.state.isolate(...inConsole(isolation)),
    release: (release) => environment.state.release(...inConsole(release)),
    activities: () => environment.state.activities(),
    hosts: () =>
      environment.state.agents().map(({ id, uuid, computerName }) => ({
        uuid: uuid ?? '',
        id,
        name: environment.state.switchesOf(id).nameInAlerts ?? computerName ?? '',
      })),
    get calls() {
      return log.calls;
    },
    clearCalls: () => log.clear(),
    writes: () => log.calls.filter(isWrite),
    faults: {
      add: (rule: FaultRule) => environment.faults.add(rule),
      clear: () => environment.faults.clear(),
      pending: () => environment.faults.pending(),
    },
    tokens: {
      list: () => environment.tokens.list(),
      get: (name) => environment.tokens.get(name),
      set: (name, patch) => environment.tokens.set(name, patch),
      revoke: (name) => environment.tokens.revoke(name),
    },
    now: () => clock.now(),
    advance: (milliseconds) => clock.advance(milliseconds),
    reset(changes = {}) {
      const settings = resolveSettings({ ...options, ...changes });
      clock.reset();
      log.clear();
      environment = createEnvironment(settings);
    },
  };
  return simulator;
}
