import { safeDecode } from '@kbn/rison';
import type { AlertContext } from '../../common/hosts/alert';
import { isRecord } from '../../common/lib/is_record';

/**
 * Reads the alert of Security's open flyout from the page's URL: `eventFlyout` contains the state of the flyout in rison,
 * with the alert's id and index in the right panel's parameters (Kibana 8.12.2).
 */

/** Indices of detection alerts. The flyout can show other documents, too. */
const ALERTS_INDEX = /\.alerts-security\.alerts-/;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The alert of the open flyout; undefined if no alert is open, or the state has an unexpected format. */
export function alertInUrl(search: string): AlertContext | undefined {
  const encoded = new URLSearchParams(search).get('eventFlyout');
  const state = encoded === null ? undefined : safeDecode(encoded);
  const panel = isRecord(state) ? (state.rightPanel ?? state.right) : undefined;
  const params = isRecord(panel) ? panel.params : undefined;
  const alertId = isRecord(params) ? text(params.id) : undefined;
  const index = isRecord(params) ? text(params.indexName) : undefined;
  if (alertId === undefined || index === undefined || !ALERTS_INDEX.test(index)) return undefined;
  return { alertId, index };
}
