import { networkLabelOf, type NetworkLabel } from '../../common/hosts/agent';
import type {
  IsolatedHost,
  IsolatedFigures,
  IsolatedFilter,
  IsolatedSortField,
  IsolatedState,
} from '../../common/api/hosts';
import { protectionText } from '../../common/actions/protection_override';
import { BYTE_ORDER_MARK, csvRow } from '../history/csv';

/** Filters, sorts, counts and exports isolated hosts, all of them in memory. */

type Column = readonly [string, (host: IsolatedHost) => string | number | null | undefined];

const COLUMNS: readonly Column[] = [
  ['host', ({ agent }) => agent.computerName],
  ['agent_id', ({ agent }) => agent.id],
  ['agent_uuid', ({ agent }) => agent.uuid],
  ['network_status', ({ agent }) => networkLabelOf(agent)],
  ['isolated_since', ({ since }) => since],
  ['isolated_by', ({ by }) => by],
  ['source', ({ source }) => source],
  ['own_token', ({ isOwnToken }) => (isOwnToken === true ? 'true' : undefined)],
  ['api_key', ({ apiKey }) => apiKey],
  ['other_space', ({ isOtherSpace }) => (isOtherSpace === true ? 'true' : undefined)],
  ['comment', ({ comment }) => comment],
  ['alert_ids', ({ alertIds }) => alertIds?.join(' ')],
  ['alert_count', ({ alertCount }) => alertCount],
  ['release_at', ({ releaseAt }) => releaseAt],
  ['release_requested_by', ({ release }) => release?.by],
  ['action_id', ({ actionId }) => actionId],
  ['last_seen', ({ agent }) => agent.lastActiveDate],
  ['online', ({ agent }) => (agent.isActive === null ? undefined : String(agent.isActive))],
  ['site', ({ agent }) => agent.siteName],
  ['group', ({ agent }) => agent.groupName],
  ['os', ({ agent }) => agent.osName],
  ['agent_version', ({ agent }) => agent.agentVersion],
  ['logged_in_user', ({ agent }) => agent.lastLoggedInUserName],
  ['ip_addresses', ({ agent }) => agent.ipAddresses.join(' ')],
  [
    'protected_by',
    ({ agent: { protectedBy } }) =>
      protectedBy === undefined ? undefined : protectionText(protectedBy),
  ],
];

/** The whole table: at most `LIMITS.isolatedHosts` lines. */
export const isolatedCsv = (hosts: readonly IsolatedHost[]): string =>
  BYTE_ORDER_MARK +
  csvRow(COLUMNS.map(([name]) => name)) +
  hosts.map((host) => csvRow(COLUMNS.map(([, of]) => of(host)))).join('');

const STATE_OF: Readonly<Partial<Record<NetworkLabel, IsolatedState>>> = {
  isolated: 'isolated',
  isolating: 'isolating',
  isolation_pending: 'isolating',
  releasing: 'releasing',
  release_pending: 'releasing',
};
const stateOf = ({ agent }: IsolatedHost): IsolatedState | undefined =>
  STATE_OF[networkLabelOf(agent)];

const WORDS = 10;
const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, WORDS);

/** The texts of a host that a search uses. */
function textOf({ agent, by, comment }: IsolatedHost): string {
  const { computerName, siteName, lastLoggedInUserName, ipAddresses, externalIp, uuid, id } = agent;
  return [
    ...[computerName, siteName, lastLoggedInUserName, ...ipAddresses, externalIp, uuid, id],
    ...[by, comment],
  ]
    .join('\n')
    .toLowerCase();
}

/** Whether the host's texts contain all words. */
function contains(host: IsolatedHost, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = textOf(host);
  return words.every((word) => text.includes(word));
}

/** Whether the user isolated the host through Kibana. `username` is undefined if Kibana runs without security. */
const isOf = (username: string | undefined, { source, by }: IsolatedHost): boolean =>
  source === 'record' && (username === undefined || by === username);

/** Compares in ascending order. */
const STATES: readonly (IsolatedState | undefined)[] = ['isolating', 'isolated', 'releasing'];

const VALUES: Readonly<
  Record<IsolatedSortField, (host: IsolatedHost) => string | number | null | undefined>
