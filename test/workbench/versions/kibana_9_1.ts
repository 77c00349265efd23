import { kibana819 } from './kibana_8_19';
import type { KibanaVersion } from './kibana_version';

/** Kibana 9.1, read in the published sources of `elastic/kibana`: pull requests by number, files by commit. */
export const kibana91: KibanaVersion = {
  ...kibana819,
  name: '9.1',
  version: '9.1.7',
  branch: '9.1',
  // Made up: no distribution was read.
  buildNumber: 91_000,
  server: {
    ...kibana819.server,
    // #215180, #220231; security_route_config_validator.ts@1d7f15d: a route without it throws, and tags are inert
    routeSecurity: 'required',
    // 9.0: server.restrictInternalApis is on, lifecycle_handlers.ts
    internalOriginRequired: true,
    // plugin_types_server/src/plugin.d.ts@a084049
    securitySetup: ['audit', 'license', 'privilegeDeprecationsService'],
  },
};
