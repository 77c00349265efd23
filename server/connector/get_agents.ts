import type { GetAgentsParams, GetAgentsResult } from '../../common/api/connector';
import type { Agent, NetworkStatus } from '../../common/hosts/agent';
import { isWholeIp } from '../../common/hosts/host_search';
import type { AppliedPattern } from '../../common/hosts/protection_settings';
import { agentOnly, type AgentInFull } from '../sentinelone_client/decode_agent';
import { readAgentPage, readExactAgents, type ReadResult } from '../sentinelone_client/read_agents';
import type { RetryPorts } from '../sentinelone_client/retry';
import type { Send } from '../sentinelone_client/transport';
import { protectionsOf, strictestPattern } from '../protection/protected_hosts';
import { createHash } from 'node:crypto';

/**
 * Cursors of `getAgents`: SentinelOne's own cursor, bound to the filters and the tenant that it continues. SentinelOne
 * does not document how it handles a cursor of another query, so such a cursor is refused before a request is sent.
 */

/** The query that a cursor continues: all filters, but not the page size. */
type Filters = Omit<GetAgentsParams, 'cursor' | 'limit'>;

/** Where a cursor is valid. */
export type CursorScope = readonly [connectorId: string, tenant: string];
export const cursorScope = (connectorId: string, tenant: string): CursorScope => [
  connectorId,
  tenant,
];

/** Identifies the query and tenant of a cursor. */
const markOf = (scope: CursorScope, filters: Filters): string => {
  const named = Object.entries(filters)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([scope, named]))
    .digest('base64url')
    .slice(0, 22);
};

/** Returns the connector's cursor for the next page; null on the last page. */
export const writeCursor = (
  cursor: string | null,
  scope: CursorScope,
  filters: Filters
): string | null =>
  cursor === null
    ? null
    : `${markOf(scope, filters)}.${Buffer.from(cursor, 'utf8').toString('base64url')}`;

/**
 * Returns SentinelOne's cursor from a cursor of the connector; undefined for an invalid text and for a cursor of
 * another query or tenant.
 */
export function readCursor(text: string, scope: CursorScope, filters: Filters): string | undefined {
  const [, mark, encoded] = /^([\w-]{22})\.([\w-]+)$/.exec(text) ?? [];
  if (mark === undefined || encoded === undefined || mark !== markOf(scope, filters)) {
    return undefined;
  }
  const cursor = Buffer.from(encoded, 'base64url').toString('utf8');
  // Only the canonical encoding of a cursor is accepted.
  const isWhole = Buffer.from(cursor, 'utf8').toString('base64url') === encoded;
  return isWhole && /^\S{1,1024}$/.test(cursor) ? cursor : undefined;
}

/** The message for a cursor that `readCursor` does not accept. */
export const CURSOR_REFUSED =
  '[cursor]: got a cursor of another query or connector, or none; accepted is the cursor of the page before, with the same filters. Leave it out to begin with the first page';

const DEFAULT_LIMIT = 100;

/** The data that is added to agents in the connector's results. */
export interface AgentContext {
  readonly protectedHosts: readonly AppliedPattern[];
  /** The tenant's origin. */
  readonly origin: string;
}

/** Returns the agent for the connector's results, with the pattern that protects it and the link to the console. */
const forwardedHosts =
  ({ protectedHosts, origin }: AgentContext) =>
  (agent: AgentInFull): Agent => {
    const protectedBy = strictestPattern(protectionsOf(agent, protectedHosts));
    const consoleUrl = consoleUrlOf(origin, agent.computerName);
    return {
      ...agentOnly(agent),
      ...(protectedBy === undefined ? {} : { protectedBy }),
      ...(consoleUrl === undefined ? {} : { consoleUrl }),
    };
  };

type Condition = (agent: AgentInFull) => boolean;

const contains = (text: string | null, part: string): boolean =>
  text?.toLowerCase().includes(part.toLowerCase()) === true;

const hasName =
  (part: string): Condition =>
  ({ computerName, fullName }) =>
    contains(fullName ?? computerName, part);

const hasUser =
  (part: string): Condition =>
  ({ lastLoggedInUserName }) =>
    contains(lastLoggedInUserName, part);

/** Whether an interface has this whole address. SentinelOne also finds `10.0.0.1` in `10.0.0.12`. */
const hasIp =
  (ip: string): Condition =>
  ({ addresses }) =>
    addresses.some((address) => (isWholeIp(ip) ? address === ip : address.includes(ip)));

const hasStatus =
  (statuses: readonly NetworkStatus[]): Condition =>
  ({ networkStatus }) =>
    networkStatus !== null && statuses.includes(networkStatus);

/**
 * Checks the agents that SentinelOne returned. For agents that were looked up by UUID or id, all filters are checked.
 * For a page that SentinelOne filtered, only filters that are critical or that SentinelOne applies loosely are checked
 * again: a name with a comma, and a whole IP address.
 */
