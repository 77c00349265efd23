import type { ComponentType } from 'react';
import { inServices } from '../lib/render_root';
import type { Services } from '../lib/services';
import { ConnectorFields } from './connector_fields';
import { ParamsFields } from './params_fields';

/** One chunk for the forms of the connector, loaded when one of them is shown. */
export { validateParams } from './action_params';

/** A form as a module for React's `lazy`. */
const formOf =
  <Props extends object>(Form: ComponentType<Props>) =>
  async (services: () => Promise<Services>) => ({ default: inServices(await services(), Form) });

export const connectorForm = formOf(ConnectorFields);
export const paramsForm = formOf(ParamsFields);
