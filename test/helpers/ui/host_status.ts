import type { Agent, NetworkStatus } from '../../../common/hosts/agent';
import type { ActionAnswer } from '../../../common/api/cases';
import type { ActionName } from '../../../common/actions/action_name';
import type { HostsStatus } from '../../../common/api/routes';
import { agentWith, AGENT_ID, UUID } from '../sample_hosts';
import type { Exchange } from '../../../public/lib/first_answers';

/**
 * One host, several Kibana nodes with independent clocks, and the answers that a browser receives from them. All times
 * are milliseconds on the browser's clock; a node's clock is ahead of it by `offset`.
 */

/** What SentinelOne reports from this time on. */
export interface Change {
  readonly at: number;
  readonly networkStatus: NetworkStatus;
}

export const statusAt = (changes: readonly Change[], at: number): NetworkStatus =>
  changes.reduce<NetworkStatus>(
    (status, change) => (change.at <= at ? change.networkStatus : status),
    'connected'
  );

export interface Node {
  readonly clock: string;
  readonly offset: number;
}

/** An answer that arrives at the browser. */
export type Arrival =
  | {
      readonly kind: 'status';
      readonly at: number;
      readonly readAt: number;
      readonly answer: HostsStatus;
      readonly exchange: Exchange;
    }
  | {
      readonly kind: 'accepted';
      readonly at: number;
      readonly action: ActionName;
      readonly answer: ActionAnswer;
      readonly exchange: Exchange;
    };

export interface Read {
  readonly sentAt: number;
  /** Milliseconds from the browser to Kibana, and from Kibana to the browser. */
  readonly upstream: number;
  readonly downstream: number;
  /** When the reading began, relative to when Kibana received the request; negative for a shared reading. */
  readonly began: number;
  /** How long SentinelOne took, and at which fraction of this time (0 to 1) it read the status. */
  readonly took: number;
  readonly moment: number;
}

/** The answer to a request for the host's status. */
export function statusArrival(
  { sentAt, upstream, downstream, began, took, moment }: Read,
  changes: readonly Change[],
  { clock, offset }: Node,
  isActive = true
): Arrival {
  const receivedAt = sentAt + upstream;
  const readAt = receivedAt + began;
  const networkStatus = statusAt(changes, readAt + took * moment);
  const at = Math.max(receivedAt, readAt + took) + downstream;
  const agent: Agent = agentWith({ networkStatus, isActive });
  return {
    kind: 'status',
    at,
    readAt,
    exchange: { sentAt, answeredAt: at },
    answer: {
      hosts: [
        { state: 'known', agent, readAt: readAt + offset, answeredAt: readAt + took + offset },
      ],
      asOf: new Date(1_700_000_000_000 + readAt).toISOString(),
      receivedAt: { clock, at: receivedAt + offset },
      tenant: 'https://example.sentinelone.net',
    },
  };
}

export interface Acceptance {
  readonly action: ActionName;
  readonly sentAt: number;
  readonly acceptedAt: number;
  /** Milliseconds until Kibana has SentinelOne's answer, and then until the browser has Kibana's. */
  readonly noticed: number;
  readonly downstream: number;
}

/** The answer to an action that SentinelOne accepted. */
export function acceptedArrival(
  { action, sentAt, acceptedAt, noticed, downstream }: Acceptance,
  { clock, offset }: Node
): Arrival {
  const at = acceptedAt + noticed + downstream;
  return {
    kind: 'accepted',
    at,
    action,
    exchange: { sentAt, answeredAt: at },
    answer: {
      actionId: 'action',
      hosts: [{ uuid: UUID, agentId: AGENT_ID, name: 'web-7', outcome: 'requested' }],
      requestedAt: '2024-07-03T03:44:00.000Z',
      acceptedAt: { clock, at: acceptedAt + noticed + offset },
    },
  };
}
