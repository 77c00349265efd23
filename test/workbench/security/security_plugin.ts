import type { AuditEvent } from '@kbn/security-plugin/server';
import type { KibanaRequest } from '@kbn/core/server';
import { pick } from 'lodash';
import { onlyThese } from '../not_in_the_workbench';
import type { ElasticsearchRequests } from '../elasticsearch/requests';
import { authenticateAnswer } from '../elasticsearch/security_api';
import type { Privileges } from '../users/privileges';
import type { ServerContracts } from '../versions/kibana_version';
import type { Identity } from '../users/user_directory';

interface SecurityPorts {
  readonly contracts: ServerContracts;
  readonly privileges: Privileges;
  readonly requests: ElasticsearchRequests;
  /** Who sent a request, by its `Authorization` header; undefined when nobody did. */
  readonly identityOf: (request: KibanaRequest) => Identity | undefined;
  readonly spaceIdOf: (request: KibanaRequest) => string;
}

/** Something that was written to the audit log, with what Kibana adds. */
interface AuditedEvent extends AuditEvent {
  readonly '@timestamp': string;
  readonly user?: { readonly name: string };
}

/** The security plugin of a Kibana that runs with security. */
export function createSecurity({
  contracts: { securitySetup },
  privileges,
  requests,
  identityOf,
  spaceIdOf,
}: SecurityPorts) {
  const audited: AuditedEvent[] = [];

  const auditLogger = (request?: KibanaRequest) => ({
    enabled: true,
    log(event: AuditEvent | undefined) {
      if (event === undefined) return;
      const username = request && identityOf(request)?.user.username;
      const spaceId = request && spaceIdOf(request);
      audited.push({
        '@timestamp': new Date().toISOString(),
        ...event,
        ...(username !== undefined && { user: { name: username } }),
        kibana: { ...event.kibana, ...(spaceId !== undefined && { space_id: spaceId }) },
      });
    },
  });

  const check = async (
    request: KibanaRequest,
    spaceId: string,
    asked: string | readonly string[]
  ) => {
    // `security-plugin/server/authorization/check_privileges.js`
    await requests.send('has_privileges');
    const identity = identityOf(request);
    const kibana = (typeof asked === 'string' ? [asked] : asked).map((privilege) => ({
      resource: spaceId,
      privilege,
      authorized: identity !== undefined && privileges.has(identity.user, privilege, spaceId),
    }));
    return {
      hasAllRequested: kibana.every(({ authorized }) => authorized),
      username: identity?.user.username ?? '',
      privileges: { kibana, elasticsearch: { cluster: [], index: {} } },
    };
  };

  const authz = onlyThese('security.authz', {
    actions: onlyThese('security.authz.actions', {
      api: { get: (operation: string) => `api:${operation}` },
      cases: { get: (owner: string, operation: string) => `cases:${owner}/${operation}` },
      ui: {
        get: (featureId: string, ...parts: string[]) => `ui:${[featureId, ...parts].join('/')}`,
      },
      savedObject: {
        get: (type: string, operation: string) => `saved_object:${type}/${operation}`,
      },
      login: 'login:',
    }),
    mode: { useRbacForRequest: () => true },
    checkPrivilegesDynamicallyWithRequest:
      (request: KibanaRequest) =>
      async ({ kibana }: { kibana: string | string[] }) =>
        check(request, spaceIdOf(request), kibana),
    checkPrivilegesWithRequest: (request: KibanaRequest) => ({
      atSpace: async (spaceId: string, { kibana }: { kibana: string | string[] }) =>
        check(request, spaceId, kibana),
      globally: async ({ kibana }: { kibana: string | string[] }) => check(request, '*', kibana),
    }),
  });

  const authc = onlyThese('security.authc', {
    getCurrentUser(request: KibanaRequest) {
      const identity = identityOf(request);
      if (identity === undefined) return null;
      const isKey = identity.apiKey !== undefined;
      return {
        ...authenticateAnswer(identity),
        authentication_provider: isKey
          ? { type: 'http', name: '__http__' }
          : { type: 'basic', name: 'basic' },
        elastic_cloud_user: false,
      };
    },
  });

  const audit = {
    asScoped: (request: KibanaRequest) => auditLogger(request),
    withoutRequest: auditLogger(),
  };
  const license = onlyThese('security.license', {
    isLicenseAvailable: () => true,
    isEnabled: () => true,
  });
  return {
    audited: audited as readonly AuditedEvent[],
    setup: onlyThese('security (setup)', pick({ audit, authc, authz, license }, securitySetup)),
    start: onlyThese('security (start)', { authc, authz }),
  };
}
