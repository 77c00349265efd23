import { ACTIVITY, type Activity } from './activities';
import type { Agent } from './agent';
import { ApiError, badInput } from './api_error';
import type { Clock } from './clock';
import type { Fault } from './faults';
import { AGENT_FILTERS, agentFilter, listOf, type Predicate } from './filters';
import { PAGING_PARAMETERS, pageOf, type SortOptions } from './paging';
import { allowOnly, type Query } from './query';
import type { Settings } from './settings';
import type { Command, State } from './state';
import type { ApiToken, Permission, TokenStore } from './tokens';

/** The paths of the Management API that the simulator has, and what they answer. */

interface RouteContext {
  readonly query: Query;
  /** The body of a POST as JSON; undefined when there was none. */
  readonly body: unknown;
  readonly token: ApiToken;
  readonly state: State;
  readonly tokens: TokenStore;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly fault: Fault | undefined;
  /** Tells the call log which agents a command selected and changed. */
  note(notes: { selectedIds: readonly string[]; affectedIds: readonly string[] }): void;
}

/** What goes around `errors: []`. */
interface RouteAnswer {
  readonly data: unknown;
  readonly pagination?: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly permission?: Permission;
  /** Needs no token. */
  readonly anonymous?: true;
  readonly handle: (context: RouteContext) => RouteAnswer;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A site-scoped token can neither read agents of other sites nor act on them. */
const inScope = <Item extends { readonly siteId: string | null }>(
  { siteId }: ApiToken,
  items: readonly Item[]
): readonly Item[] => (siteId === null ? items : items.filter((item) => item.siteId === siteId));

const AGENT_ORDER: SortOptions<Agent> = {
  by: 'id',
  order: 'asc',
  keys: {
    id: ({ id }) => id,
    uuid: ({ uuid }) => uuid,
    computerName: ({ computerName }) => computerName,
    createdAt: ({ createdAt }) => createdAt,
    registeredAt: ({ registeredAt }) => registeredAt,
    updatedAt: ({ updatedAt }) => updatedAt,
    lastActiveDate: ({ lastActiveDate }) => lastActiveDate,
    networkStatus: ({ networkStatus }) => networkStatus,
    osType: ({ osType }) => osType,
    siteName: ({ siteName }) => siteName,
    groupName: ({ groupName }) => groupName,
  },
};

/** The agents among which a read looks: all, unless the query names few, so that a large tenant is not searched. */
function candidates({ query, state }: RouteContext): readonly Agent[] {
  const ids = listOf(query.ids, 'ids');
  if (ids.length > 0) return state.storedWithIds(ids);
  const statuses = listOf(query.networkStatuses, 'networkStatuses');
  return statuses.length > 0 ? state.storedWithStatus(statuses) : state.stored();
}

/** The agents that a read asks for. */
function selectForRead(context: RouteContext): readonly Agent[] {
  const { query, token, state, settings, fault } = context;
  allowOnly(query, [...AGENT_FILTERS, ...PAGING_PARAMETERS]);
  const conditions = Object.entries(query).filter(([name]) => AGENT_FILTERS.includes(name));
  const filter = agentFilter(Object.fromEntries(conditions));
  if (fault?.kind === 'ignoreFilter') return inScope(token, state.stored());
  const visible = inScope(token, candidates(context));
  const gone: Predicate<Agent> = ({ isDecommissioned, isUninstalled }) =>
    (isDecommissioned === true && !filter.fields.includes('isDecommissioned')) ||
    (isUninstalled === true && !filter.fields.includes('isUninstalled'));
  const listed =
    settings.goneAgents === 'listed' ? visible : visible.filter((agent) => !gone(agent));
  return filter.fields.length === 0 ? listed : listed.filter(filter.matches);
}

function agentsPage(context: RouteContext): RouteAnswer {
  const { query, state } = context;
  // Only an order by the last contact needs that of every agent.
  const selected = selectForRead(context);
  const items = query.sortBy === 'lastActiveDate' ? state.shown(selected) : selected;
  const page = pageOf(items, query, { ...AGENT_ORDER, isSorted: state.isSortedById });
  return { ...page, data: state.shown(page.data) };
}

/** Fields of which `disconnect` may want one, when it guards against an empty filter. */
const NARROWING = ['ids', 'groupIds', 'filterId'];

function readCommandFilter(body: unknown): Readonly<Record<string, unknown>> {
  if (body === undefined || body === null) return {};
  if (!isRecord(body)) throw badInput('body', 'Not an object');
  for (const name of Object.keys(body)) {
    if (name !== 'filter' && name !== 'data') throw badInput(name, 'Unknown field');
  }
  const { filter = null } = body;
  if (filter === null) return {};
  if (!isRecord(filter)) throw badInput('filter', 'Not an object');
  return filter;
}

const USER_ID = 1_402_053_563_466_777_322n;
/** Each token belongs to a user of its own. */
const userIdOf = ({ name }: ApiToken): string =>
  String(
    USER_ID + ([...name].reduce((id, sign) => id * 31n + BigInt(sign.charCodeAt(0)), 0n) % 9_973n)
  );
const userNameOf = ({ name }: ApiToken): string => `Service user ${name}`;

/**
 * A command for all agents that the filter matches. This is the risk of the API: an absent or
 * empty filter matches every agent.
 */
const command =
  (name: Command) =>
  ({ body, query, token, state, settings, fault, note }: RouteContext): RouteAnswer => {
    allowOnly(query, []);
    const filter = agentFilter(readCommandFilter(body));
    const isGuarded = name === 'disconnect' && settings.emptyDisconnect === 'refused';
    if (isGuarded && !filter.fields.some((field) => NARROWING.includes(field))) {
      throw badInput('filter', `One of ${NARROWING.join(', ')} must be supplied`);
    }
    const selected = inScope(token, state.stored()).filter(filter.matches);
    const selectedIds = selected.map(({ id }) => id);
    if (fault?.kind === 'affected0') {
      note({ selectedIds, affectedIds: [] });
      return { data: { affected: 0 } };
    }
    const by = { id: userIdOf(token), name: userNameOf(token) };
    const { accepted, changed } = state.command(name, selectedIds, by);
    note({ selectedIds, affectedIds: changed });
    const affected = fault?.kind === 'affectedWrong' ? fault.affected : accepted.length;
    return { data: { affected } };
  };

const ACTIVITY_ORDER: SortOptions<Activity> = {
  by: 'createdAt',
  order: 'desc',
  keys: {
    id: ({ id }) => id,
    createdAt: ({ createdAt }) => createdAt,
    activityType: ({ activityType }) => String(activityType),
  },
};

const TIME_COMPARISONS: Readonly<Record<string, (time: number, limit: number) => boolean>> = {
  createdAt__gt: (time, limit) => time > limit,
  createdAt__gte: (time, limit) => time >= limit,
  createdAt__lt: (time, limit) => time < limit,
  createdAt__lte: (time, limit) => time <= limit,
};
const ACTIVITY_LISTS: Readonly<Record<string, (activity: Activity) => string | null>> = {
  ids: ({ id }) => id,
  activityTypes: ({ activityType }) => String(activityType),
  agentIds: ({ agentId }) => agentId,
  siteIds: ({ siteId }) => siteId,
};

function selectActivities({ query, token, state }: RouteContext): readonly Activity[] {
  const names = [...Object.keys(ACTIVITY_LISTS), ...Object.keys(TIME_COMPARISONS)];
  allowOnly(query, [...names, ...PAGING_PARAMETERS]);
  const conditions: Predicate<Activity>[] = [];
  for (const [name, valueOf] of Object.entries(ACTIVITY_LISTS)) {
    const wanted: readonly (string | null)[] = listOf(query[name], name);
    if (wanted.some((value) => !/^\d+$/.test(value ?? ''))) throw badInput(name, 'Not a valid id');
    if (wanted.length > 0) conditions.push((activity) => wanted.includes(valueOf(activity)));
  }
  for (const [name, holds] of Object.entries(TIME_COMPARISONS)) {
    if (!query[name]) continue;
    const limit = Date.parse(query[name]!);
    if (Number.isNaN(limit)) throw badInput(name, 'Not a valid datetime');
    conditions.push(({ createdAt }) => holds(Date.parse(createdAt), limit));
  }
  return inScope(token, state.activities()).filter((activity) =>
    conditions.every((condition) => condition(activity))
  );
}

const ACTIVITY_TYPES = [
  { id: ACTIVITY.disconnectRequested, action: 'Agent Disconnect From Network Requested' },
  { id: ACTIVITY.reconnectRequested, action: 'Agent Reconnect To Network Requested' },
  { id: ACTIVITY.disconnected, action: 'Agent Disconnected From Network' },
  { id: ACTIVITY.reconnected, action: 'Agent Reconnected To Network' },
  { id: ACTIVITY.unableToDisconnect, action: 'Agent Unable To Disconnect From Network' },
].map((type) => ({ ...type, descriptionTemplate: type.action }));

function user({ token, query }: RouteContext): RouteAnswer {
  allowOnly(query, []);
  const acts = token.permissions.includes('Endpoints.disconnectFromNetwork');
  const role = acts ? 'Response operator' : 'Viewer';
  return {
    data: {
      apiToken: { createdAt: token.createdAt, expiresAt: token.expiresAt },
      dateJoined: token.createdAt,
      elevatedSessionDurationMinutes: 30,
      email: `${token.name.toLowerCase()}@example.com`,
      fullName: userNameOf(token),
      id: userIdOf(token),
      scope: token.siteId === null ? 'tenant' : 'site',
      scopeRoles: [
        { id: token.siteId, roleId: '1402053563475165931', roleName: role, roles: [role] },
      ],
      source: 'mgmt',
      twoFaEnabled: false,
    },
  };
}

function tokenDetails({ body, tokens }: RouteContext): RouteAnswer {
  const data = isRecord(body) ? body.data : undefined;
  const secret = isRecord(data) ? data.apiToken : undefined;
  if (typeof secret !== 'string' || secret === '')
    throw badInput('data.apiToken', 'Required field');
  const token = tokens.bySecret(secret);
  if (token === undefined) {
    throw new ApiError(400, 4000010, 'Invalid API token.', 'Invalid API token.');
  }
  return { data: { createdAt: token.createdAt, expiresAt: token.expiresAt } };
}

const SYSTEM_INFO = {
  build: 57,
  latestAgentVersion: '23.4.4.223',
  patch: '',
  release: 'S-24.1.5',
  version: 'S-24.1.5#57',
};

export const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/agents',
    permission: 'Endpoints.view',
    handle: agentsPage,
  },
  {
    method: 'GET',
    path: '/agents/count',
    permission: 'Endpoints.view',
    handle: (context) => ({ data: { total: selectForRead(context).length } }),
  },
  {
    method: 'POST',
    path: '/agents/actions/disconnect',
    permission: 'Endpoints.disconnectFromNetwork',
    handle: command('disconnect'),
  },
  {
    method: 'POST',
    path: '/agents/actions/connect',
    permission: 'Endpoints.reconnectToNetwork',
    handle: command('connect'),
  },
  {
    method: 'POST',
    path: '/agents/actions/initiate-scan',
    permission: 'Endpoints.initiateScan',
    handle: command('initiate-scan'),
  },
  {
    method: 'POST',
    path: '/agents/actions/abort-scan',
    permission: 'Endpoints.abortScan',
    handle: command('abort-scan'),
  },
  {
    method: 'GET',
    path: '/activities',
    permission: 'Activity Page.view',
    handle: (context) => pageOf(selectActivities(context), context.query, ACTIVITY_ORDER),
  },
  {
    method: 'GET',
    path: '/activities/types',
    permission: 'Activity Page.view',
    handle: () => ({ data: ACTIVITY_TYPES }),
  },
  { method: 'GET', path: '/user', permission: 'Users.view', handle: user },
  { method: 'POST', path: '/users/api-token-details', handle: tokenDetails },
  { method: 'GET', path: '/system/info', handle: () => ({ data: SYSTEM_INFO }) },
  {
    method: 'GET',
    path: '/system/status',
    anonymous: true,
    handle: () => ({ data: { health: 'ok' } }),
  },
];

/** Whether the API has this method and path. */
export const routeExists = (method: string, path: string): boolean =>
  ROUTES.some((route) => route.method === method && route.path === path);
