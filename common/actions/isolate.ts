import type { ActionDefinition } from './action_definition';
import { isolateTexts } from './isolate_texts';
import { networkReading } from './network_reading';

/** Disconnects a host from the network; only SentinelOne still reaches it. */
export const isolate: ActionDefinition = {
  subAction: 'isolateHost',
  route: '/internal/sentinelone_response/hosts/_isolate',
  opposite: 'release',
  property: 'network',
  sentinelOne: {
    path: '/agents/actions/disconnect',
    permission: 'Endpoints.disconnectFromNetwork',
    isRequired: true,
  },
  privilege: { id: 'isolate_host', api: 'sentineloneResponse-isolate', capability: 'isolate' },
  isHeldBackByProtection: true,
  canEndAutomatically: true,
  parameters: 'the parameters of an isolation',
  read: networkReading({
    connected: 'not_reached',
    disconnecting: 'in_progress',
    disconnected: 'reached',
    connecting: 'reverting',
  }),
  activities: {
    reached: 'disconnected',
    reverted: 'reconnected',
    failed: { kind: 'unableToDisconnect', reason: 'unable_to_disconnect' },
  },
  statuses: {
    inProgress: { online: 'isolating', offline: 'isolation_pending' },
    reached: ['isolated'],
  },
  icon: 'lock',
  color: 'danger',
  chartColor: 9,
  words: { verb: 'isolate', done: 'isolated', pending: 'isolating' },
  texts: isolateTexts,
};
