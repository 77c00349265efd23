import type { ComponentType } from 'react';
import { withServices } from '../lib/render_root';
import { knownReleaseTimes } from '../host_status/use_connection';
import type { Services } from '../lib/services';
import { validateParams, type ActionParams } from './action_params';
import { ConnectorFields } from './connector_fields';
import { ParamsFields } from './params_fields';

/** One chunk for the forms of the connector, loaded when one of them is shown. */

/** Checks the parameters of a rule's action against the settings that its form has read. */
export const validateParamsIn = ({ queryClient }: Services, params: Partial<ActionParams>) =>
  validateParams(params, knownReleaseTimes(queryClient).longestMinutes);

/** A form as a module for React's `lazy`. */
const formOf =
  <Props extends object>(Form: ComponentType<Props>) =>
  async (services: () => Promise<Services>) => ({ default: withServices(await services(), Form) });

export const connectorForm = formOf(ConnectorFields);
export const paramsForm = formOf(ParamsFields);