function conditionOf({
  uuids,
  ids,
  nameContains,
  ip,
  user,
  networkStatuses,
}: GetAgentsParams): Condition {
  const isLookUp = uuids !== undefined || ids !== undefined;
  const conditions = [
    ...(nameContains !== undefined && (isLookUp || nameContains.includes(','))
      ? [hasName(nameContains)]
      : []),
    ...(user !== undefined && isLookUp ? [hasUser(user)] : []),
    ...(ip === undefined ? [] : [hasIp(ip)]),
    ...(networkStatuses === undefined ? [] : [hasStatus(networkStatuses)]),
  ];
  return (agent) => conditions.every((condition) => condition(agent));
}

async function exactAgents(
  send: Send,
  ports: RetryPorts,
  { uuids = [], ids = [] }: GetAgentsParams,
  meets: Condition,
  handOn: (agent: AgentInFull) => Agent
): Promise<ReadResult<GetAgentsResult>> {
  const byId = new Map<string, Agent>();
  for (const [key, values] of [['uuids', uuids] as const, ['ids', ids] as const]) {
    const { agents, failed } = await readExactAgents(send, ports, key, values);
    const [problem] = failed.values();
    if (problem !== undefined) return { ok: false, problem };
    for (const agent of agents.filter(meets)) byId.set(agent.id, handOn(agent));
  }
  const agents = [...byId.values()];
  return { ok: true, value: { agents, cursor: null, total: agents.length } };
}

/**
 * The filter for names that contain `part`. `computerName__contains` takes several values, separated by commas, and
 * finds names that contain any of them (SentinelOne's API documentation). For a part with a comma, the longest piece
 * between commas is used.
 */
function askedName(part: string): string {
  if (!part.includes(',')) return part;
  const pieces = part.split(',').map((piece) => piece.trim());
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest));
}

/** Reads a page of this many agents, or of fewer if Kibana would truncate the response. */
async function pageThatFits(
  send: Send,
  ports: RetryPorts,
  limit: number,
  query: Readonly<Record<string, string>>
): Promise<Awaited<ReturnType<typeof readAgentPage>> & { readonly limit: number }> {
  const page = await readAgentPage(send, ports, { ...query, limit: String(limit) });
  if (page.ok || page.tooLarge !== true || limit === 1) return { ...page, limit };
  return pageThatFits(send, ports, Math.ceil(limit / 2), query);
}

/** SentinelOne's filters. None of them is ever empty. */
function queryOf({ nameContains, ip, user, networkStatuses, cursor }: GetAgentsParams) {
  return {
    ...(nameContains === undefined ? {} : { computerName__contains: askedName(nameContains) }),
    ...(ip === undefined ? {} : { networkInterfaceInet__contains: ip }),
    ...(user === undefined ? {} : { lastLoggedInUserName__contains: user }),
    ...(networkStatuses === undefined ? {} : { networkStatuses: networkStatuses.join(',') }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/**
 * Reads agents. With `uuids` or `ids`: the agents with exactly one of them, in one call for up to a hundred. Without: a
 * page of all agents, or of those that match the other filters. For a name with a comma and for a whole IP address, a
 * page can contain fewer agents than requested, and the total is not known. `cursor` is SentinelOne's own.
 */
export async function getAgents(
  send: Send,
  ports: RetryPorts,
  params: GetAgentsParams,
  context: AgentContext
): Promise<ReadResult<GetAgentsResult>> {
  const handOn = forwardedHosts(context);
  const meets = conditionOf(params);
  if (params.uuids !== undefined || params.ids !== undefined) {
    return exactAgents(send, ports, params, meets, handOn);
  }
  const { nameContains, ip, limit = DEFAULT_LIMIT } = params;
  const page = await pageThatFits(send, ports, limit, queryOf(params));
  if (!page.ok) return page;
  const { agents, cursor, total } = page.value;
  const isStricter = nameContains?.includes(',') === true || (ip !== undefined && isWholeIp(ip));
  return {
    ok: true,
    value: {
      agents: agents.filter(meets).map(handOn),
      cursor,
      total: isStricter ? null : total,
      ...(page.limit === limit ? {} : { limit: page.limit }),
    },
  };
}

/**
 * Returns the URL at which SentinelOne's console shows the endpoints whose name contains a text. Source: the links of
 * the public integration polarityio/sentinelone; SentinelOne documents no URL of a single agent. `origin` is the
 * tenant's. Undefined for an agent without a name, and for a name that the filter does not support.
 */
export function consoleUrlOf(origin: string, computerName: string | null): string | undefined {
  if (computerName === null || /["\\]/.test(computerName)) return undefined;
  const filter = JSON.stringify({ computerName__contains: `"${computerName}"` });
  const url = new URL('/sentinels/devices', origin);
  url.search = new URLSearchParams({ page: '1', filter }).toString();
  return url.href;
}
