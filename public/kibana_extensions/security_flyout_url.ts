import { safeDecode } from '@kbn/rison';
import type { AlertContext } from '../../common/hosts/alert';
import { isRecord } from '../../common/lib/is_record';

/**
 * Which alert Security's flyout shows, from the page's URL: while it is open, `eventFlyout` holds its
 * state in rison, with the alert's id and index in the right panel's parameters (Kibana 8.12.2).
 */

/** Detection alerts of a space; the flyout shows other documents too. */
const ALERTS_INDEX = /\.alerts-security\.alerts-/;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Returns undefined when no alert's flyout is open, or when the state has another form. */
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
