import type { Agent, NetworkStatus } from '../hosts/agent';
import type { ActionReading } from './action_definition';

type ReadingKind = 'reached' | 'in_progress' | 'reverting' | 'not_reached';

/** Reads an action on the network connection: by SentinelOne's network status, what it says of the action. */
export const networkReading =
  (kinds: Readonly<Record<NetworkStatus, ReadingKind>>) =>
  ({ networkStatus }: Pick<Agent, 'networkStatus'>): ActionReading => ({
    kind: networkStatus === null ? 'not_reported' : kinds[networkStatus],
  });
