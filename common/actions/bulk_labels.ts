import { i18n } from '@kbn/i18n';
import type { ActionName } from './action_name';

/**
 * The labels of the bulk actions in Elastic Security. Separate from the other texts of the catalogue, because every
 * page of Kibana loads the entry bundle, which needs only these.
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
