/**
 * The paths and query parameters of SentinelOne's Management API 2.1, below `/web/api/v2.1`.
 *
 * Source: the names in a published OpenAPI description of the API, `sentinelone.yaml` of the public repository
 * Shuffle/openapi-apps at commit 5b50ca9 (2021-07-16), all 407 paths of it. A filter of an agent action takes what the
 * query of `GET /agents` takes, but for paging (Dirt-Diver/s1-api, `AgentActionsApi.md`). `…__contains` takes
 * several values, separated by commas.
 */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const PAGING = words('countOnly cursor limit skip skipCount sortBy sortOrder');

const AGENT_FILTERS = words(`
  K8SNodeLabels__contains K8SNodeName__contains K8SType__contains K8SVersion__contains accountIds activeThreats
  activeThreats__gt adComputerMember__contains adComputerName__contains adComputerQuery__contains adQuery
  adQuery__contains adUserMember__contains adUserName__contains adUserQuery__contains agentNamespace__contains
  agentPodName__contains agentVersions agentVersionsNin appsVulnerabilityStatuses appsVulnerabilityStatusesNin
  awsRole__contains awsSecurityGroups__contains awsSubnetIds__contains azureResourceGroup__contains
  cloudAccount__contains cloudImage__contains cloudInstanceId__contains cloudInstanceSize__contains
  cloudLocation__contains cloudNetwork__contains cloudProvider cloudTags__contains clusterName__contains
  computerName computerName__contains computerName__like consoleMigrationStatuses consoleMigrationStatusesNin
  coreCount__between coreCount__gt coreCount__gte coreCount__lt coreCount__lte countsFor cpuCount__between
  cpuCount__gt cpuCount__gte cpuCount__lt cpuCount__lte createdAt__between createdAt__gt createdAt__gte
  createdAt__lt createdAt__lte decommissionedAt__between decommissionedAt__gt decommissionedAt__gte
  decommissionedAt__lt decommissionedAt__lte domains domainsNin encryptedApplications externalId__contains
  externalIp__contains filterId filteredGroupIds filteredSiteIds firewallEnabled gatewayIp
  gcpServiceAccount__contains groupIds hasLocalConfiguration ids infected installerTypes installerTypesNin
  isActive isDecommissioned isPendingUninstall isUninstalled isUpToDate lastActiveDate__between lastActiveDate__gt
  lastActiveDate__gte lastActiveDate__lt lastActiveDate__lte lastLoggedInUserName__contains locationEnabled
  locationIds locationIdsNin machineTypes machineTypesNin migrationStatus mitigationMode mitigationModeSuspicious
  networkInterfaceGatewayMacAddress__contains networkInterfaceInet__contains networkInterfacePhysical__contains
  networkQuarantineEnabled networkStatuses networkStatusesNin operationalStates operationalStatesNin osArch
  osTypes osTypesNin osVersion__contains query rangerStatus rangerStatuses rangerStatusesNin rangerVersions
  rangerVersionsNin registeredAt__between registeredAt__gt registeredAt__gte registeredAt__lt registeredAt__lte
  remoteProfilingStates remoteProfilingStatesNin scanStatus scanStatuses scanStatusesNin siteIds threatContentHash
  threatCreatedAt__between threatCreatedAt__gt threatCreatedAt__gte threatCreatedAt__lt threatCreatedAt__lte
  threatHidden threatMitigationStatus threatRebootRequired threatResolved totalMemory__between totalMemory__gt
  totalMemory__gte totalMemory__lt totalMemory__lte updatedAt__between updatedAt__gt updatedAt__gte updatedAt__lt
  updatedAt__lte userActionsNeeded uuid uuid__contains uuids
`);

const ACTIVITY_FILTERS = words(`
  accountIds activityTypes agentIds alertIds createdAt__between createdAt__gt createdAt__gte createdAt__lt
  createdAt__lte groupIds ids includeHidden ruleIds siteIds threatIds userEmails userIds
`);

/** Query parameters, of the paths that the simulator has. */
const QUERY: Readonly<Record<string, readonly string[]>> = {
  'GET /agents': [...AGENT_FILTERS, ...PAGING],
  'GET /agents/count': AGENT_FILTERS,
  'GET /activities': [...ACTIVITY_FILTERS, ...PAGING],
  'GET /user': words('accountIds groupIds siteIds tenant'),
};

