import type { GetAgentsParams } from '../../common/api/connector';
import type { HostsQuery } from '../../common/api/hosts';
import {
  detectSearchKind,
  NETWORK_STATUS_OF,
  type HostSearchKind,
} from '../../common/hosts/host_search';

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
