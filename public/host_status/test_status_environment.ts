import type { Agent, NetworkStatus } from '../../common/hosts/agent';
import type { ActionAnswer } from '../../common/api/cases';
import type { ActionName } from '../../common/actions/action_name';
import type { HostsStatus } from '../../common/api/routes';
import { agentWith, AGENT_ID, UUID } from '../../test/helpers/sample_hosts';
import type { Exchange } from './moment';

/**
 * One host, some Kibana nodes whose clocks agree in nothing, and what a browser gets to hear of them, when. All times
 * are ms on the browser's clock; a node's clock is ahead of it by `offset`.
 */

/** What SentinelOne reports from a moment on. */
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
  /** Until Kibana has the request, and then the answer takes so long from there to the browser. */
  readonly upstream: number;
  readonly downstream: number;
  /** How long before or after Kibana had the request the reading began; before: it is a shared one. */
  readonly began: number;
  /** How long SentinelOne took. It reports what was so at some moment in between. */
  readonly took: number;
  readonly moment: number;
}

/** An answer to a question for the host's status. */
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
  /** Until Kibana has SentinelOne's answer, and then until the browser has Kibana's. */
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
      acceptedAt: { clock, at: acceptedAt + noticed + offset },
    },
  };
}
