/** One chunk for the forms of the connector: loaded when one of them is shown. */
export { ConnectorFields } from './connector_fields';
export { inServices } from './in_services';
export { ParamsFields } from './params_fields';
export { validateParams } from './action_params';
