import { NETWORK_STATUSES, type Agent, type NetworkStatus } from '../../common/agent';
import { visibleName, visibleText } from '../../common/visible_text';

/**
 * Reads answers leniently: only an agent's id is required, every other field may be missing, null or
 * of a type that nobody promised. New fields and nulls never break an action.
 */

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/**
 * A text to be shown. Whoever controls a machine chooses its name, and what is read here reaches logs, records
 * and pages: control characters become escapes.
 */
const text = (value: unknown, visible = visibleText): string | null =>
  typeof value === 'string' && value !== '' ? visible(value) : null;
const exactly = (value: string): string => value;
const flag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** An agent with what only the guards look at; it goes no further than them. */
export interface AgentInFull extends Agent {
  /** Every address of every interface, and the one that SentinelOne sees. */
  readonly addresses: readonly string[];
  /** Each tag as its key, its value, and `key:value`. */
  readonly tags: readonly string[];
}

/** The agent without what only the guards look at: all that may leave the connector. */
export const agentOnly = ({ addresses: _, tags: __, ...agent }: AgentInFull): Agent => agent;

/** A text, or the texts of a list: one or the other where nobody promised which. */
const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => text(one) ?? []);

function addressesOf({ networkInterfaces, externalIp }: Record<string, unknown>): string[] {
  const interfaces = Array.isArray(networkInterfaces) ? networkInterfaces.filter(isRecord) : [];
  return [
    ...interfaces.flatMap(({ inet, inet6 }) => [...texts(inet), ...texts(inet6)]),
    ...texts(externalIp),
  ];
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

/** One entry of `data[]` as an agent, or undefined when it has no id to act by. */
export function agentOf(entry: unknown): AgentInFull | undefined {
  if (!isRecord(entry)) return undefined;
  const id = text(entry.id);
  if (id === null || !/^\d{1,20}$/.test(id)) return undefined;
  const networkStatus = text(entry.networkStatus);
  return {
    id,
    uuid: text(entry.uuid),
    computerName: text(entry.computerName, visibleName),
    networkStatus: (NETWORK_STATUSES as readonly (string | null)[]).includes(networkStatus)
      ? (networkStatus as NetworkStatus)
      : null,
    isActive: flag(entry.isActive),
    isDecommissioned: entry.isDecommissioned === true,
    isUninstalled: entry.isUninstalled === true,
    agentVersion: text(entry.agentVersion),
    osName: text(entry.osName),
    osType: text(entry.osType),
    siteName: text(entry.siteName),
    groupName: text(entry.groupName),
    lastActiveDate: text(entry.lastActiveDate),
    addresses: addressesOf(entry),
    tags: tagsOf(entry),
  };
}

export interface AgentPage {
  readonly agents: readonly AgentInFull[];
  readonly cursor: string | null;
  readonly total: number | null;
}

/** A page of `GET /agents`, or undefined when the body is no such page. */
export function agentPageOf(body: unknown): AgentPage | undefined {
  if (!isRecord(body) || !Array.isArray(body.data)) return undefined;
  const pagination = isRecord(body.pagination) ? body.pagination : {};
  return {
    agents: body.data.map(agentOf).filter((agent): agent is AgentInFull => agent !== undefined),
    cursor: text(pagination.nextCursor, exactly),
    total: typeof pagination.totalItems === 'number' ? pagination.totalItems : null,
  };
}

/** `data.affected` of an action's answer, or undefined when it is not a count. */
export function affectedOf(body: unknown): number | undefined {
  const affected = isRecord(body) && isRecord(body.data) ? body.data.affected : undefined;
  return typeof affected === 'number' && Number.isInteger(affected) && affected >= 0
    ? affected
    : undefined;
}
