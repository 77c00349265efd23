import { i18n } from '@kbn/i18n';
import type { HostProperty } from './host_property';

/** The texts of a property of hosts. */
export interface PropertyTexts {
  /** As a title. */
  readonly title: () => string;
  /** Its status within a sentence, after "the". */
  readonly status: () => string;
}

export const PROPERTY_TEXTS: Readonly<Record<HostProperty, PropertyTexts>> = {
  network: {
    title: () =>
      i18n.translate('sentineloneResponse.property.network', { defaultMessage: 'Network status' }),
    status: () =>
      i18n.translate('sentineloneResponse.property.networkStatus', {
        defaultMessage: 'network status',
      }),
  },
  scan: {
    title: () =>
      i18n.translate('sentineloneResponse.property.scan', { defaultMessage: 'Full disk scan' }),
    status: () =>
      i18n.translate('sentineloneResponse.property.scanStatus', {
        defaultMessage: 'status of the full disk scan',
      }),
  },
};
