import type { ElasticsearchClient } from '@kbn/core/server';
import { alertsIndex } from '../alerts/search_alerts';

/** Which of the alerts that a request names its caller can read. */

/** An action does not wait longer (ms) to learn what its record says of alerts. */
const ANSWER_WITHIN = 2_000;

/**
 * Those of these alerts of the space that the caller was not seen to be able to read: they may not exist, or be
 * none of the caller's. All of them when Elasticsearch does not say. Asked as the caller, in one search that reads
 * nothing of the alerts. Never throws.
 */
export async function unverifiedAlerts(
  esClient: ElasticsearchClient,
  spaceId: string,
  alertIds: readonly string[]
): Promise<readonly string[]> {
  const distinct = [...new Set(alertIds)];
  if (distinct.length === 0) return [];
  try {
    const { hits } = await esClient.search(
      {
        index: alertsIndex(spaceId),
        ignore_unavailable: true,
        size: distinct.length,
        track_total_hits: false,
        _source: false,
        query: { ids: { values: distinct } },
      },
      { requestTimeout: ANSWER_WITHIN, maxRetries: 0 }
    );
    const found = new Set(hits.hits.map(({ _id }) => _id));
    return distinct.filter((alertId) => !found.has(alertId));
  } catch {
    return distinct;
  }
}
