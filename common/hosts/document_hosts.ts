import * as t from 'io-ts';
import { agentIdCodec, agentUuidCodec } from './agent';
import { LIMITS } from '../lib/constants';
import {
  DATA_STREAMS,
  DATASET_FIELDS,
  IN_ANY_DOCUMENT,
  IN_OTHER_DOCUMENTS,
  IN_OTHER_STREAMS,
  isFromSentinelOne,
  MODULE_FIELD,
  MODULES,
  type HostField,
  type HostPlace,
} from './data_streams';
import { withoutBlanksAround } from './host_name';
import { cutText, listText, visibleName, visibleText } from '../lib/text';
import { nullableString, oneOf } from '../lib/validation';
import { i18n } from '@kbn/i18n';

/** Reads the hosts of a document: an alert, or any other document with a SentinelOne agent. */

const TEXTS: Readonly<
  Record<UnusableId['problem'], (values: Omit<UnusableId, 'problem'>) => string>
> = {
  number: (values) =>
    i18n.translate('sentineloneResponse.unusableId.number', {
      defaultMessage:
        '{field} is a JSON number, read as {value}: numbers of this size are rounded, so it may be the id of another agent',
      values,
    }),
  malformed: (values) =>
    i18n.translate('sentineloneResponse.unusableId.malformed', {
      defaultMessage: '{field} is "{value}", which is no agent id or UUID',
      values,
    }),
  too_many: (values) =>
    i18n.translate('sentineloneResponse.unusableId.tooMany', {
      defaultMessage: '{field} has {value} values, which is too many for an alert about hosts',
      values,
    }),
};

/**
 * Why a document identifies no agent although it has values in agent fields: distinct sentences without a full stop
 * at the end.
 */
export const unusableIdsText = (unusableIds: readonly UnusableId[]): string =>
  listText(
    unusableIds.map(({ problem, ...values }) => TEXTS[problem](values)),
    '; '
  );

/** A host in a document, identified by its agent. */
export const documentHostCodec = t.type({
  agentUuid: nullableString,
  agentId: nullableString,
  /** All host names in the document: one of them is the name of this host. */
  hostNames: t.readonlyArray(t.string),
});
export type DocumentHost = Readonly<t.TypeOf<typeof documentHostCodec>>;

/**
 * - `number`: a JSON number. Agent ids exceed 2^53, above which JavaScript rounds numbers: it may have become the id
 *   of another agent, and the original value is lost.
 * - `malformed`: a text that is not a UUID or id.
 * - `too_many`: more values than expected in a document about single hosts.
 */
export const UNUSABLE_ID_PROBLEMS = ['number', 'malformed', 'too_many'] as const;

/** A value in an agent field that does not identify an agent. */
export const unusableIdCodec = t.type({
  field: t.string,
  /** The value as read, truncated. */
  value: t.string,
  problem: oneOf(UNUSABLE_ID_PROBLEMS),
});
export type UnusableId = Readonly<t.TypeOf<typeof unusableIdCodec>>;

export interface DocumentHosts {
  /** One per agent UUID and per agent id; a single host if the document has one of each at most. */
  readonly hosts: readonly DocumentHost[];
  /** All host names in the document. */
  readonly hostNames: readonly string[];
  readonly unusableIds: readonly UnusableId[];
}

/** Returns the values of a field as a flat list. */
export type ReadValues = (field: HostField) => readonly unknown[];

const SHOWN_CHARACTERS = 80;

/** The rows of the table that apply to a document, by its dataset or by its fields. */
function placesIn(valuesAt: ReadValues): readonly HostPlace[] {
  const datasets = DATASET_FIELDS.flatMap((field) => valuesAt(field));
  const hasValue = (field: HostField) => valuesAt(field).length > 0;
  const listed = DATA_STREAMS.filter(
    ({ datasets: own, uuid, id, name }) =>
      own.some((dataset) => datasets.includes(dataset)) ||
      [...uuid, ...id, ...name].some((field) => isFromSentinelOne(field) && hasValue(field))
  );
  if (listed.length > 0) return [IN_ANY_DOCUMENT, ...listed];
  const isOfIntegration =
    valuesAt(MODULE_FIELD).includes(MODULES[0]) ||
    datasets.some((dataset) => `${dataset}`.startsWith(`${MODULES[0]}.`));
  return [IN_ANY_DOCUMENT, isOfIntegration ? IN_OTHER_STREAMS : IN_OTHER_DOCUMENTS];
}

interface Ids {
  readonly values: readonly string[];
  readonly unusable: readonly UnusableId[];
}

/** The problem of a value that identifies no agent; undefined for an empty value. */
function unusableIn(field: HostField, value: unknown): UnusableId | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const problem = typeof value === 'number' || typeof value === 'bigint' ? 'number' : 'malformed';
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return { field, value: cutText(visibleText(shown), SHOWN_CHARACTERS), problem };
}

