import type { ActionType } from '@kbn/actions-plugin/server';
import { CONNECTOR_TYPE_ID } from '../../common/lib/constants';
import type { ConnectorsFound, DocumentsFound } from '../../common/api/setup';
import type { NamedConnector } from '../connector/connectors_in_space';
import type { ElasticsearchClient } from '@kbn/core/server';
import type { SetUpRule } from '../../common/hosts/set_up_rules';
import { readText, type Source } from '../alerts/read_field';

type ConnectorsIn = (namespace: string | undefined) => Promise<readonly NamedConnector[]>;

/** The connectors for SentinelOne in a space, and whether another may be created. */
export async function findConnectors(
  oursIn: ConnectorsIn,
  kibanasIn: ConnectorsIn,
  namespace: string | undefined,
  types: Promise<readonly ActionType[]>
): Promise<ConnectorsFound> {
  const [ours, kibanasOwn, known] = await Promise.all([
    oursIn(namespace),
    kibanasIn(namespace),
    types,
  ]);
  const type = known.find(({ id }) => id === CONNECTOR_TYPE_ID);
  return {
    ours,
    kibanasOwn,
    enabledInLicense: type?.enabledInLicense ?? false,
    minimumLicense: type?.minimumLicenseRequired ?? 'gold',
    enabledInConfig: type?.enabledInConfig ?? false,
  };
}

const totalOf = (total: number | { readonly value: number } | undefined): number =>
  typeof total === 'number' ? total : (total?.value ?? 0);

/** What a rule of the set-up reads, as the current user: how many documents, the newest, how many name an agent. */
export async function findDocuments(
  esClient: ElasticsearchClient,
  { index, agentField }: SetUpRule
): Promise<DocumentsFound> {
  const where = { index, ignore_unavailable: true, track_total_hits: true };
  const [all, withAgent] = await Promise.all([
    esClient.search({
      ...where,
      size: 1,
      _source: ['@timestamp'],
      sort: [{ '@timestamp': { order: 'desc', unmapped_type: 'date' } }],
    }),
    esClient.search({
      ...where,
      size: 0,
      query: { exists: { field: agentField } },
    }),
  ]);
  const newest = (all.hits.hits[0]?._source ?? {}) as Source;
  return {
    total: totalOf(all.hits.total),
    newest: readText(newest, '@timestamp'),
    withAgent: totalOf(withAgent.hits.total),
  };
}
