import { NETWORK_STATUSES, type Agent } from './agent';
import { badInput, notSimulated } from './api_error';
import { agentFiltersOfApi } from './api_specification';

/**
 * The filters of `GET /agents` and of the commands.
 *
 * What the real API does with an empty value (`ids=`, `"ids": []`) is not documented. Here it is the
 * worst that it can be: no condition at all, so that every agent matches.
 */

export type Predicate<Item> = (item: Item) => boolean;
type FieldFilter = (value: unknown, name: string) => Predicate<Agent> | undefined;

const MOST_VALUES = 5000;

/** A comma list (queries), or an array or comma list (bodies), without its empty parts. */
export function listOf(value: unknown, name: string): readonly string[] {
  const entries = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(',')
      : [value];
  const values = entries.flatMap((entry) => {
    if (entry === null || entry === undefined) return [];
    if (!['string', 'number', 'boolean'].includes(typeof entry)) {
      throw badInput(name, 'Not a valid list');
    }
    const text = String(entry).trim();
    return text === '' ? [] : [text];
  });
  if (values.length > MOST_VALUES) throw badInput(name, `Longer than ${MOST_VALUES}`);
  return values;
}

function textOf(value: unknown, name: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'string') throw badInput(name, 'Not a valid string');
  return value.trim() === '' ? undefined : value;
}

/** True or false in any case; undefined when empty. Several values mean any of them. */
function flagsOf(value: unknown, name: string): readonly boolean[] {
  return listOf(value, name).map((text) => {
    const lower = text.toLowerCase();
    if (lower !== 'true' && lower !== 'false') throw badInput(name, 'Not a valid boolean');
    return lower === 'true';
  });
}

const oneOf =
  (field: keyof Agent, check: (value: string, name: string) => void = () => {}): FieldFilter =>
  (value, name) => {
    const values = listOf(value, name);
    for (const one of values) check(one, name);
    const wanted = new Set<unknown>(values);
    return values.length === 0 ? undefined : (agent) => wanted.has(agent[field]);
  };

const noneOf =
  (field: keyof Agent, check: (value: string, name: string) => void): FieldFilter =>
  (value, name) => {
    const matches = oneOf(field, check)(value, name);
    return matches && ((agent) => !matches(agent));
  };

const flag =
  (field: keyof Agent): FieldFilter =>
  (value, name) => {
    const flags = flagsOf(value, name);
    return flags.length === 0 ? undefined : (agent) => flags.includes(agent[field] === true);
  };

const exactly =
  (field: keyof Agent): FieldFilter =>
  (value, name) => {
    const text = textOf(value, name);
    return text === undefined ? undefined : (agent) => agent[field] === text;
  };

/** Any of the parts, in any case. */
const contains =
  (field: keyof Agent): FieldFilter =>
  (value, name) => {
    const parts = listOf(value, name).map((part) => part.toLowerCase());
    if (parts.length === 0) return undefined;
    return (agent) => {
      const text = String(agent[field] ?? '').toLowerCase();
      return parts.some((part) => text.includes(part));
    };
  };

/** Any of the parts in an IPv4 address of any interface. */
const inInterfaces: FieldFilter = (value, name) => {
  const parts = listOf(value, name);
  if (parts.length === 0) return undefined;
  return ({ networkInterfaces }) =>
    (Array.isArray(networkInterfaces) ? networkInterfaces : []).some(
      ({ inet }: { readonly inet?: readonly string[] | null }) =>
        inet?.some((address) => parts.some((part) => address.includes(part))) === true
    );
};

/** `%` stands for any text; without one it is a part of the name, in any case. */
const like =
  (field: keyof Agent): FieldFilter =>
  (value, name) => {
    const pattern = textOf(value, name);
    if (pattern === undefined) return undefined;
    const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%/g, '.*');
    const expression = new RegExp(pattern.includes('%') ? `^${escaped}$` : escaped, 'i');
    return (agent) => expression.test(String(agent[field] ?? ''));
  };

const SEARCHED = [
  'computerName',
  'id',
  'uuid',
  'externalIp',
  'lastIpToMgmt',
  'lastLoggedInUserName',
  'domain',
  'osName',
  'networkInterfaces',
] as const;

/** Free text: a part of any of several attributes. */
const freeText: FieldFilter = (value, name) => {
  const text = textOf(value, name)?.toLowerCase();
  if (text === undefined) return undefined;
  return (agent) =>
    SEARCHED.some((field) => {
      const content = agent[field] ?? '';
      const searched = typeof content === 'string' ? content : JSON.stringify(content);
      return searched.toLowerCase().includes(text);
    });
};

function checkId(value: string, name: string): void {
  if (!/^\d{1,20}$/.test(value)) throw badInput(name, 'Not a valid id');
}

function checkNetworkStatus(value: string, name: string): void {
  if (!(NETWORK_STATUSES as readonly string[]).includes(value)) {
    throw badInput(name, `Not one of ${NETWORK_STATUSES.join(', ')}`);
  }
}

const FIELDS: Readonly<Record<string, FieldFilter>> = {
  ids: oneOf('id', checkId),
  uuid: exactly('uuid'),
  uuids: oneOf('uuid'),
  computerName: exactly('computerName'),
  computerName__contains: contains('computerName'),
  computerName__like: like('computerName'),
  lastLoggedInUserName__contains: contains('lastLoggedInUserName'),
  networkInterfaceInet__contains: inInterfaces,
  query: freeText,
  networkStatuses: oneOf('networkStatus', checkNetworkStatus),
  networkStatusesNin: noneOf('networkStatus', checkNetworkStatus),
  isActive: flag('isActive'),
  isDecommissioned: flag('isDecommissioned'),
  isUninstalled: flag('isUninstalled'),
  isPendingUninstall: flag('isPendingUninstall'),
  infected: flag('infected'),
  osTypes: oneOf('osType'),
  machineTypes: oneOf('machineType'),
  siteIds: oneOf('siteId', checkId),
  groupIds: oneOf('groupId', checkId),
  accountIds: oneOf('accountId', checkId),
};

export const AGENT_FILTERS: readonly string[] = Object.keys(FIELDS);

interface AgentFilter {
  readonly matches: Predicate<Agent>;
  /** The fields that hold a condition; none means that every agent matches. */
  readonly fields: readonly string[];
}

/** Compiles a filter. Throws (400) for a field that the API does not have or a value that is none. */
export function agentFilter(source: Readonly<Record<string, unknown>>): AgentFilter {
  const conditions: [string, Predicate<Agent>][] = [];
  for (const [name, value] of Object.entries(source)) {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (field === undefined) {
      throw agentFiltersOfApi().includes(name)
        ? notSimulated(`the filter ${name}`)
        : badInput(name, 'Unknown field');
    }
    const condition = field(value, name);
    if (condition !== undefined) conditions.push([name, condition]);
  }
  return {
    matches: (agent) => conditions.every(([, condition]) => condition(agent)),
    fields: conditions.map(([name]) => name),
  };
}