/** The usable and the unusable values of one field. */
function idsAt(
  valuesAt: ReadValues,
  field: HostField,
  isId: (value: unknown) => value is string
): Ids {
  const values = new Set<string>();
  const unusable = new Map<string, UnusableId>();
  for (const value of valuesAt(field)) {
    const problem = isId(value) ? undefined : unusableIn(field, value);
    if (isId(value)) values.add(value);
    else if (problem !== undefined) unusable.set(problem.value, problem);
  }
  const count = values.size + unusable.size;
  if (count > LIMITS.hostsPerDocument) {
    return { values: [], unusable: [{ field, value: String(count), problem: 'too_many' }] };
  }
  return { values: [...values], unusable: [...unusable.values()] };
}

/** The ids of the first field that has any. If no field has one, the unusable values of all fields. */
function firstIdsIn(
  valuesAt: ReadValues,
  fields: readonly HostField[],
  isId: (value: unknown) => value is string
): Ids {
  const each = fields.map((field) => idsAt(valuesAt, field, isId));
  const first = each.find(({ values }) => values.length > 0);
  return first ?? { values: [], unusable: each.flatMap(({ unusable }) => unusable) };
}

/**
 * A name as it is compared and sent: trimmed, and with hidden characters as escapes, as `agentOf` reads names from
 * SentinelOne. A name that exceeds the maximum length is truncated to a text that cannot be a host name, so that it
 * matches no host whose name has the same beginning.
 */
function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const name = visibleName(withoutBlanksAround(String(value)));
  if (name === '') return undefined;
  if (name.length <= LIMITS.hostName) return name;
  return `${cutText(name, LIMITS.hostName / 2)} (${name.length} characters)`;
}

function namesIn(valuesAt: ReadValues, fields: readonly HostField[]): readonly string[] {
  for (const field of fields) {
    const names = valuesAt(field).flatMap((value) => nameOf(value) ?? []);
    if (names.length > 0) return names;
  }
  return [];
}

const distinct = <A>(values: readonly A[]): readonly A[] => [...new Set(values)];

/**
 * The hosts of a document. If it has several UUIDs or ids, it does not show which of them and which names belong
 * together: each becomes a host of its own that may have any of the names. A look-up in SentinelOne merges those
 * that are the same agent.
 */
export function hostsOfDocument(valuesAt: ReadValues): DocumentHosts {
  const places = placesIn(valuesAt);
  const uuids = places.map(({ uuid }) => firstIdsIn(valuesAt, uuid, agentUuidCodec.is));
  const ids = places.map(({ id }) => firstIdsIn(valuesAt, id, agentIdCodec.is));
  const names = distinct(places.flatMap(({ name }) => namesIn(valuesAt, name)));
  const hostNames = names.slice(0, LIMITS.namesPerDocument);
  const unusableIds = [...uuids, ...ids].flatMap(({ unusable }) => unusable);
  const agentUuids = distinct(uuids.flatMap(({ values }) => values));
  const agentIds = distinct(ids.flatMap(({ values }) => values));
  if (agentUuids.length <= 1 && agentIds.length <= 1) {
    const [agentUuid = null] = agentUuids;
    const [agentId = null] = agentIds;
    const hosts = agentUuid === null && agentId === null ? [] : [{ agentUuid, agentId, hostNames }];
    return { hosts, hostNames, unusableIds };
  }
  const count = agentUuids.length + agentIds.length;
  if (count > LIMITS.hostsPerDocument) {
    const field = places.flatMap(({ uuid, id }) => [...uuid, ...id])[0] ?? MODULE_FIELD;
    const tooMany = { field, value: String(count), problem: 'too_many' as const };
    return { hosts: [], hostNames, unusableIds: [...unusableIds, tooMany] };
  }
  const hosts = [
    ...agentUuids.map((agentUuid) => ({ agentUuid, agentId: null, hostNames })),
    ...agentIds.map((agentId) => ({ agentUuid: null, agentId, hostNames })),
  ];
  return { hosts, hostNames, unusableIds };
}

/** The fields by which alerts and contexts identify their host. */
export interface NamedHost {
  /** The identifiers of the only host; null if the document has no agent or several hosts. */
  readonly agentUuid: string | null;
  readonly agentId: string | null;
  /** The only name; null if there is none or several. */
  readonly hostName: string | null;
  /** The hosts, only if the document has several agents, or one agent and several names. */
  readonly hosts?: readonly DocumentHost[];
  /** All names, only if there are several. */
  readonly hostNames?: readonly string[];
  /** Only if there are any. */
  readonly unusableIds?: readonly UnusableId[];
}

/**
 * The fields for an action on one host. They identify no host if the document has several, so that an action
 * requires a choice.
 */
export function namedHostOf({ hosts, hostNames, unusableIds }: DocumentHosts): NamedHost {
  const [host] = hosts;
  const isOne = hosts.length <= 1 && hostNames.length <= 1;
  return {
    agentUuid: isOne ? (host?.agentUuid ?? null) : null,
    agentId: isOne ? (host?.agentId ?? null) : null,
    hostName: hostNames.length === 1 ? hostNames[0]! : null,
    ...(isOne || hosts.length === 0 ? {} : { hosts }),
    ...(hostNames.length > 1 ? { hostNames } : {}),
    ...(unusableIds.length > 0 ? { unusableIds } : {}),
  };
}
