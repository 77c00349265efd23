import type { KibanaVersion } from './kibana_version';

/** Kibana 8.12.2, read in the official distribution. */
export const kibana812: KibanaVersion = {
  name: '8.12',
  // package.json
  version: '8.12.2',
  branch: '8.12',
  buildNumber: 70281,
  buildSha: 'f5bd489c5ff9c676c4f861c42da6ea99ae350832',
  server: {
    // actions-plugin/server/types, lib/mustache_renderer
    loggerInTemplates: false,
    // actions-plugin/server/lib/validate_with_schema, sub_action_framework/executor
    schemaMethod: 'validate',
    // actions-plugin/server/sub_action_framework/executor: the schema only checks
    subActionGets: 'sent',
    usageCollector: false,
    // actions-plugin/server/sub_action_framework/sub_action_connector
    requestError: 'replaced',
    // actions-plugin/server/action_type_registry, isActionExecutable
    preconfiguredNeedsLicense: false,
    // actions-plugin/common/connector_feature_config
    connectorFeatureIds: [
      'alerting',
      'cases',
      'uptime',
      'siem',
      'generativeAI',
      'generativeAIForObservability',
    ],
    // actions-plugin/server/lib/validate_with_schema
    typeInMessages: 'action type',
    // core-http-router-server-internal/src/versioned_router: options that it does not know are not looked at
    routeSecurity: 'unknown',
    // core-http-server-internal/src/http_config, restrictInternalApis
    internalOriginRequired: false,
    // core-http-router-server-internal/src/versioned_router/core_versioned_route
    defaultInternalVersion: undefined,
    // security-plugin/server/plugin
    securitySetup: ['audit', 'authc', 'authz', 'license'],
  },
  browser: {
    // triggersActionsUi.plugin.js
    alertsTableRegistry: true,
    // securitySolution.chunk: URL_PARAM_KEY, take_action_dropdown, right section of the expandable flyout
    flyoutUrlKey: 'eventFlyout',
    takeActionButton: 'take-action-dropdown-btn',
    flyoutHasSections: true,
    // uiActions.plugin.js
    asyncUiActions: false,
    // unifiedDocViewer.plugin.js
    docViewer: 'addDocView',
  },
  // cases-plugin/server/plugin, cases.plugin.js
  caseRegistries: ['registerExternalReference'],
};
