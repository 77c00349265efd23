/** `@kbn/actions-plugin/server/sub_action_framework/types` of Kibana 8.12.2. */
export { ValidatorType } from '../../../../actions/validator_type';
