import type { IsolationActivity } from '../../common/api/connector';
import type { IsolatedHost } from '../../common/api/hosts';
import type { Agent } from '../../common/hosts/agent';
import type { RecordedIsolation } from './recorded_isolations';

/**
 * Decides whether Kibana's record describes the current isolation of a host, or an earlier one that was ended outside
 * Kibana before the host was isolated again. Makes no requests.
 */

/**
 * The largest difference (ms) between the clocks of Kibana and SentinelOne. A reading may be older than a record by
 * this time.
 */
const CLOCKS_DIFFER = 2 * 60_000;

const timeIn = (iso: string | null | undefined): number | undefined =>
  iso === null || iso === undefined ? undefined : Date.parse(iso);

/** Whether Kibana read the isolation from SentinelOne at least two minutes before `now` (ms since the epoch). */
const wasConfirmedBefore = ({ confirmedAt }: RecordedIsolation, now: number): boolean =>
  confirmedAt !== undefined && now - Date.parse(confirmedAt) >= CLOCKS_DIFFER;

/**
 * `none` without a record; `begun` while the recorded isolation is in progress, and `recent` for two minutes after it
 * was confirmed. In these two cases the activity log contains nothing new about a host that was read continuously.
 * `earlier` otherwise.
 */
export type RecordAge = 'none' | 'begun' | 'recent' | 'earlier';

/** The age of the record of a host. `now` in ms since the epoch. */
export function recordAgeOf(
  recorded: RecordedIsolation | undefined,
  { networkStatus }: Pick<Agent, 'networkStatus'>,
  now: number
): RecordAge {
  if (recorded === undefined) return 'none';
  const { confirmedAt, requestedAt } = recorded;
  if (now - Date.parse(confirmedAt ?? requestedAt) >= CLOCKS_DIFFER) return 'earlier';
  if (networkStatus !== 'disconnecting') return 'recent';
  return confirmedAt === undefined ? 'begun' : 'earlier';
}

/**
 * Whether the host left the recorded isolation and is in another one. Evidence, in this order:
 * - According to the log, the host reported an isolation after this one was requested, and was connected after that.
 * - According to the log, the host was connected clearly later than Kibana read the isolation from SentinelOne.
 * - The log has no entry about the host, which is isolating although it was isolated before.
 *
 * `activity` is the log entry about the current isolation; undefined if there is none, or if the log could not be read
 * or was not read. `now` in ms since the epoch.
 */
export function isIsolatedAgain(
  recorded: RecordedIsolation,
  { networkStatus }: Pick<Agent, 'networkStatus'>,
  activity: IsolationActivity | undefined,
  now: number
): boolean {
  if (activity === undefined) {
    return networkStatus === 'disconnecting' && wasConfirmedBefore(recorded, now);
  }
  const connectedAt = timeIn(activity.connectedAt);
  if (connectedAt === undefined) return false;
  const isolatedBefore = timeIn(activity.isolatedBefore);
  // Both times are from SentinelOne's clock. The later event ended the isolation.
  if (isolatedBefore !== undefined && isolatedBefore >= Date.parse(recorded.requestedAt)) {
    return true;
  }
  const confirmedAt = timeIn(recorded.confirmedAt);
  return confirmedAt !== undefined && connectedAt - confirmedAt >= CLOCKS_DIFFER;
}

/**
 * Returns who isolated a host: from its record, unless it was isolated again outside Kibana since, else from
 * SentinelOne's activity log. `now` in ms since the epoch.
 */
export function isolatedHost(
  agent: Agent,
  recorded: RecordedIsolation | undefined,
  activity: IsolationActivity | undefined,
  now: number
): IsolatedHost {
  if (recorded !== undefined && !isIsolatedAgain(recorded, agent, activity, now)) {
    const { requestedAt: _requestedAt, confirmedAt: _confirmedAt, ...shown } = recorded;
    return { ...shown, agent, source: 'record' };
  }
  const isOwnToken = activity?.isOwnToken === true;
  // A host that is being released is no longer marked, as elsewhere. A user of the token may have acted through Kibana.
  const outside =
    agent.networkStatus === 'connecting' || isOwnToken
      ? agent
      : { ...agent, isIsolatedOutside: true };
  if (activity === undefined) return { agent: outside, source: 'outside', since: null, by: null };
  return {
    ...{ agent: outside, source: 'activity', since: activity.at, by: activity.user },
    ...(isOwnToken ? { isOwnToken } : {}),
  };
}
