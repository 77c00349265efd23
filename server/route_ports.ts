import { setTimeout as sleep } from 'node:timers/promises';
import type { KibanaRequest } from '@kbn/core/server';
import type { SecurityPluginStart } from '@kbn/security-plugin/server';
import { CASES_OWNER, CONNECTOR_TYPE_ID } from '../common/lib/constants';
import { savedObjectCaseAttachments } from './cases/attach_to_cases';
import { casesOfUser } from './cases/cases_of_user';
import { knowsCallers, userKeyOf } from './connector/caller';
import { KIBANAS_CONNECTOR_TYPE_ID } from './connector/connectors_in_space';
import { savedObjectHistory } from './history/history_store';
import { DEFAULT_SPACE_ID } from './kibana/kibana_spaces';
import { ttlCache } from './lib/ttl_cache';
import { protectionSettingsStore } from './protection/protection_of_space';
import { retentionSettingsStore } from './retention/retention_settings_store';
import type { RoutePorts } from './routes/route_context';
import { settingsAuditLog } from './settings/settings_audit_log';
import { provenActions } from './setup/setup_checks';
import type { KibanaServices, SharedServices } from './shared_services';

/** The name of the privilege to add an attachment to a case (`cases-plugin/server/authorization`). */
const ATTACH = 'createComment';

/** Whether the user of a request has a privilege in the request's space; true if Kibana runs without security. */
async function hasPrivilege(
  security: SecurityPluginStart | undefined,
  request: KibanaRequest,
  privilegeOf: (actions: SecurityPluginStart['authz']['actions']) => string
): Promise<boolean> {
  if (security === undefined || !security.authz.mode.useRbacForRequest(request)) return true;
  const { authz } = security;
  const { hasAllRequested } = await authz.checkPrivilegesDynamicallyWithRequest(request)({
    kibana: [privilegeOf(authz.actions)],
  });
  return hasAllRequested;
}

/**
 * The contract that identifies users and checks their privileges; undefined if Kibana has no security plugin. Throws if
 * the plugin has a different contract in this version of Kibana. Nothing is allowed then.
 */
function checkedSecurity({ setup, start }: KibanaServices): SecurityPluginStart | undefined {
  const { security } = start as { readonly security?: Partial<SecurityPluginStart> };
  if (setup.security === undefined && security === undefined) return undefined;
  if (security?.authz === undefined || security.authc === undefined) {
    throw new Error(
      'Privileges cannot be checked: the security plugin of this version of Kibana lacks authc or authz'
    );
  }
  return start.security;
}

/** Returns the ports of the HTTP routes. */
export function routePorts(kibana: KibanaServices, shared: SharedServices): RoutePorts {
  const { setup, start, eventLogger, logger } = kibana;
  const { repository, clock, monotonicClock, hostStatusCaches, isolatedHostsCaches } = shared;
  const { actions, cases, spaces } = start;
  const { attachmentForm } = kibana;
  const security = checkedSecurity(kibana);
  return {
    ...shared,
    actions,
    processClock: monotonicClock,
    hostStatusCacheOf: hostStatusCaches.of,
    isolatedHostsOf: isolatedHostsCaches.of,
    forgetIsolatedHosts: () => isolatedHostsCaches.forget(),
    isSecurityEnabled: () => knowsCallers(setup.security),
    historyOf: (namespace) => savedObjectHistory(repository, namespace, clock),
    kibanasConnectorsIn: (namespace) => shared.connectorsIn(namespace, KIBANAS_CONNECTOR_TYPE_ID),
    connectionTests: ttlCache(monotonicClock.now),
    provenActions: (connectorId, namespace) => provenActions(repository, connectorId, namespace),
    settingsAuditLog: settingsAuditLog({
      eventLogger,
      audit: setup.security?.audit,
      authc: security?.authc,
      log: logger,
    }),
    caseAttachmentsOf: (namespace) => savedObjectCaseAttachments(repository, namespace),
    retentionSettingsOf: (namespace) => retentionSettingsStore(repository, namespace),
    protectionSettingsOf: (namespace) => protectionSettingsStore(repository, namespace),
    usernameOf: (request) => security?.authc.getCurrentUser(request)?.username,
    userKeyOf: (request) => userKeyOf(security, request),
    mayCall: (request, apiPrivilege) =>
      hasPrivilege(security, request, ({ api }) => api.get(apiPrivilege)),
    mayAttach: (request) =>
      hasPrivilege(security, request, (known) => known.cases.get(CASES_OWNER, ATTACH)),
    casesOf: async (request) =>
      cases &&
      attachmentForm &&
      casesOfUser(await cases.getCasesClientWithRequest(request), attachmentForm),
    // `ref: false`: a pending wait does not keep Kibana from stopping.
    sleep: (ms) => sleep(ms, undefined, { ref: false }),
    spaceIdOf: (request) => spaces?.spacesService.getSpaceId(request) ?? DEFAULT_SPACE_ID,
    ensureMayExecute: async (request) =>
      actions.getActionsAuthorizationWithRequest(request).ensureAuthorized({
        operation: 'execute',
        actionTypeId: CONNECTOR_TYPE_ID,
      }),
  };
}
