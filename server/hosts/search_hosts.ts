import type { GetAgentsParams, GetAgentsResult } from '../../common/api/connector';
import type { HostsQuery } from '../../common/api/hosts';
import {
  detectSearchKind,
  NETWORK_STATUS_OF,
  type HostSearchKind,
} from '../../common/hosts/host_search';
import type { Agent } from '../../common/hosts/agent';
import { isSameHostName, commonNamePart } from '../../common/hosts/host_name';
import type { HostsFind } from '../../common/api/routes';

/** An agent's object has 3 to 10 kB, and Kibana rejects responses above 1 MB. */
const MATCHES_PER_PAGE = 100;
/** Maximum pages of agents per search. */
const PAGES = 10;

/** Reads a page of agents from SentinelOne. Throws if that fails. */
export type FetchAgentPage = (
  params: Pick<GetAgentsParams, 'nameContains' | 'limit' | 'cursor'>
) => Promise<GetAgentsResult>;

/**
 * Returns the agents whose host has this name. SentinelOne searches for parts of names, so a search for `web-1` also
 * finds `web-10`; `isSameHostName` selects the matching ones. A name with several spellings is searched for by a part
 * that all of them contain. Throws what `ask` throws.
 */
export async function findHosts(name: string, ask: FetchAgentPage): Promise<HostsFind> {
  const part = commonNamePart(name);
  const found = new Map<string, Agent>();
  // The name has only escapes, for which SentinelOne cannot search.
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

/** The kind of text that is searched for; null without a search. */
export const kindOf = ({ search, kind }: HostsQuery): HostSearchKind | null =>
  search === undefined ? null : (kind ?? detectSearchKind(search.trim()));

const FILTERS: Readonly<Record<HostSearchKind, (text: string) => GetAgentsParams>> = {
  name: (nameContains) => ({ nameContains }),
  ip: (ip) => ({ ip }),
  user: (user) => ({ user }),
  uuid: (uuid) => ({ uuids: [uuid] }),
  agentId: (agentId) => ({ ids: [agentId] }),
};

/** The named filters of a search for hosts. A search text always results in a filter. */
export function filtersOf(query: HostsQuery): Omit<GetAgentsParams, 'cursor' | 'limit'> {
  const { search, status } = query;
  const kind = kindOf(query);
  return {
    ...(kind === null || search === undefined ? {} : FILTERS[kind](search.trim())),
    ...(status === undefined ? {} : { networkStatuses: [NETWORK_STATUS_OF[status]] }),
  };
}

/** The parameters of one page. It never contains more agents than the page shows. */
export const pageParams = (query: HostsQuery): GetAgentsParams => ({
  ...filtersOf(query),
  limit: query.perPage ?? PER_PAGE,
  ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
});
