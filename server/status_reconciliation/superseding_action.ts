import { areOpposite } from '../../common/actions/catalogue';
import { timeOfSortKey } from '../../common/actions/record';
import type { HostLock } from '../response_actions/ports';
import { wasAccepted } from '../response_actions/host_result';
import type { LaterActions } from './resolve_outcome';
import type { LaterRecord, OpenRecord } from './ports';

/**
 * How long (ms) a host lock counts without a record: a search finds a record only a second after it
 * was written, and an action may take a while between locking and recording.
 */
const UNSEEN_FOR = 60_000;

/** Later records by agent, each with only the host of that agent. */
export function byAgent(
  records: readonly LaterRecord[]
): ReadonlyMap<string, readonly LaterRecord[]> {
  const found = new Map<string, LaterRecord[]>();
  for (const record of records) {
    for (const host of record.hosts) {
      if (host.agentId === null) continue;
      const one = { ...record, hosts: [host] };
      const known = found.get(host.agentId);
      if (known === undefined) found.set(host.agentId, [one]);
      else known.push(one);
    }
  }
  return found;
}

/**
 * The largest difference (ms) between the clocks of two Kibana nodes at which the order of their
 * records is trusted.
 */
const CLOCKS_APART = 60_000;

/**
 * Whether a later action requested the opposite on this host of `record`. `records` are later
 * records of the host, `hostLock` the last host lock on its agent. `now` in ms since the epoch. A
 * record from the future, written by a node whose clock is ahead, may be an earlier one and does
 * not count. The automatic release of `record` itself counts once it has taken effect: until then it may have to be sent
 * again, and applies only to hosts that may be isolated.
 */
export function supersedingActionOn(
  record: OpenRecord['record'],
  agentId: string,
  records: readonly LaterRecord[],
  hostLock: HostLock | undefined,
  now: number
): LaterActions {
  const opposite = records
    .filter(
      ({ sortKey, action }) =>
        sortKey > record.sortKey &&
        areOpposite(action, record.action) &&
        timeOfSortKey(sortKey) < now + CLOCKS_APART
    )
    .sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
    .flatMap((one) => {
      const host = one.hosts.find((entry) => entry.agentId === agentId);
      return host === undefined ? [] : [{ one, host }];
    });
  const isUndecided = ({ one, host }: (typeof opposite)[number]): boolean =>
    host.outcome === 'pending' ||
    (host.outcome === 'requested' && one.endsAction?.actionId === record.actionId);
  const taken = opposite.find((later) => wasAccepted(later.host) && !isUndecided(later));
  if (taken !== undefined) {
    const { actionId, action, actor, requestedAt } = taken.one;
    return {
      kind: 'superseded',
      by: { actionId, action, username: actor.username, requestedAt },
    };
  }
  if (opposite.some(isUndecided)) return { kind: 'contested' };
  const isUnseen =
    hostLock !== undefined &&
    areOpposite(hostLock.action, record.action) &&
    hostLock.actionId !== record.actionId &&
    !records.some(({ actionId }) => actionId === hostLock.actionId) &&
    Math.abs(now - Date.parse(hostLock.since)) < UNSEEN_FOR;
  return { kind: isUnseen ? 'contested' : 'none' };
}
