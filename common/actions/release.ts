import type { ActionDefinition } from './action_definition';
import { networkReading } from './network_reading';
import { releaseTexts } from './release_texts';

/** Connects an isolated host to the network again. */
export const release: ActionDefinition = {
  subAction: 'releaseHost',
  route: '/internal/sentinelone_response/hosts/_release',
  opposite: 'isolate',
  property: 'network',
  sentinelOne: {
    path: '/agents/actions/connect',
    permission: 'Endpoints.reconnectToNetwork',
    isRequired: true,
  },
  privilege: { id: 'release_host', api: 'sentineloneResponse-release', capability: 'release' },
  // A protected host that was isolated under an override can always be released.
  isHeldBackByProtection: false,
  canEndAutomatically: false,
  parameters: 'the parameters of a release',
  read: networkReading({
    connected: 'reached',
    connecting: 'in_progress',
    disconnected: 'not_reached',
    disconnecting: 'reverting',
  }),
  activities: { reached: 'reconnected', reverted: 'disconnected' },
  statuses: {
    inProgress: { online: 'releasing', offline: 'release_pending' },
    reached: ['connected', 'offline'],
  },
  icon: 'lockOpen',
  color: 'primary',
  chartColor: 0,
  words: { verb: 'release', done: 'released', pending: 'releasing' },
  texts: releaseTexts,
};
