import { ACTION_SAVED_OBJECT_TYPE } from '../../common/constants';
import type { HistoryFilter } from '../../common/history';
import { allOf, phrase } from '../saved_object_filter';
import { searched } from './search';

const FIELD = `${ACTION_SAVED_OBJECT_TYPE}.attributes`;

const is = (field: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${FIELD}.${field}: ${phrase(value)}`;

const isHost = (host: string | undefined): string | undefined =>
  host === undefined
    ? undefined
    : ['name', 'uuid', 'agentId'].map((field) => is(`hosts.${field}`, host)).join(' or ');

/** A time as the index has them, whichever of its forms was typed. */
const moment = (time: string): string => phrase(new Date(time).toISOString());

/** The filter of saved objects (KQL) for records; undefined when every record is wanted. */
export const recordFilter = ({
  action,
  outcome,
  user,
  host,
  alertId,
  from,
  to,
  search = '',
}: HistoryFilter): string | undefined =>
  allOf([
    is('action', action),
    is('hosts.outcome', outcome),
    is('actor.username', user),
    isHost(host),
    is('alertIds', alertId),
    from === undefined ? undefined : `${FIELD}.requestedAt >= ${moment(from)}`,
    to === undefined ? undefined : `${FIELD}.requestedAt < ${moment(to)}`,
    ...searched(search),
  ]);
