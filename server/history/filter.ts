import type { HistoryFilter } from '../../common/api/history';
import { leastSortKeyAfter } from '../../common/actions/record';
import { outcomesOfStatus, type ResultStatus } from '../../common/actions/result_status';
import { allOf, anyOf, phrase } from '../kibana/saved_object_filter';
import { IN_HOSTS, searched } from './search';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';

const is = (field: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${RECORD_ATTRIBUTES}.${field}: ${phrase(value)}`;

const isHost = (host: string | undefined): string | undefined =>
  host === undefined
    ? undefined
    : ['name', 'uuid', 'agentId'].map((field) => is(`hosts.${field}`, host)).join(' or ');

/** A time as the index has them, whichever of its forms was typed. */
const moment = (time: string): string => phrase(new Date(time).toISOString());

const hasStatus = (status: ResultStatus | undefined): string | undefined =>
  status === undefined
    ? undefined
    : `${RECORD_ATTRIBUTES}.hosts.outcome: ${anyOf(outcomesOfStatus(status))}`;

/** Records that have been open for longer than so many milliseconds at `now` (ms since the epoch). */
export const openForLonger = (milliseconds: number, now: number): string => {
  const before = phrase(new Date(now - milliseconds).toISOString());
  return `${RECORD_ATTRIBUTES}.state: ("sending" or "requested") and ${RECORD_ATTRIBUTES}.requestedAt < ${before}`;
};

/** Records with a duration, and those without: open ones, and such as no host was confirmed in. */
export const WITH_DURATION = `${RECORD_ATTRIBUTES}.durationSortKey: *`;
export const WITHOUT_DURATION = `not ${WITH_DURATION}`;

const tookLonger = (milliseconds: number | undefined, now: number): string | undefined =>
  milliseconds === undefined
    ? undefined
    : `${RECORD_ATTRIBUTES}.durationSortKey >= ${leastSortKeyAfter(milliseconds)} or (${openForLonger(milliseconds, now)})`;

/**
 * The filter of saved objects (KQL) for records; undefined when every record is wanted. `now` (ms since the
 * epoch) is what the age of open records is measured by.
 */
export const recordFilter = (
  {
    actionId,
    action,
    outcome,
    status,
    longerThanMs,
    user,
    host,
    hostPart = '',
    alertId,
    from,
    to,
    search = '',
  }: HistoryFilter,
  now: number
): string | undefined =>
  allOf([
    is('actionId', actionId),
    is('action', action),
    is('hosts.outcome', outcome),
    hasStatus(status),
    tookLonger(longerThanMs, now),
    is('actor.username', user),
    isHost(host),
    is('alertIds', alertId),
    from === undefined ? undefined : `${RECORD_ATTRIBUTES}.requestedAt >= ${moment(from)}`,
    to === undefined ? undefined : `${RECORD_ATTRIBUTES}.requestedAt < ${moment(to)}`,
    ...searched(hostPart, IN_HOSTS),
    ...searched(search),
  ]);
