/** What `@kbn/actions-plugin/server` holds at run time, as far as the plugin uses it (Kibana 8.12.2). */
export { SubActionConnector } from '../../../actions/sub_action_connector';
export { urlAllowListValidator } from '../../../actions/url_allow_list_validator';
export {
  asHttpRequestExecutionSource,
  asSavedObjectExecutionSource,
} from '../../../actions/execution_source';
export { ACTION_SAVED_OBJECT_TYPE } from '../../../actions/saved_object_type';
