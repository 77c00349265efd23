import { ACTION_SAVED_OBJECT_TYPE } from '../../common/constants';
import type { HistoryFilter } from '../../common/history';
import { allOf, phrase } from '../saved_object_filter';

const FIELD = `${ACTION_SAVED_OBJECT_TYPE}.attributes`;
const WORDS = 10;

/** Searched by the beginnings of their words; the last ones by their own beginning. */
const SEARCHED = [
  'comment',
  'override.comment',
  'hosts.name.text',
  'actor.username.text',
  'hosts.uuid',
  'hosts.agentId',
  'actionId',
];

/**
 * Words as the index has them: letters and digits, and the dots and underscores that hold a name
 * together. Nothing that is left has a meaning in KQL.
 */
const wordsOf = (search: string): readonly string[] =>
  (search.toLowerCase().match(/[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*/gu) ?? []).slice(0, WORDS);

const containing = (word: string): string =>
  SEARCHED.map((field) => `${FIELD}.${field}: ${word}*`).join(' or ');

const is = (field: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${FIELD}.${field}: ${phrase(value)}`;

/** An agent's or an action's, which is one word although its parts are not. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What must hold for a search: its words, each of them somewhere; of an id, all of it. */
const searched = (search: string): readonly string[] => {
  const id = search.trim().toLowerCase();
  return UUID.test(id)
    ? [['actionId', 'hosts.uuid'].map((field) => is(field, id)).join(' or ')]
    : wordsOf(search).map(containing);
};

const isHost = (host: string | undefined): string | undefined =>
  host === undefined
    ? undefined
    : ['name', 'uuid', 'agentId'].map((field) => is(`hosts.${field}`, host)).join(' or ');

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
    from === undefined ? undefined : `${FIELD}.requestedAt >= ${phrase(from)}`,
    to === undefined ? undefined : `${FIELD}.requestedAt < ${phrase(to)}`,
    ...searched(search),
  ]);
