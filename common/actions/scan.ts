import type { ReadAgent } from '../hosts/host_property';
import type { ActionDefinition, ActionReading } from './action_definition';
import { scanTexts } from './scan_texts';

/** Whether a time of SentinelOne is later than the request. */
const isAfter = (time: string | null, requestedAt: string): boolean =>
  time !== null && Date.parse(time) > Date.parse(requestedAt);

/** A scan has its end when the agent reports one that is later than the request. */
function read(
  { scanStatus, scanFinishedAt, scanAbortedAt, isActive }: ReadAgent,
  requestedAt?: string
): ActionReading {
  if (scanStatus === null) return { kind: 'not_reported' };
  if (requestedAt !== undefined && isAfter(scanFinishedAt, requestedAt)) return { kind: 'reached' };
  if (scanStatus === 'started') return { kind: 'in_progress' };
  if (requestedAt === undefined) return { kind: 'not_reached' };
  if (scanStatus === 'aborted' && isAfter(scanAbortedAt, requestedAt)) {
    return { kind: 'failed', reason: 'scan_aborted' };
  }
  return { kind: isActive === false ? 'undetermined' : 'not_reached' };
}

/** Scans all files of a host. */
export const scan: ActionDefinition = {
  subAction: 'scanHost',
  route: '/internal/sentinelone_response/hosts/_scan',
  opposite: 'abortScan',
  property: 'scan',
  sentinelOne: {
    path: '/agents/actions/initiate-scan',
    permission: 'Endpoints.initiateScan',
    isRequired: false,
  },
  privilege: { id: 'scan_host', api: 'sentineloneResponse-scan', capability: 'scan' },
  isHeldBackByProtection: false,
  canEndAutomatically: false,
  parameters: 'the parameters of a scan',
  read,
  statuses: {
    inProgress: { online: 'scan_requested', offline: 'scan_pending' },
    alsoInProgress: ['scanning', 'scanning_offline', 'aborting_scan', 'abort_pending'],
    // A host can be scanned again.
    reached: [],
  },
  icon: 'inspect',
  color: 'primary',
  chartColor: 1,
  words: { verb: 'scan', done: 'scanned', pending: 'scanning' },
  texts: scanTexts,
};
