import type { Agent } from '../../common/hosts/agent';
import { agentWith } from './sample_hosts';
import { processClock } from '../../server/lib/clock';
import { readBudget, STATUS_LIMITS } from '../../server/lib/read_budget';
import { isUserError } from '../../server/lib/typed_error';
import { HostStatusCache } from '../../server/host_status/host_status_cache';
import type { FetchAgents, Viewer } from '../../server/host_status/host_status_query';

/** A host status cache with a SentinelOne in memory, on Jest's fake clock. */

export const agentOf = (uuid: string, id: string): Agent =>
  agentWith({ id, uuid, computerName: `host-${id}` });

/** Agents with the ids 0 to 249 and the UUIDs u0 to u249. */
export const FLEET = Array.from({ length: 250 }, (_, n) => agentOf(`u${n}`, String(n)));

export interface AskedCall {
  readonly user: string;
  readonly at: number;
  readonly values: readonly string[];
  readonly kind: 'uuids' | 'ids';
}

/** What SentinelOne does with a call. */
export type Behaviour = (call: AskedCall) => Promise<void>;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const never = () => new Promise<never>(() => {});
/** Lets time pass, with everything that is due in it. */
export const passes = (ms: number) => jest.advanceTimersByTimeAsync(ms);

export function boardOf(behave: Behaviour = async () => {}) {
  const calls: AskedCall[] = [];
  const now = () => performance.now();
  const cache = new HostStatusCache({
    clock: processClock('node-1', now),
    timeOfDay: () => Date.now(),
    budget: readBudget(STATUS_LIMITS, now),
    isViewersOwn: isUserError,
  });
  const askAs =
    (user: string): FetchAgents =>
    async ({ uuids, ids }) => {
      const call: AskedCall = {
        user,
        at: now(),
        values: uuids ?? ids ?? [],
        kind: uuids === undefined ? 'ids' : 'uuids',
      };
      calls.push(call);
      await behave(call);
      const { values } = call;
      return FLEET.filter(({ uuid, id }) => values.includes(uuids === undefined ? id : uuid!));
    };
  const viewer = (user: string, changes: Partial<Viewer> = {}): Viewer => ({
    user,
    authorize: async () => {},
    ask: askAs(user),
    fresh: false,
    ...changes,
  });
  /** How a question ends, and when (ms after it was asked). */
  const ask = async (user: string, uuids: readonly string[], changes: Partial<Viewer> = {}) => {
    const from = now();
    try {
      const references = uuids.map((uuid) => ({ uuid }));
      const value = await cache.statusOf(references, viewer(user, changes));
      return { states: value.hosts.map(({ state }) => state), value, took: now() - from };
    } catch (error) {
      return { error, took: now() - from };
    }
  };
  return { cache, ask, viewer, calls, now };
}
