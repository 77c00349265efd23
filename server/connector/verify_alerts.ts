import type { ElasticsearchClient } from '@kbn/core/server';
import { alertsIndex } from '../alerts/search_alerts';

/** Verifies which of the alerts of a request its caller can read. */

/** The longest time (ms) that an action waits for this verification. */
const ANSWER_WITHIN = 2_000;

/**
 * Returns the alerts for which it was not verified that the caller can read them in this space: they may not exist, or
 * the caller may lack access. Returns all of them if Elasticsearch does not respond. One search as the caller, which
 * reads no fields of the alerts. Never throws.
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
