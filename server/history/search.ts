import { beginning, phrase } from '../kibana/saved_object_filter';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';

/** Converts a search text for records to a filter of saved objects (KQL). */

const WORDS = 10;

/** Where a search looks. */
export interface SearchedFields {
  /** Elasticsearch's standard analyzer made words of these, in lower case. */
  readonly texts: readonly string[];
  /** These are one word, whatever is in them. Their letters are small. */
  readonly ids: readonly string[];
  /** Those of them that hold UUIDs. */
  readonly uuids: readonly string[];
  /** Names as a whole, in the case they are written in. */
  readonly names: readonly string[];
}

const ANYWHERE: SearchedFields = {
  texts: ['comment', 'override.comment', 'hosts.name.text', 'actor.username.text'],
  ids: ['hosts.uuid', 'hosts.agentId', 'actionId'],
  uuids: ['actionId', 'hosts.uuid'],
  names: ['hosts.name', 'actor.username'],
};

/** For what is looked for among hosts alone. */
export const IN_HOSTS: SearchedFields = {
  texts: ['hosts.name.text'],
  ids: ['hosts.uuid', 'hosts.agentId'],
  uuids: ['hosts.uuid'],
  names: ['hosts.name'],
};

/** An agent's or an action's, which is one word although its parts are not. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const IDEOGRAPHS = '\\p{sc=Han}\\p{sc=Hiragana}';
const KATAKANA = '\\p{sc=Katakana}\\u30fc';
const WITHOUT_BLANKS = '\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const MARKS = '[\\p{M}\\p{Cf}]*';
/**
 * The smallest words that any text may be cut into: each ideograph, stretches of Katakana with the underscores before
 * it, of scripts without blanks, and of all other letters, digits and underscores, with the marks and invisible signs
 * among them.
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
 * Where a word may begin in the index, for each of the smallest words. Whether the sign between two of them
 * divides them depends on what it stands between: `web01.example.com` is `web01` and `example.com`,
 * `ticket:INC` is one word. So `example` is looked for as `example` and as `web01.example`.
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

/** That one of the fields has one of the values. */
const someHas = (fields: readonly string[], values: readonly string[]): string =>
  fields.map((field) => `${RECORD_ATTRIBUTES}.${field}: (${values.join(' or ')})`).join(' or ');

/**
 * The conditions of a search among `fields`, all of which must match; none for a blank search. A record matches if a
 * host or user has exactly this name, or if it contains every part between blanks: as Elasticsearch splits it into
 * words, or as the beginning of a word. A search without words finds only identical names.
 *
 * Kibana takes three times as long to read a filter for every level of brackets, so the names stand in each
 * of the conditions.
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
      const texts = someHas(fields.texts, [phrase(part), ...ways.map(beginning)]);
      const ids = someHas(
        fields.ids,
        ways.map((way) => beginning(way.toLowerCase()))
      );
      return `${called} or ${texts} or ${ids}`;
    })
  );
  return conditions.length === 0
    ? [`${called} or ${someHas(fields.texts, [phrase(text)])}`]
    : conditions.slice(0, WORDS);
}
