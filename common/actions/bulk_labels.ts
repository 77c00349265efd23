import { i18n } from '@kbn/i18n';
import type { ActionName } from './action_name';

/**
 * The items of the bulk actions in Elastic Security. Apart from the other texts of the catalogue: the entry bundle
 * loads with every page of Kibana and contains these only.
 */
export const BULK_LABELS: Readonly<Record<ActionName, () => string>> = {
  isolate: () =>
    i18n.translate('sentineloneResponse.bulk.isolate', {
      defaultMessage: 'Isolate SentinelOne hosts',
    }),
  release: () =>
    i18n.translate('sentineloneResponse.bulk.release', {
      defaultMessage: 'Release SentinelOne hosts',
    }),
  scan: () =>
    i18n.translate('sentineloneResponse.bulk.scan', {
      defaultMessage: 'Scan SentinelOne hosts',
    }),
  abortScan: () =>
    i18n.translate('sentineloneResponse.bulk.abortScan', {
      defaultMessage: 'Abort scan of SentinelOne hosts',
    }),
};
