import type { GetAgentsParams, GetAgentsResult } from '../../common/api/connector';
import type { HostsQuery } from '../../common/api/hosts';
import {
  detectSearchKind,
  NETWORK_STATUS_OF,
  type HostSearchKind,
} from '../../common/hosts/host_search';
import type { Agent } from '../../common/hosts/agent';
import { isSameHostName, partInAllSpellings } from '../../common/hosts/host_name';
import type { HostsFind } from '../../common/api/routes';

/** An agent's object is 3 to 10 kB and Kibana cuts answers at 1 MB. */
const MATCHES_PER_PAGE = 100;
/** Pages of agents that one question may cost. */
const PAGES = 10;

/** Asks SentinelOne for a page of agents. Throws when it cannot. */
export type AskPage = (
  params: Pick<GetAgentsParams, 'nameContains' | 'limit' | 'cursor'>
) => Promise<GetAgentsResult>;

/**
 * The agents whose host is called `name`. SentinelOne finds names by a part, so `web-1` brings `web-10`
 * too: only those count that `isSameHostName` takes for the same. A name that can be written in several ways is
 * looked for by a part that all of them have. Throws what `ask` throws.
 */
export async function findHosts(name: string, ask: AskPage): Promise<HostsFind> {
  const part = partInAllSpellings(name);
  const found = new Map<string, Agent>();
  // Only escapes: SentinelOne cannot search for that.
  if (part.trim() === '') return { agents: [], isComplete: false };
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const answer: GetAgentsResult = await ask({
      nameContains: part,
      limit: MATCHES_PER_PAGE,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const agent of answer.agents) {
      if (isSameHostName(name, agent.computerName)) found.set(agent.id, agent);
    }
    cursor = answer.cursor;
    if (cursor === null) return { agents: [...found.values()], isComplete: true };
  }
  return { agents: [...found.values()], isComplete: false };
}

const PER_PAGE = 25;

/** What kind of text is searched for; null without a search. */
export const kindOf = ({ search, kind }: HostsQuery): HostSearchKind | null =>
  search === undefined ? null : (kind ?? detectSearchKind(search.trim()));

const FILTERS: Readonly<Record<HostSearchKind, (text: string) => GetAgentsParams>> = {
  name: (nameContains) => ({ nameContains }),
  ip: (ip) => ({ ip }),
  user: (user) => ({ user }),
  uuid: (uuid) => ({ uuids: [uuid] }),
  agentId: (agentId) => ({ ids: [agentId] }),
};

/** The named filters of a search for hosts, which never leave out what was searched for. */
export function filtersOf(query: HostsQuery): Omit<GetAgentsParams, 'cursor' | 'limit'> {
  const { search, status } = query;
  const kind = kindOf(query);
  return {
    ...(kind === null || search === undefined ? {} : FILTERS[kind](search.trim())),
    ...(status === undefined ? {} : { networkStatuses: [NETWORK_STATUS_OF[status]] }),
  };
}

/** The parameters of one page: never more agents than the page shows. */
export const pageParams = (query: HostsQuery): GetAgentsParams => ({
  ...filtersOf(query),
  limit: query.perPage ?? PER_PAGE,
  ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
});
