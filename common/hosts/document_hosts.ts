import * as t from 'io-ts';
import { agentIdCodec, agentUuidCodec } from './agent';
import { LIMITS } from '../lib/constants';
import {
  DATA_STREAMS,
  DATASET_FIELDS,
  IN_ANY_DOCUMENT,
  IN_OTHER_DOCUMENTS,
  IN_OTHER_STREAMS,
  isSentinelOnesOwn,
  MODULE_FIELD,
  MODULES,
  type HostField,
  type HostPlace,
} from './data_streams';
import { withoutBlanksAround } from './host_name';
import { cutText } from '../lib/text';
import { nullableString, oneOf } from '../lib/validation';
import { visibleName, visibleText } from '../lib/visible_text';

/** Which hosts a document names: an alert's, or any other's that carries a SentinelOne agent. */

/** A host that a document names by its agent. */
export const documentHostCodec = t.type({
  agentUuid: nullableString,
  agentId: nullableString,
  /** The names that the document has for its hosts: one of them is this host's. */
  hostNames: t.readonlyArray(t.string),
});
export type DocumentHost = Readonly<t.TypeOf<typeof documentHostCodec>>;

/**
 * - `number`: a JSON number. JavaScript rounds what is above 2^53, as every agent id is, so that it may have
 *   become the id of another agent; and what was written, nobody can tell afterwards.
 * - `malformed`: a text that is no UUID or id.
 * - `too_many`: more values than a document about single hosts has.
 */
export const UNUSABLE_ID_PROBLEMS = ['number', 'malformed', 'too_many'] as const;

/** What stands where a document names an agent, and names none. */
export const unusableIdCodec = t.type({
  field: t.string,
  /** As it was read, cut. */
  value: t.string,
  problem: oneOf(UNUSABLE_ID_PROBLEMS),
});
export type UnusableId = Readonly<t.TypeOf<typeof unusableIdCodec>>;

export interface DocumentHosts {
  /** One for each agent UUID and each agent id, unless the document names one agent by both. */
  readonly hosts: readonly DocumentHost[];
  /** Every name of a host in the document. */
  readonly hostNames: readonly string[];
  readonly unusableIds: readonly UnusableId[];
}

/** The values that a document has at a field, in no lists within lists. */
export type ReadValues = (field: HostField) => readonly unknown[];

const SHOWN_CHARACTERS = 80;

/** The places to look in, by what the document says of its stream or by the fields that it has. */
function placesIn(valuesAt: ReadValues): readonly HostPlace[] {
  const datasets = DATASET_FIELDS.flatMap((field) => valuesAt(field));
  const hasValue = (field: HostField) => valuesAt(field).length > 0;
  const listed = DATA_STREAMS.filter(
    ({ datasets: own, uuid, id, name }) =>
      own.some((dataset) => datasets.includes(dataset)) ||
      [...uuid, ...id, ...name].some((field) => isSentinelOnesOwn(field) && hasValue(field))
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

/** What a value is that no agent can be named by; undefined for a value that says nothing. */
function unusableIn(field: HostField, value: unknown): UnusableId | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const problem = typeof value === 'number' || typeof value === 'bigint' ? 'number' : 'malformed';
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return { field, value: cutText(visibleText(shown), SHOWN_CHARACTERS), problem };
}

/** The usable values of one field, and what else is in it. */
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

/** The first of the fields that names an agent; what the fields before it hold instead does not matter then. */
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
 * A name as it is compared and sent: without blanks around it, and with hidden characters as escapes, as `agentOf`
 * reads SentinelOne's. One that is longer than a host's name can be is cut in a way that it is no
 * host's name any more: what it stands for must not be taken for a host whose name begins like it.
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
 * The hosts of a document. Where it has several UUIDs or ids, nothing says which belong together, nor which
 * name is whose: each is a host of its own then, and each may have any of the names. Agents that are found by
 * both are one again once SentinelOne has said who they are.
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

/** The fields by which alerts and contexts name their host. */
export interface NamedHost {
  /** Of the only host; null where the document names no agent, or several hosts. */
  readonly agentUuid: string | null;
  readonly agentId: string | null;
  /** The only name; null where there is none, or several. */
  readonly hostName: string | null;
  /** Only where the document names several agents, or an agent under several names: its agents. */
  readonly hosts?: readonly DocumentHost[];
  /** Only where there are several names: all of them. */
  readonly hostNames?: readonly string[];
  /** Only where there are some. */
  readonly unusableIds?: readonly UnusableId[];
}

/**
 * The same for whoever acts on one host: nothing names it where the document has several, so that none is acted
 * on that nobody has chosen.
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
