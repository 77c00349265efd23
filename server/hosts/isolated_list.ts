import { networkLabelOf, type NetworkLabel } from '../../common/hosts/agent';
import type { IsolatedHost } from '../../common/api/isolated_host';
import type {
  IsolatedFigures,
  IsolatedFilter,
  IsolatedSortField,
  IsolatedState,
} from '../../common/api/hosts';

/** Filters, sorts and counts isolated hosts, all of them in memory. */

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

/** The texts of a host that a search looks through. */
function textOf({ agent, by, comment }: IsolatedHost): string {
  const { computerName, siteName, lastLoggedInUserName, ipAddresses, externalIp, uuid, id } = agent;
  return [
    ...[computerName, siteName, lastLoggedInUserName, ...ipAddresses, externalIp, uuid, id],
    ...[by, comment],
  ]
    .join('\n')
    .toLowerCase();
}

/** Whether the user isolated the host through Kibana. `username` is undefined where Kibana knows no users. */
const isOf = (username: string | undefined, { source, by }: IsolatedHost): boolean =>
  source === 'record' && (username === undefined || by === username);

/** Lowest first. */
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

function compare(field: IsolatedSortField, order: 'asc' | 'desc') {
  const valueOf = VALUES[field];
  const direction = order === 'asc' ? 1 : -1;
  return (one: IsolatedHost, other: IsolatedHost): number => {
    const [a, b] = [valueOf(one) ?? undefined, valueOf(other) ?? undefined];
    // Whatever the order, hosts without a value come last. The id keeps the order the same from page to page.
    if (a === undefined || b === undefined) {
      if (a !== b) return a === undefined ? 1 : -1;
      return compareTexts(one.agent.id, other.agent.id);
    }
    if (a === b) return compareTexts(one.agent.id, other.agent.id);
    return direction * (a < b ? -1 : 1);
  };
}

/** The hosts that match, sorted. `now` in ms since the epoch; `username` is the caller. */
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
  return hosts
    .filter(
      (host) =>
        (agentId === undefined || host.agent.id === agentId) &&
        (site === undefined || host.agent.siteName === site) &&
        (status === undefined || stateOf(host) === status) &&
        (mine === undefined || isOf(username, host)) &&
        isLonger(host) &&
        (words.length === 0 || words.every((word) => textOf(host).includes(word)))
    )
    .sort(compare(sortField, sortOrder));
}

/** Counts of all hosts. */
export function figuresOf(hosts: readonly IsolatedHost[]): IsolatedFigures {
  const count = (...labels: readonly NetworkLabel[]): number =>
    hosts.filter(({ agent }) => labels.includes(networkLabelOf(agent))).length;
  const isolated = hosts.filter((host) => stateOf(host) === 'isolated' && host.since !== null);
  const [longest] = [...isolated].sort(compare('since', 'asc'));
  return {
    isolated: count('isolated'),
    isolating: count('isolating', 'isolation_pending'),
    isolatingOffline: count('isolation_pending'),
    releasing: count('releasing', 'release_pending'),
    longest:
      longest === undefined
        ? null
        : {
            agentId: longest.agent.id,
            name: longest.agent.computerName,
            since: longest.since!,
          },
  };
}

/** The names of their sites, sorted. */
export const sitesOf = (hosts: readonly IsolatedHost[]): readonly string[] =>
  [...new Set(hosts.flatMap(({ agent }) => agent.siteName ?? []))].sort(compareTexts);
