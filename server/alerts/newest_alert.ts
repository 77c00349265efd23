import type { ElasticsearchClient } from '@kbn/core/server';
import type { AlertSummary } from '../../common/hosts/alert';
import { alertSummaryOf, type AlertHit } from './alert_document';
import { alertsIndex, LISTED_FIELDS } from './search_alerts';

/** The newest alert of a rule, read as the current user; undefined if they can see none. */
export async function newestAlertOf(
  esClient: ElasticsearchClient,
  spaceId: string,
  ruleId: string
): Promise<AlertSummary | undefined> {
  const answer = await esClient.search({
    index: alertsIndex(spaceId),
    ignore_unavailable: true,
    size: 1,
    _source: LISTED_FIELDS,
    query: { bool: { filter: [{ term: { 'kibana.alert.rule.uuid': ruleId } }] } },
    sort: [{ '@timestamp': { order: 'desc', unmapped_type: 'date' } }],
  });
  const [hit] = answer.hits.hits as AlertHit[];
  return hit === undefined ? undefined : alertSummaryOf(hit);
}
