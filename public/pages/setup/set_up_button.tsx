import { type FC } from 'react';
import { i18n } from '@kbn/i18n';
import { PLUGIN_ID } from '../../../common/lib/constants';
import { AppButton } from './step_parts';

/** Leads to the Set up page, from wherever something is missing. */
export const SetUpButton: FC<{ readonly fill?: boolean }> = ({ fill }) => (
  <AppButton app={PLUGIN_ID} path="/setup" fill={fill}>
    {i18n.translate('sentineloneResponse.setup.open', { defaultMessage: 'Open Set up' })}
  </AppButton>
);
