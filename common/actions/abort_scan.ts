import type { ReadAgent } from '../hosts/host_property';
import type { ActionDefinition, ActionReading } from './action_definition';
import { abortScanTexts } from './abort_scan_texts';

/** An agent reports the end of its scan, and no sign of the command before that. */
function read({ scanStatus, isActive }: ReadAgent, requestedAt?: string): ActionReading {
  if (scanStatus === null) return { kind: 'not_reported' };
  // An agent that is offline may have begun a scan, or ended it, since it last reported.
  if (requestedAt !== undefined && isActive === false) return { kind: 'undetermined' };
  return { kind: scanStatus === 'started' ? 'not_reached' : 'reached' };
}

/** Aborts the full disk scan that runs on a host. */
export const abortScan: ActionDefinition = {
  subAction: 'abortScan',
  route: '/internal/sentinelone_response/hosts/_abort_scan',
  opposite: 'scan',
  property: 'scan',
  sentinelOne: {
    path: '/agents/actions/abort-scan',
    permission: 'Endpoints.abortScan',
    isRequired: false,
  },
  privilege: {
    id: 'abort_scan',
    api: 'sentineloneResponse-abortScan',
    capability: 'abortScan',
  },
  isHeldBackByProtection: false,
  canEndAutomatically: false,
  parameters: 'the parameters of aborting a scan',
  read,
  statuses: {
    inProgress: { online: 'aborting_scan', offline: 'abort_pending' },
    reached: ['not_scanned', 'scan_finished', 'scan_aborted'],
  },
  icon: 'stop',
  color: 'danger',
  chartColor: 7,
  words: { verb: 'stop scanning', done: 'no longer scanning', pending: 'aborting their scan' },
  texts: abortScanTexts,
};
