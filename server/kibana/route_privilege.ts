import type { VersionedRouteConfig } from '@kbn/core/server';

/**
 * The options of a route that requires an API privilege, for every supported Kibana: the tag up to 9.0, `security`
 * from 8.16 on and required from 9.1 on. Where both are known, `security` counts; 8.12 ignores it (`core_versioned_route`,
 * `security_route_config_validator`).
 */
export const requires = (
  apiPrivilege: string
): Required<Pick<VersionedRouteConfig, 'options' | 'security'>> => ({
  options: { tags: [`access:${apiPrivilege}`] },
  security: { authz: { requiredPrivileges: [apiPrivilege] } },
});