> = {
  since: ({ since }) => timeIn(since),
  name: ({ agent }) => agent.computerName?.toLowerCase(),
  site: ({ agent }) => agent.siteName?.toLowerCase(),
  status: (host) => STATES.indexOf(stateOf(host)),
  by: ({ by }) => by?.toLowerCase(),
  lastSeen: ({ agent }) => timeIn(agent.lastActiveDate),
  releaseAt: ({ releaseAt }) => timeIn(releaseAt),
};

function timeIn(text: string | null | undefined): number | undefined {
  const time = text === null || text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Returns the sorted hosts. Each sort value is computed once, because parsing dates is slow. */
function sorted(
  hosts: readonly IsolatedHost[],
  field: IsolatedSortField,
  order: 'asc' | 'desc'
): readonly IsolatedHost[] {
  const valueOf = VALUES[field];
  const direction = order === 'asc' ? 1 : -1;
  return hosts
    .map((host) => ({ host, id: host.agent.id, value: valueOf(host) ?? undefined }))
    .sort((a, b) => {
      // The id makes the order stable from page to page.
      if (a.value === b.value) return compareTexts(a.id, b.id);
      // In both orders, hosts without a value come last.
      if (a.value === undefined || b.value === undefined) return a.value === undefined ? 1 : -1;
      return direction * (a.value < b.value ? -1 : 1);
    })
    .map(({ host }) => host);
}

/** Returns the matching hosts, sorted. `now` in ms since the epoch; `username` is the caller. */
export function matchingHosts(
  hosts: readonly IsolatedHost[],
  {
    search = '',
    site,
    status,
    mine,
    longerThanMs,
    agentId,
    sortField = 'since',
    sortOrder = 'asc',
  }: IsolatedFilter,
  { now, username }: { readonly now: number; readonly username: string | undefined }
): readonly IsolatedHost[] {
  const words = wordsOf(search);
  const isLonger = ({ since }: IsolatedHost): boolean => {
    const time = timeIn(since);
    return longerThanMs === undefined || (time !== undefined && now - time > longerThanMs);
  };
  const matching = hosts.filter(
    (host) =>
      (agentId === undefined || host.agent.id === agentId) &&
      (site === undefined || host.agent.siteName === site) &&
      (status === undefined || stateOf(host) === status) &&
      (mine === undefined || isOf(username, host)) &&
      isLonger(host) &&
      contains(host, words)
  );
  return sorted(matching, sortField, sortOrder);
}

/** The host that has been isolated longest, among those with a known time. */
function longestOf(hosts: readonly IsolatedHost[]): IsolatedFigures['longest'] {
  let longest: IsolatedFigures['longest'] = null;
  let earliest = Number.POSITIVE_INFINITY;
  for (const host of hosts) {
    const time = timeIn(host.since);
    if (time === undefined || time >= earliest || stateOf(host) !== 'isolated') continue;
    earliest = time;
    longest = { agentId: host.agent.id, name: host.agent.computerName, since: host.since! };
  }
  return longest;
}

const countsOf = (hosts: readonly IsolatedHost[]): IsolatedFigures => {
  const count = (...labels: readonly NetworkLabel[]): number =>
    hosts.filter(({ agent }) => labels.includes(networkLabelOf(agent))).length;
  return {
    isolated: count('isolated'),
    isolating: count('isolating', 'isolation_pending'),
    isolatingOffline: count('isolation_pending'),
    releasing: count('releasing', 'release_pending'),
    longest: longestOf(hosts),
  };
};

/** The counts of a list are cached for all viewers. */
const counted = new WeakMap<readonly IsolatedHost[], IsolatedFigures>();

/** Counts of all hosts. */
export function figuresOf(hosts: readonly IsolatedHost[]): IsolatedFigures {
  const figures = counted.get(hosts) ?? countsOf(hosts);
  counted.set(hosts, figures);
  return figures;
}

/** The names of their sites, sorted. */
export const sitesOf = (hosts: readonly IsolatedHost[]): readonly string[] =>
  [...new Set(hosts.flatMap(({ agent }) => agent.siteName ?? []))].sort(compareTexts);
