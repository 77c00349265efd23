import { safeDecode } from '@kbn/rison';
import type { AlertContext } from '../../common/alert';

/**
 * Which alert Security's flyout shows, from the page's URL: while it is open, `eventFlyout` holds its
 * state in rison, with the alert's id and index in the right panel's parameters (Kibana 8.12.2).
 */

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Returns undefined when no alert's flyout is open, or when the state has another form. */
export function alertInUrl(search: string): AlertContext | undefined {
  const encoded = new URLSearchParams(search).get('eventFlyout');
  const state = encoded === null ? undefined : safeDecode(encoded);
  const panel = isRecord(state) ? (state.rightPanel ?? state.right) : undefined;
  const params = isRecord(panel) ? panel.params : undefined;
  const alertId = isRecord(params) ? text(params.id) : undefined;
  if (alertId === undefined || !isRecord(params)) return undefined;
  return { alertId, index: text(params.indexName) };
}
