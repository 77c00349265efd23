import type { HistoryFilter } from '../../common/api/history';
import { leastSortKeyAfter } from '../../common/actions/record';
import { outcomesOfStatus, type ResultStatus } from '../../common/actions/record_summary';
import { allOf, anyOf, phrase, startsWith } from '../kibana/saved_object_filter';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';

/** Converts a search text for records to a filter of saved objects (KQL). */

const WORDS = 10;

/** The fields that a search uses. */
export interface SearchedFields {
  /** Fields that Elasticsearch's standard analyzer splits into words in lower case. */
  readonly texts: readonly string[];
  /** Fields that are one word each, in lower case. */
  readonly ids: readonly string[];
  /** Those of them that contain UUIDs. */
  readonly uuids: readonly string[];
  /** Whole names, in their original case. */
  readonly names: readonly string[];
}

const ANYWHERE: SearchedFields = {
  texts: ['comment', 'override.comment', 'hosts.name.text', 'actor.username.text'],
  ids: ['hosts.uuid', 'hosts.agentId', 'actionId'],
  uuids: ['actionId', 'hosts.uuid'],
  names: ['hosts.name', 'actor.username'],
};

/** Fields for a search for hosts only. */
const IN_HOSTS: SearchedFields = {
  texts: ['hosts.name.text'],
  ids: ['hosts.uuid', 'hosts.agentId'],
  uuids: ['hosts.uuid'],
  names: ['hosts.name'],
};

/** A UUID of an agent or action. It is indexed as one word, unlike its parts. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const IDEOGRAPHS = '\\p{sc=Han}\\p{sc=Hiragana}';
const KATAKANA = '\\p{sc=Katakana}\\u30fc';
const WITHOUT_BLANKS = '\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const MARKS = '[\\p{M}\\p{Cf}]*';
/**
 * The smallest words into which a text can be split: each ideograph, and sequences of Katakana with the underscores
 * before it, of scripts without blanks, and of all other letters, digits and underscores, including combining marks and
 * invisible characters.
 */
const SMALLEST = new RegExp(
  [
    `[${IDEOGRAPHS}]${MARKS}`,
    `(?:\\p{Pc}${MARKS})*(?:[${KATAKANA}]${MARKS})+`,
    `(?:[${WITHOUT_BLANKS}]${MARKS})+`,
    `(?:(?![${IDEOGRAPHS}${KATAKANA}${WITHOUT_BLANKS}])[\\p{Alphabetic}\\p{Nd}\\p{Pc}]${MARKS})+`,
  ].join('|'),
  'gu'
);

/**
 * The possible beginnings of an indexed word, for each of the smallest words. Whether a character between two of them
 * separates them depends on its neighbours: `web01.example.com` is `web01` and `example.com`, `ticket:INC` is one word.
 * So a search for `example` in it uses `example` and `web01.example`.
 */
function waysToFind(text: string): ReadonlyArray<readonly string[]> {
  const found = [...text.matchAll(SMALLEST)].filter(([word]) =>
    /[\p{Alphabetic}\p{Nd}]/u.test(word)
  );
  let starts: number[] = [];
  let end = 0;
  return found.map(({ 0: word, index = 0 }) => {
    const isApart = [...text.slice(end, index)].length > 1;
    starts = [index, ...(isApart ? [] : starts)];
    end = index + word.length;
    return starts.map((start) => text.slice(start, end));
  });
}

/** The condition that one of the fields has one of the values. */
const someHas = (fields: readonly string[], values: readonly string[]): string =>
  fields.map((field) => `${RECORD_ATTRIBUTES}.${field}: (${values.join(' or ')})`).join(' or ');

/**
 * The conditions of a search among `fields`, all of which must match; none for a blank search. A record matches if a
 * host or user has exactly this name, or if it contains every part between blanks: as Elasticsearch splits it into
 * words, or as the beginning of a word. A search without words finds only identical names.
 *
 * Kibana needs three times as long to parse a filter for each level of brackets, so each condition repeats the names.
 */
export function searched(search: string, fields: SearchedFields = ANYWHERE): readonly string[] {
  const text = search.trim();
  if (text === '') return [];
  const called = someHas(fields.names, [phrase(search)]);
  if (UUID.test(text)) {
    return [`${called} or ${someHas(fields.uuids, [phrase(text.toLowerCase())])}`];
  }
  const conditions = text.split(/\s+/).flatMap((part) =>
    waysToFind(part).map((ways) => {
      const texts = someHas(fields.texts, [phrase(part), ...ways.map(startsWith)]);
      const ids = someHas(
        fields.ids,
        ways.map((way) => startsWith(way.toLowerCase()))
      );
      return `${called} or ${texts} or ${ids}`;
    })
  );
  return conditions.length === 0
    ? [`${called} or ${someHas(fields.texts, [phrase(text)])}`]
    : conditions.slice(0, WORDS);
}

const is = (field: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${RECORD_ATTRIBUTES}.${field}: ${phrase(value)}`;

const isHost = (host: string | undefined): string | undefined =>
  host === undefined
    ? undefined
    : ['name', 'uuid', 'agentId'].map((field) => is(`hosts.${field}`, host)).join(' or ');

/** A time in the format of the index, regardless of the form that was entered. */
const moment = (time: string): string => phrase(new Date(time).toISOString());

const hasStatus = (status: ResultStatus | undefined): string | undefined =>
  status === undefined
    ? undefined
    : `${RECORD_ATTRIBUTES}.hosts.outcome: ${anyOf(outcomesOfStatus(status))}`;

/**
 * The condition for records that have been open for longer than this many milliseconds at `now` (ms since the epoch).
 */
export const openLongerThan = (milliseconds: number, now: number): string => {
  const before = phrase(new Date(now - milliseconds).toISOString());
  return `${RECORD_ATTRIBUTES}.state: ("sending" or "requested") and ${RECORD_ATTRIBUTES}.requestedAt < ${before}`;
};

/** Records with a duration, and records without: open ones, and those without a confirmed host. */
export const WITH_DURATION = `${RECORD_ATTRIBUTES}.durationSortKey: *`;
export const WITHOUT_DURATION = `not ${WITH_DURATION}`;

const tookLonger = (milliseconds: number | undefined, now: number): string | undefined =>
  milliseconds === undefined
    ? undefined
    : `${RECORD_ATTRIBUTES}.durationSortKey >= ${leastSortKeyAfter(milliseconds)} or (${openLongerThan(milliseconds, now)})`;

/**
 * Returns the filter of saved objects (KQL) for records; undefined for all records. `now` (ms since the epoch)
 * determines the age of open records.
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
