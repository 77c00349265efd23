import { safeDecode } from '@kbn/rison';
import type { AlertContext } from '../../common/hosts/alert';
import { isRecord } from '../../common/lib/is_record';

/**
 * Reads the alert of Security's open flyout from the page's URL, where a parameter contains the state of the flyout in
 * rison, with the alert's id and index in the right panel's parameters: `eventFlyout` in Kibana 8.12 and 8.13, `flyout`
 * from 8.14 on (`use_url_state.ts`). The name of 9.5 is not documented, so any parameter with such a state counts.
 */

/** The state of Timeline's flyout, whose alert is another one. */
const TIMELINE_FLYOUT = 'timelineFlyout';

/** Indices of detection alerts. The flyout can show other documents, too. */
const ALERTS_INDEX = /\.alerts-security\.alerts-/;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The alert in the state of a flyout. */
function alertIn(encoded: string): AlertContext | undefined {
  const state = safeDecode(encoded);
  const panel = isRecord(state) ? (state.rightPanel ?? state.right) : undefined;
  const params = isRecord(panel) ? panel.params : undefined;
  const alertId = isRecord(params) ? text(params.id) : undefined;
  const index = isRecord(params) ? text(params.indexName) : undefined;
  if (alertId === undefined || index === undefined || !ALERTS_INDEX.test(index)) return undefined;
  return { alertId, index };
}

/**
 * The alert of the open flyout; undefined if no alert is open, if the state has an unexpected format, or if the URL
 * contains different alerts.
 */
export function alertInUrl(search: string): AlertContext | undefined {
  const alerts = [...new URLSearchParams(search)].flatMap(([name, value]) =>
    name === TIMELINE_FLYOUT ? [] : (alertIn(value) ?? [])
  );
  const [alert] = alerts;
  const isOne = alerts.every(
    ({ alertId, index }) => alertId === alert?.alertId && index === alert?.index
  );
  return isOne ? alert : undefined;
}