/** Pairs of a method and a path. */
const METHODS_AND_PATHS = words(`
  GET /accounts POST /accounts GET /accounts/{account_id} PUT /accounts/{account_id}
  POST /accounts/{account_id}/expire-now GET /accounts/{account_id}/policy PUT /accounts/{account_id}/policy
  PUT /accounts/{account_id}/reactivate PUT /accounts/{account_id}/revert-policy
  POST /accounts/{account_id}/uninstall-password/generate GET /accounts/{account_id}/uninstall-password/metadata
  POST /accounts/{account_id}/uninstall-password/revoke GET /accounts/{account_id}/uninstall-password/view
  GET /activities GET /activities/types GET /agents POST /agents/actions/abort-scan
  POST /agents/actions/approve-uninstall POST /agents/actions/broadcast
  POST /agents/actions/can-start-remote-shell POST /agents/actions/clear-remote-shell-session
  POST /agents/actions/connect POST /agents/actions/decommission POST /agents/actions/disable-agent
  POST /agents/actions/disconnect POST /agents/actions/enable-agent POST /agents/actions/fetch-firewall-rules
  POST /agents/actions/fetch-installed-apps POST /agents/actions/fetch-logs POST /agents/actions/firewall-logging
  POST /agents/actions/initiate-scan POST /agents/actions/mark-up-to-date POST /agents/actions/move-to-console
  POST /agents/actions/move-to-site POST /agents/actions/randomize-uuid POST /agents/actions/ranger-disable
  POST /agents/actions/ranger-enable POST /agents/actions/reject-uninstall POST /agents/actions/reset-local-config
  POST /agents/actions/restart-machine POST /agents/actions/set-config POST /agents/actions/set-external-id
  POST /agents/actions/shutdown POST /agents/actions/start-profiling POST /agents/actions/start-remote-shell
  POST /agents/actions/stop-profiling POST /agents/actions/terminate-remote-shell POST /agents/actions/uninstall
  POST /agents/actions/update-software GET /agents/applications GET /agents/count GET /agents/passphrases
  GET /agents/processes POST /agents/{agent_id}/actions/fetch-files GET /agents/{agent_id}/uploads/{activity_id}
  GET /application-inventory GET /application-inventory-counts GET /applications/{application_id}/forensics
  GET /applications/{application_id}/forensics/connections GET /applications/{application_id}/forensics/details
  GET /applications/{application_id}/forensics/export/{export_format} GET /cloud-detection/alerts
  POST /cloud-detection/alerts/analyst-verdict POST /cloud-detection/alerts/incident DELETE /cloud-detection/rules
  GET /cloud-detection/rules POST /cloud-detection/rules PUT /cloud-detection/rules/disable
  PUT /cloud-detection/rules/enable PUT /cloud-detection/rules/{rule_id} DELETE /config-override
  GET /config-override POST /config-override DELETE /config-override/{override_id}
  PUT /config-override/{override_id} DELETE /device-control GET /device-control POST /device-control
  GET /device-control/configuration PUT /device-control/configuration POST /device-control/copy-rules
  PUT /device-control/enable GET /device-control/events GET /device-control/export POST /device-control/import
  POST /device-control/move-rules PUT /device-control/reorder PUT /device-control/{rule_id} POST /dv/cancel-query
  GET /dv/events GET /dv/events/{event_type} GET /dv/fetch-file POST /dv/init-query GET /dv/process-state
  GET /dv/query-status DELETE /exclusions GET /exclusions POST /exclusions PUT /exclusions
  POST /exclusions/validate GET /export/activities GET /export/agents GET /export/installed-applications
  GET /export/threats/{threat_id}/explore/events GET /export/threats/{threat_id}/timeline GET /filters
  POST /filters GET /filters/dv POST /filters/dv DELETE /filters/dv/{filter_id} PUT /filters/dv/{filter_id}
  DELETE /filters/{filter_id} PUT /filters/{filter_id} DELETE /firewall-control GET /firewall-control
  POST /firewall-control POST /firewall-control/add-tags GET /firewall-control/configuration
  PUT /firewall-control/configuration POST /firewall-control/copy-rules PUT /firewall-control/enable
  GET /firewall-control/export POST /firewall-control/import POST /firewall-control/move-rules
  GET /firewall-control/protocols POST /firewall-control/remove-tags PUT /firewall-control/reorder
  POST /firewall-control/set-location GET /firewall-control/tag-rules/{tag_id}
  DELETE /firewall-control/{firewall_rule_category} GET /firewall-control/{firewall_rule_category}
  POST /firewall-control/{firewall_rule_category} PUT /firewall-control/{firewall_rule_category}
  POST /firewall-control/{firewall_rule_category}/add-tags
  GET /firewall-control/{firewall_rule_category}/configuration
  PUT /firewall-control/{firewall_rule_category}/configuration
  POST /firewall-control/{firewall_rule_category}/copy-rules PUT /firewall-control/{firewall_rule_category}/enable
  GET /firewall-control/{firewall_rule_category}/export POST /firewall-control/{firewall_rule_category}/import
  POST /firewall-control/{firewall_rule_category}/move-rules
  GET /firewall-control/{firewall_rule_category}/protocols
  POST /firewall-control/{firewall_rule_category}/remove-tags
  PUT /firewall-control/{firewall_rule_category}/reorder
  POST /firewall-control/{firewall_rule_category}/set-location GET /groups POST /groups PUT /groups/ranks
  DELETE /groups/{group_id} GET /groups/{group_id} PUT /groups/{group_id} PUT /groups/{group_id}/move-agents
  GET /groups/{group_id}/policy PUT /groups/{group_id}/policy PUT /groups/{group_id}/regenerate-key
  PUT /groups/{group_id}/revert-policy GET /hashes/{hash}/classification GET /hashes/{hash}/reputation
  GET /installed-applications GET /installed-applications/cves GET /last-activity-as-syslog DELETE /locations
  GET /locations POST /locations PUT /locations/{location_id} POST /private/account-with-admin
  GET /private/accounts GET /private/accounts/name-available POST /private/agents/actions/randomize-dv-host
  GET /private/agents/available-actions POST /private/agents/available-actions
  GET /private/agents/filters-autocomplete GET /private/agents/filters-count GET /private/agents/free-text-filters
  GET /private/agents/summary POST /private/agents/support-actions/events-throttling
  POST /private/agents/support-actions/flush-events-queue POST /private/agents/support-actions/protect
  POST /private/agents/support-actions/purge-crash-dumps POST /private/agents/support-actions/purge-db
  POST /private/agents/support-actions/purge-research-data POST /private/agents/support-actions/reload
  POST /private/agents/support-actions/restart POST /private/agents/support-actions/revoke-token
  POST /private/agents/support-actions/send-crash-dumps POST /private/agents/support-actions/send-research-data
  POST /private/agents/support-actions/unprotect GET /private/agents/{agent_id}/support-actions/configuration
  GET /private/bulk-tasks POST /private/cloud-detection/alerts/agents-connect
  POST /private/cloud-detection/alerts/agents-disconnect GET /private/cloud-detection/alerts/available-actions
  GET /private/cloud-detection/alerts/filters-autocomplete GET /private/cloud-detection/alerts/filters-count
  GET /private/cloud-detection/alerts/free-text-filters POST /private/cloud-detection/alerts/mark-as-threat
  GET /private/cloud-detection/rules/available-actions GET /private/cloud-detection/rules/filters-autocomplete
  GET /private/cloud-detection/rules/filters-count GET /private/cloud-detection/rules/free-text-filters
  GET /private/cloud-detection/rules/wizardOptions GET /private/dashboard
  GET /private/device-control/filters-count GET /private/device-control/interfaces
  GET /private/device-control/unscoped GET /private/dv/translate-query
  GET /private/exclusions/applications-catalog POST /private/exclusions/applications-catalog
  GET /private/exclusions/filters-autocomplete GET /private/exclusions/filters-count
  GET /private/exclusions/free-text-filters GET /private/filters/enriched
  GET /private/firewall-control/filters-autocomplete GET /private/firewall-control/filters-count
  GET /private/firewall-control/free-text-filters GET /private/firewall-control/unscoped
  GET /private/firewall-control/{firewall_rule_category}/filters-autocomplete
  GET /private/firewall-control/{firewall_rule_category}/filters-count
  GET /private/firewall-control/{firewall_rule_category}/free-text-filters
  GET /private/firewall-control/{firewall_rule_category}/unscoped GET /private/group-count
  GET /private/groups-default GET /private/hashes/scopes GET /private/installed-applications/filters-autocomplete
  GET /private/installed-applications/filters-count GET /private/installed-applications/free-text-filters
  GET /private/installed-applications/risk-levels-count
  GET /private/installed-applications/{agent_application_id}/cves GET /private/locations/filters-autocomplete
  GET /private/locations/filters-count GET /private/locations/free-text-filters GET /private/my-user
  GET /private/navigation/accounts GET /private/navigation/accounts/{scope_id} GET /private/navigation/groups
  GET /private/navigation/groups/{scope_id} GET /private/navigation/search GET /private/navigation/sites
  GET /private/navigation/sites/{scope_id} GET /private/navigation/top-level/totals GET /private/navigation/totals
  GET /private/policy POST /private/policy GET /private/ranger/auto-deploy/get-deployers
  POST /private/ranger/auto-deploy/masterphrase-attempt GET /private/ranger/auto-deploy/start
  GET /private/ranger/cred-groups/domains GET /private/ranger/cred-groups/{cred_group_id}/details
  GET /private/ranger/filters-autocomplete GET /private/ranger/filters-count GET /private/ranger/free-text-filters
  GET /private/ranger/gateways/dashboard GET /private/ranger/gateways/export/csv
  GET /private/ranger/gateways/filters-autocomplete GET /private/ranger/gateways/filters-count
  GET /private/ranger/gateways/free-text-filters GET /private/ranger/review-reasons GET /private/ranger/scan-data
  GET /private/ranger/scan-report GET /private/ranger/snapshot-status GET /private/rbac/user-permissions
  GET /private/restrictions/filters-autocomplete GET /private/restrictions/filters-count
  GET /private/restrictions/free-text-filters GET /private/rogues/filters-count
  GET /private/rogues/free-text-filters GET /private/rogues/networks/dashboard
  GET /private/rogues/ranger/filters-count POST /private/rogues/sign-eula GET /private/rogues/snapshot-status
  GET /private/rogues/status GET /private/settings/system-configuration GET /private/settings/unauthenticated
  GET /private/singularity-marketplace/availability POST /private/star/manage/update-limits
  GET /private/system/enabled-features GET /private/tasks POST /private/tasks/cancel-task
  GET /private/tasks/filters-autocomplete GET /private/tasks/filters-count GET /private/tasks/free-text-filters
  GET /private/threat-groups POST /private/threats/agents-connect POST /private/threats/agents-disconnect
  GET /private/threats/available-actions POST /private/threats/create-slim-threat
  POST /private/threats/dv-add-to-blacklist POST /private/threats/dv-mark-as-threat
  GET /private/threats/filters-autocomplete GET /private/threats/filters-count
  GET /private/threats/free-text-filters POST /private/threats/ioc-create-threats
  POST /private/threats/multiple-actions GET /private/threats/summary GET /private/threats/timeline-categories
  GET /private/threats/{threat_id}/analysis GET /private/threats/{threat_id}/appearances
  GET /private/threats/{threat_id}/explore/all-events GET /private/threats/{threat_id}/explore/count-by-type
  GET /private/threats/{threat_id}/explore/event GET /private/threats/{threat_id}/explore/prefetch-events
  GET /private/threats/{threat_id}/explore/timeline GET /private/threats/{threat_id}/explore/tree
  GET /private/user-info POST /private/users/iframe-token-details POST /private/users/login/by-iframe-token
  GET /private/users/my-token POST /private/users/revoke-iframe-token POST /ranger/auto-deploy/deploy
  GET /ranger/cred-groups POST /ranger/cred-groups GET /ranger/cred-groups/details
  POST /ranger/cred-groups/details DELETE /ranger/cred-groups/details/{detail_id}
  PUT /ranger/cred-groups/details/{detail_id} DELETE /ranger/cred-groups/{cred_group_id}
  PUT /ranger/cred-groups/{cred_group_id} POST /ranger/device-review PUT /ranger/device-review/{inventory_id}
  GET /ranger/gateways POST /ranger/gateways/update PUT /ranger/gateways/{gateway_id} GET /ranger/report/csv
  GET /ranger/settings PUT /ranger/settings GET /ranger/table-view POST /ranger/tags
  GET /ranger/{inventory_id}/json GET /ranger/{inventory_id}/json/export GET /rbac/role POST /rbac/role
  DELETE /rbac/role/{role_id} GET /rbac/role/{role_id} PUT /rbac/role/{role_id} GET /rbac/roles
  GET /remote-scripts POST /remote-scripts POST /remote-scripts/execute GET /report-tasks POST /report-tasks
  PUT /report-tasks/{task_id} GET /reports POST /reports/delete-reports POST /reports/delete-tasks
  GET /reports/insights/types GET /reports/{report_id}/{report_format} DELETE /restrictions GET /restrictions
  POST /restrictions PUT /restrictions POST /restrictions/validate GET /rogues/report/csv GET /rogues/settings
  PUT /rogues/settings GET /rogues/table-view GET /sentinelonerss GET /settings/active-directory
  PUT /settings/active-directory GET /settings/active-directory/scope-mapping
  PUT /settings/active-directory/scope-mapping POST /settings/active-directory/test GET /settings/microsoft
  PUT /settings/microsoft POST /settings/microsoft/test GET /settings/notifications PUT /settings/notifications
  POST /settings/notifications/cancel-pending-emails GET /settings/recipients PUT /settings/recipients
  DELETE /settings/recipients/{recipient_id} GET /settings/sms PUT /settings/sms GET /settings/smtp
  PUT /settings/smtp POST /settings/smtp/test GET /settings/sso PUT /settings/sso POST /settings/sso/test
  GET /settings/syslog PUT /settings/syslog POST /settings/syslog/test
  DELETE /singularity-marketplace/applications GET /singularity-marketplace/applications
  POST /singularity-marketplace/applications PUT /singularity-marketplace/applications
  GET /singularity-marketplace/applications-catalog
  GET /singularity-marketplace/applications-catalog/{application_catalog_id}/config
  GET /singularity-marketplace/applications/{application_id}/config
  POST /singularity-marketplace/applications/{mode} POST /site-with-admin GET /sites POST /sites
  POST /sites/duplicate-site DELETE /sites/{site_id} GET /sites/{site_id} PUT /sites/{site_id}
  POST /sites/{site_id}/expire-now GET /sites/{site_id}/policy PUT /sites/{site_id}/policy
  PUT /sites/{site_id}/reactivate PUT /sites/{site_id}/regenerate-key PUT /sites/{site_id}/revert-policy
  GET /system/configuration PUT /system/configuration GET /system/info GET /system/status GET /system/status/cache
  GET /system/status/db DELETE /tags GET /tags POST /tags DELETE /tags/{tag_id} PUT /tags/{tag_id}
  GET /tasks-configuration PUT /tasks-configuration GET /tasks-configuration/explicit-subscopes
  GET /tasks-configuration/has-explicit-subscope GET /tenant/policy PUT /tenant/policy GET /tests/hello
  DELETE /threat-intelligence/iocs POST /threat-intelligence/iocs GET /threats POST /threats/add-to-blacklist
  POST /threats/add-to-exclusions POST /threats/analyst-verdict POST /threats/engines/disable GET /threats/export
  POST /threats/external-ticket-id POST /threats/fetch-file POST /threats/incident POST /threats/mitigate/{action}
  GET /threats/mitigation-report/{report_id} POST /threats/notes GET /threats/{threat_id}/download-from-cloud
  GET /threats/{threat_id}/explore/events GET /threats/{threat_id}/notes
  DELETE /threats/{threat_id}/notes/{note_id} PUT /threats/{threat_id}/notes/{note_id}
  GET /threats/{threat_id}/timeline GET /threats/{threat_id}/whitening-options
  GET /update/agent/download/{package_id} GET /update/agent/download/{site_id}/{package_id}
  GET /update/agent/latest-packages DELETE /update/agent/packages GET /update/agent/packages
  PUT /update/agent/packages/{package_id} POST /upload/agent/software POST /upload/software
  POST /upload/software/deploy GET /user GET /users POST /users POST /users/2fa/disable POST /users/2fa/enable
  POST /users/api-token-details POST /users/auth/app POST /users/auth/eula POST /users/auth/recovery-code
  POST /users/change-password POST /users/delete-users POST /users/enable-app POST /users/generate-api-token
  POST /users/generate-iframe-token POST /users/generate-recovery-codes POST /users/login
  POST /users/login/by-api-token GET /users/login/by-token GET /users/login/sso-saml2
  POST /users/login/sso-saml2/{scope_id} POST /users/logout POST /users/onboarding/send-verification-email
  GET /users/onboarding/validate-token POST /users/onboarding/verify POST /users/request-app
  POST /users/revoke-api-token GET /users/rs-auth-check GET /users/tenant-admin-auth-check
  GET /users/viewer-auth-check DELETE /users/{user_id} GET /users/{user_id} PUT /users/{user_id}
  GET /users/{user_id}/api-token-details
`);

const METHODS = new Map<string, string[]>();
for (let at = 0; at < METHODS_AND_PATHS.length; at += 2) {
  const [method = '', path = ''] = METHODS_AND_PATHS.slice(at, at + 2);
  METHODS.set(path, [...(METHODS.get(path) ?? []), method]);
}

const TEMPLATES = [...METHODS].map(([path, methods]) => ({
  matches: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  methods,
}));

/** The methods that the API has for a path such as `/agents/1/passphrase`; none for an unknown path. */
export const methodsOfApi = (path: string): readonly string[] =>
  METHODS.get(path) ?? TEMPLATES.find(({ matches }) => matches.test(path))?.methods ?? [];

/** The query parameters that the API has for a path of the simulator. */
export const queryOfApi = (method: string, path: string): readonly string[] =>
  QUERY[`${method} ${path}`] ?? [];

/** The fields that the API has in the filter of an agent action. */
export const agentFiltersOfApi = (): readonly string[] => AGENT_FILTERS;
