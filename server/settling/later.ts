import type { ActionRecord } from '../../common/record';
import type { Claim } from '../response_actions/ports';
import { wasTaken } from '../response_actions/was_taken';
import type { Later } from './judge';

/**
 * How long (ms) a claim counts whose record is not found: a search sees a record only a second after it
 * was written, and an action may need a while between the two.
 */
const UNSEEN_FOR = 60_000;

/**
 * Whether a later action asked for the opposite on this host of `record`. `records` are later records of
 * the host, `claim` the last one on its agent: whoever holds that claim acted after everybody else.
 * `now` in ms since the epoch.
 */
export function laterOn(
  record: ActionRecord,
  agentId: string,
  records: readonly ActionRecord[],
  claim: Claim | undefined,
  now: number
): Later {
  const opposite = records
    .filter(({ order, action }) => order > record.order && action !== record.action)
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .flatMap((one) => {
      const host = one.hosts.find((entry) => entry.agentId === agentId);
      return host === undefined ? [] : [{ one, host }];
    });
  const taken = opposite.find(({ host }) => wasTaken(host));
  if (taken !== undefined) {
    const { actionId, action, actor, requestedAt } = taken.one;
    return {
      kind: 'superseded',
      by: { actionId, action, username: actor.username, requestedAt },
    };
  }
  if (opposite.some(({ host }) => host.outcome === 'pending')) return { kind: 'contested' };
  const isUnseen =
    claim !== undefined &&
    claim.action !== record.action &&
    claim.actionId !== record.actionId &&
    !records.some(({ actionId }) => actionId === claim.actionId) &&
    now - Date.parse(claim.since) < UNSEEN_FOR;
  return { kind: isUnseen ? 'contested' : 'none' };
}
