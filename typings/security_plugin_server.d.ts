/** Kibana 8.12.2; checked against `security-plugin/server/plugin.js`, `security-plugin/server/authorization/*`, `security-plugin/server/audit/*`. */
declare module '@kbn/security-plugin/server' {
  import type { KibanaRequest } from '@kbn/core/server';

  export interface AuthenticatedUser {
    readonly username: string;
    readonly roles: readonly string[];
    readonly full_name?: string;
    readonly email?: string;
    readonly enabled: boolean;
    readonly authentication_type: string;
    readonly authentication_realm: { readonly name: string; readonly type: string };
    readonly authentication_provider: { readonly type: string; readonly name: string };
    readonly profile_uid?: string;
  }

  export interface AuditEvent {
    readonly message: string;
    readonly event: {
      readonly action: string;
      readonly category?: readonly string[];
      readonly type?: readonly string[];
      readonly outcome?: 'failure' | 'success' | 'unknown';
    };
    readonly kibana?: {
      readonly saved_object?: { readonly type: string; readonly id: string };
      readonly [key: string]: unknown;
    };
    readonly error?: { readonly code?: string; readonly message?: string };
    readonly [key: string]: unknown;
  }

  export interface AuditLogger {
    /** Undefined is dropped. User, space, session and client IP are added by Kibana. */
    log(event: AuditEvent | undefined): void;
    readonly enabled: boolean;
  }

  export interface CheckPrivilegesResponse {
    readonly hasAllRequested: boolean;
    readonly username: string;
    readonly privileges: {
      readonly kibana: ReadonlyArray<{
        readonly resource?: string;
        readonly privilege: string;
        readonly authorized: boolean;
      }>;
    };
  }

  interface Authz {
    readonly actions: {
      readonly api: { get(operation: string): string };
      readonly cases: { get(owner: string, operation: string): string };
      readonly ui: { get(featureId: string, ...parts: string[]): string };
      readonly login: string;
    };
    /** In the space of the request. */
    checkPrivilegesDynamicallyWithRequest(
      request: KibanaRequest
    ): (privileges: { readonly kibana: string | string[] }) => Promise<CheckPrivilegesResponse>;
    checkPrivilegesWithRequest(request: KibanaRequest): {
      atSpace(
        spaceId: string,
        privileges: { readonly kibana: string | string[] }
      ): Promise<CheckPrivilegesResponse>;
      globally(privileges: {
        readonly kibana: string | string[];
      }): Promise<CheckPrivilegesResponse>;
    };
    /** False when Kibana runs without Elasticsearch's security: then nothing is checked. */
    readonly mode: { useRbacForRequest(request: KibanaRequest): boolean };
  }

  export interface SecurityPluginSetup {
    readonly audit: {
      asScoped(request: KibanaRequest): AuditLogger;
      readonly withoutRequest: AuditLogger;
    };
    readonly license: { isLicenseAvailable(): boolean; isEnabled(): boolean };
  }

  export interface SecurityPluginStart {
    readonly authc: { getCurrentUser(request: KibanaRequest): AuthenticatedUser | null };
    readonly authz: Authz;
  }
}
