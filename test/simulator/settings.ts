import { checkPatch, makeAgent, type AgentPatch, type AgentSeed } from './agent';
import { fleetOf } from './fleet_of';
import type { RateLimits } from './rate_limits';
import { sampleFleet } from './sample_fleet';
import { SAMPLE_TOKENS, type TokenSpec } from './tokens';

/** Everything about the simulator that a test can choose; also what `POST /_simulator/reset` takes. */
export interface Settings {
  /** The sample fleet, so many connected hosts, or these agents (their gaps are filled). */
  readonly fleet: 'sample' | number | readonly AgentPatch[];
  /** How long an agent that is online takes to carry out a command, in ms. */
  readonly settleMs: number;
  /** How long a full disk scan takes on an agent that is online, in ms. */
  readonly scanMs: number;
  /** Every call takes at least so many ms. */
  readonly latencyMs: number;
  /**
   * What `disconnect` does without a condition. SentinelOne's model text says that one of ids, groupIds
   * and filterId is required, its own examples contradict it; so the default is the worst case, and
   * a client that relies on the check fails its tests.
   */
  readonly emptyDisconnect: 'everyone' | 'refused';
  /** Whether lists hold decommissioned and uninstalled agents without being asked; not documented. */
  readonly goneAgents: 'listed' | 'hidden';
  /** Takes the token from the query as well (`APIToken=`), as Kibana's own connector sends it. */
  readonly acceptTokenInUrl: boolean;
  /** None by default. `OFFICIAL_RATE_LIMITS` has SentinelOne's. */
  readonly rateLimits: RateLimits;
  readonly tokens: readonly TokenSpec[];
}

const DEFAULTS: Settings = {
  fleet: 'sample',
  settleMs: 1500,
  scanMs: 20_000,
  latencyMs: 0,
  emptyDisconnect: 'everyone',
  goneAgents: 'listed',
  acceptTokenInUrl: false,
  rateLimits: {},
  tokens: SAMPLE_TOKENS,
};

/** Fills the gaps with the defaults. Throws for a setting that does not exist or has no such value. */
export function resolveSettings(given: Partial<Settings> = {}): Settings {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(DEFAULTS, name)) throw new Error(`There is no setting "${name}"`);
  }
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined);
  const settings: Settings = { ...DEFAULTS, ...Object.fromEntries(chosen) };
  for (const name of ['settleMs', 'scanMs', 'latencyMs'] as const) {
    if (!Number.isFinite(settings[name]) || settings[name] < 0) {
      throw new Error(`"${name}" is a number of ms, 0 or more`);
    }
  }
  if (!['everyone', 'refused'].includes(settings.emptyDisconnect)) {
    throw new Error('"emptyDisconnect" is "everyone" or "refused"');
  }
  if (!['listed', 'hidden'].includes(settings.goneAgents)) {
    throw new Error('"goneAgents" is "listed" or "hidden"');
  }
  return settings;
}

/** The agents to start with. `at` (ms since the epoch) is the moment that their dates refer to. */
export function seedsOf(fleet: Settings['fleet'], at: number): readonly AgentSeed[] {
  if (fleet === 'sample') return sampleFleet(at);
  if (typeof fleet === 'number') return fleetOf(fleet, at);
  if (Array.isArray(fleet)) {
    return fleet.map((agent: AgentPatch) => {
      checkPatch(agent);
      return makeAgent(agent);
    });
  }
  throw new Error('"fleet" is "sample", a number of hosts, or a list of agents');
}
