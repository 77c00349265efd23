import { lazy } from 'react';
import type { ActionTypeModel } from '@kbn/triggers-actions-ui-plugin/public';
import { i18n } from '@kbn/i18n';
import { CONNECTOR_TYPE_ID, CONNECTOR_TYPE_TITLE } from '../../common/lib/constants';
import type { Services } from '../lib/services';
import type { ActionParams } from './action_params';

const parts = () => import('./lazy_parts');

/** The connector type for Stack Management and rules. Its forms are loaded on demand. */
export function connectorType(
  services: () => Promise<Services>
): ActionTypeModel<Record<string, unknown>, Record<string, unknown>, ActionParams> {
  return {
    id: CONNECTOR_TYPE_ID,
    iconClass: lazy(() => import('./logo')),
    actionTypeTitle: CONNECTOR_TYPE_TITLE,
    selectMessage: i18n.translate('sentineloneResponse.connector.selectMessage', {
      defaultMessage: 'Isolate and release SentinelOne hosts from alerts.',
    }),
    validateParams: async (params) => (await parts()).validateParamsIn(await services(), params),
    actionConnectorFields: lazy(async () => (await parts()).connectorForm(services)),
    actionParamsFields: lazy(async () => (await parts()).paramsForm(services)),
  };
}
