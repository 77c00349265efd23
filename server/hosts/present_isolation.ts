import type { IsolationActivity } from '../../common/api/connector';
import type { IsolatedHost } from '../../common/api/hosts';
import type { Agent } from '../../common/hosts/agent';
import type { RecordedIsolation } from './recorded_isolations';

/**
 * Whether Kibana's record describes the isolation that a host is in now, or one that somebody ended outside Kibana
 * before the host was isolated again. Makes no requests.
 */

/** By how much (ms) the clocks of Kibana and SentinelOne may differ, and so long a reading may be older than a record. */
const CLOCKS_DIFFER = 2 * 60_000;

const timeIn = (iso: string | null | undefined): number | undefined =>
  iso === null || iso === undefined ? undefined : Date.parse(iso);

/** Whether SentinelOne was seen to report the isolation, at least two minutes before `now` (ms since the epoch). */
const wasConfirmedBefore = ({ confirmedAt }: RecordedIsolation, now: number): boolean =>
  confirmedAt !== undefined && now - Date.parse(confirmedAt) >= CLOCKS_DIFFER;

/**
 * `none` without a record; `begun` while the recorded isolation is on its way, and `recent` for two minutes after it was
 * confirmed: then the activity log has nothing to add about a host that was looked at all the time. `earlier` otherwise.
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
 * Whether the host left the recorded isolation and is in another one. The evidence is, in this order:
 * - The log says that the host reported an isolation after this one was requested, and was connected after that.
 * - The log says that the host was connected clearly later than SentinelOne was seen to report the isolation.
 * - The log says nothing of the host, which is isolating although it was isolated before.
 *
 * `activity` is what the log says of the present isolation; undefined if it says nothing, could not be read or was not
 * asked. `now` in ms since the epoch.
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
  // Both are times of SentinelOne's clock, and the later one is what ended the isolation.
  if (isolatedBefore !== undefined && isolatedBefore >= Date.parse(recorded.requestedAt)) {
    return true;
  }
  const confirmedAt = timeIn(recorded.confirmedAt);
  return confirmedAt !== undefined && connectedAt - confirmedAt >= CLOCKS_DIFFER;
}

/**
 * What is known of an isolated host: from its record, unless it was isolated again outside Kibana since, else from
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
