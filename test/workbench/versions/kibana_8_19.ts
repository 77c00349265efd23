import { kibana812 } from './kibana_8_12';
import type { KibanaVersion } from './kibana_version';

/** Kibana 8.19, read in the published sources of `elastic/kibana`: pull requests by number, files by commit. */
export const kibana819: KibanaVersion = {
  ...kibana812,
  name: '8.19',
  version: '8.19.7',
  branch: '8.19',
  // Made up: no distribution was read.
  buildNumber: 90_000,
  buildSha: '0'.repeat(40),
  server: {
    ...kibana812.server,
    // #176014 (8.13), actions/server/types.ts@01627b1
    loggerInTemplates: true,
    // #186804 (8.16), sub_action_framework/executor.ts@33dd479
    usageCollector: true,
    // sub_action_framework/sub_action_connector.ts@35e4828, addMessageToResponseError
    requestError: 'kept',
    // #181504 (8.15), action_type_registry.ts@0fb90a1
    preconfiguredNeedsLicense: true,
    // actions/common/connector_feature_config.ts@051418c
    connectorFeatureIds: [
      'alerting',
      'cases',
      'uptime',
      'siem',
      'generativeAIForSecurity',
      'generativeAIForObservability',
      'generativeAIForSearchPlayground',
      'endpointSecurity',
    ],
    // lib/validate_with_schema.ts@16ca7f5
    typeInMessages: 'connector type',
    // #191973 (8.16): both forms are taken, and security counts
    routeSecurity: 'used',
    // core-http-router-server-internal/src/versioned_router, in production
    defaultInternalVersion: '1',
    // plugin_types_server/src/plugin.d.ts@a084049: authc and authz are on start; authz was still in setup, deprecated
    securitySetup: ['audit', 'authz', 'license'],
  },
  browser: {
    ...kibana812.browser,
    // #207878, for 8.x #210895; triggers_actions_ui/public/plugin.ts@05d93d0
    alertsTableRegistry: false,
    // #177086 (8.14), use_url_state.ts@1d2061c
    flyoutUrlKey: 'flyout',
    // take_action_dropdown.tsx@0226dcd, `${PREFIX}FooterDropdownButton`
    takeActionButton: 'securitySolutionFlyoutFooterDropdownButton',
    // unified_doc_viewer/public/plugin.tsx@1434ba2 (8.13)
    docViewer: 'registry',
  },
};
