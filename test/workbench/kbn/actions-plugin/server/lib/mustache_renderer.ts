/** `@kbn/actions-plugin/server/lib/mustache_renderer` of Kibana 8.12.2. */
export { renderMustacheObject } from '../../../../actions/message_variables';
