import { NETWORK_STATUSES, SCAN_STATUSES, type Agent } from '../../common/hosts/agent';
import { LIMITS } from '../../common/lib/constants';
import { withoutBlanksAround } from '../../common/hosts/host_name';
import { cutText, visibleName, visibleText } from '../../common/lib/text';
import { isRecord } from '../../common/lib/is_record';

/**
 * Reads responses leniently. Only an agent's id is required, as a string, because JavaScript rounds
 * numbers of that size. Every other field may be missing, null or of an unexpected type. New fields
 * and nulls never break an action.
 */

/**
 * A text for display. Names are chosen on the machine itself, and these texts reach logs, records
 * and pages, so control characters are escaped.
 */
const text = (value: unknown, visible = visibleText): string | null =>
  typeof value === 'string' ? visible(value) || null : null;
const nameOf = (value: string): string => visibleName(withoutBlanksAround(value));
const exactly = (value: string): string => value;
const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
const flag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);
const valueIn = <Value extends string>(values: readonly Value[], value: unknown): Value | null =>
  values.find((one) => one === value) ?? null;
/** A time as ISO 8601 in milliseconds. SentinelOne sends microseconds. */
const timeOf = (value: unknown): string | null => {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
};

/** An agent with the fields that only the guards need. It never leaves the connector. */
export interface AgentInFull extends Agent {
  /** Every address of every interface, and the one that SentinelOne sees. */
  readonly addresses: readonly string[];
  /** Each tag as its key, its value, and `key:value`. */
  readonly tags: readonly string[];
  /**
   * The full name where `computerName` is cut, so that patterns are matched against the full name.
   */
  readonly fullName?: string;
}

/** The agent without the fields that only the guards need: what may leave the connector. */
export const agentOnly = ({
  addresses: _addresses,
  tags: _tags,
  fullName: _fullName,
  ...agent
}: AgentInFull): Agent => agent;

/** The texts of a value that may be a text or a list of texts. */
const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => text(one) ?? []);

const interfacesOf = ({ networkInterfaces }: Record<string, unknown>) =>
  Array.isArray(networkInterfaces) ? networkInterfaces.filter(isRecord) : [];

const addressesOf = (entry: Record<string, unknown>): string[] => [
  ...interfacesOf(entry).flatMap(({ inet, inet6 }) => [...texts(inet), ...texts(inet6)]),
  ...texts(entry.externalIp),
];

/** Addresses that do not identify a host: loopback and link-local. */
const LOCAL = /^(?:127\.|169\.254\.|::1$|fe[89ab][0-9a-f]:)/i;

/** The addresses that identify the host. */
function ipAddressesOf(entry: Record<string, unknown>): string[] {
  const interfaces = interfacesOf(entry);
  const addresses = [
    ...interfaces.flatMap(({ inet }) => texts(inet)),
    ...interfaces.flatMap(({ inet6 }) => texts(inet6)),
  ];
  const known = addresses.filter((address) => !LOCAL.test(address));
  return [...new Set(known)].slice(0, LIMITS.ipAddresses);
}

function tagsOf({ tags }: Record<string, unknown>): string[] {
  const list = isRecord(tags) ? tags.sentinelone : tags;
  return (Array.isArray(list) ? list : []).flatMap((tag) => {
    if (!isRecord(tag)) return texts(tag);
    const [key, value] = [text(tag.key), text(tag.value)];
    if (key !== null && value !== null) return [key, value, `${key}:${value}`];
    return [...texts(key), ...texts(value)];
  });
}

/**
 * The name, cut to the maximum length of a host name. It is stored with every action and compared
 * with names from users and alerts, which are never as long as a cut name.
 */
function namesIn(entry: Record<string, unknown>): Pick<AgentInFull, 'computerName' | 'fullName'> {
  const name = text(entry.computerName, nameOf);
  if (name === null || name.length <= LIMITS.sourceName) return { computerName: name };
  // The cut name is one character longer than an accepted name.
  return { computerName: cutText(name, LIMITS.sourceName + 1), fullName: name };
}

/** The UUID; null for one that is too long to be valid. */
function uuidIn(entry: Record<string, unknown>): string | null {
  const uuid = text(entry.uuid);
  return uuid !== null && uuid.length > LIMITS.sourceName ? null : uuid;
}

/** One entry of `data[]` as an agent; undefined if it has no valid id. */
export function agentOf(entry: unknown): AgentInFull | undefined {
  if (!isRecord(entry)) return undefined;
  const id = text(entry.id);
  if (id === null || !/^\d{1,20}$/.test(id)) return undefined;
  return {
    id,
    uuid: uuidIn(entry),
    ...namesIn(entry),
    networkStatus: valueIn(NETWORK_STATUSES, entry.networkStatus),
    isActive: flag(entry.isActive),
    isDecommissioned: entry.isDecommissioned === true,
    isUninstalled: entry.isUninstalled === true,
    agentVersion: text(entry.agentVersion),
    osName: text(entry.osName),
    osType: text(entry.osType),
    siteName: text(entry.siteName),
    groupName: text(entry.groupName),
    machineType: text(entry.machineType),
    domain: text(entry.domain),
    lastLoggedInUserName: text(entry.lastLoggedInUserName),
    ipAddresses: ipAddressesOf(entry),
    externalIp: text(entry.externalIp),
    activeThreats: count(entry.activeThreats),
    lastActiveDate: text(entry.lastActiveDate),
    scanStatus: valueIn(SCAN_STATUSES, entry.scanStatus),
    scanStartedAt: timeOf(entry.scanStartedAt),
    scanFinishedAt: timeOf(entry.scanFinishedAt),
    scanAbortedAt: timeOf(entry.scanAbortedAt),
    addresses: addressesOf(entry),
    tags: tagsOf(entry),
  };
}

/**
 * An entry of `data[]` whose id is missing or not a string, such as a rounded number. No action can
 * address it.
 */
export interface EntryWithoutId {
  readonly uuid: string | null;
}

export interface AgentPage {
  readonly agents: readonly AgentInFull[];
  readonly withoutId: readonly EntryWithoutId[];
  readonly cursor: string | null;
  readonly total: number | null;
}

/** A page of `GET /agents`; undefined if the body has another form. */
export function agentPageOf(body: unknown): AgentPage | undefined {
  if (!isRecord(body) || !Array.isArray(body.data)) return undefined;
  const pagination = isRecord(body.pagination) ? body.pagination : {};
  const { data } = body;
  return {
    agents: data.flatMap((entry) => agentOf(entry) ?? []),
    withoutId: data.flatMap((entry) =>
      isRecord(entry) && agentOf(entry) === undefined ? [{ uuid: text(entry.uuid) }] : []
    ),
    cursor: text(pagination.nextCursor, exactly),
    total: typeof pagination.totalItems === 'number' ? pagination.totalItems : null,
  };
}

/** `data.affected` of an action's response; undefined if it is not a count. */
export function affectedOf(body: unknown): number | undefined {
  const affected = isRecord(body) && isRecord(body.data) ? body.data.affected : undefined;
  return typeof affected === 'number' && Number.isInteger(affected) && affected >= 0
    ? affected
    : undefined;
}
