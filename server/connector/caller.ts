import type { ElasticsearchClient, KibanaRequest } from '@kbn/core/server';
import type { SecurityPluginSetup, SecurityPluginStart } from '@kbn/security-plugin/server';
import type { ActionName } from '../../common/actions/action_name';
import type { Actor } from '../../common/actions/actor';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { HostActionParams } from '../../common/api/connector';
import { API_PRIVILEGE } from '../../common/lib/constants';
import { listText } from '../../common/lib/text';
import type { CallerAndPrivileges } from '../response_actions/issued_requests';

/**
 * The caller of the connector and their privileges, as Elasticsearch reports them for the caller's
 * own request. Kibana lets every user with "Actions and Connectors: Read" execute a third-party
 * connector, so the connector itself checks the caller.
 */

/** Kibana's application in Elasticsearch's privileges, and the form of its `api:` privileges (8.x). */
const KIBANA_APPLICATION = 'kibana-.kibana';
const elasticsearchName = (apiPrivilege: string): string => `api:${apiPrivilege}`;

/** The actor if Kibana runs without security. Every user then has all privileges, as in Kibana itself. */
export const UNKNOWN_ACTOR: Actor = { username: 'unknown', authentication: 'none' };

/**
 * False if Kibana is known to run without security, so that there are no callers to identify. While the licence is
 * unknown, Kibana also reports security as not enabled (`security-plugin/common/licensing`); Elasticsearch must then
 * identify the caller.
 */
export const canIdentifyCallers = (
  security: Partial<Pick<SecurityPluginSetup, 'license'>> | undefined
): boolean => {
  if (security === undefined) return false;
  const { license } = security;
  return license === undefined || license.isEnabled() || !license.isLicenseAvailable();
};

/** Identifies the user of a request; undefined if Kibana runs without security. */
export function userKeyOf(
  security: Pick<SecurityPluginStart, 'authc'> | undefined,
  request: KibanaRequest
): string | undefined {
  const user = security?.authc.getCurrentUser(request) ?? undefined;
  return user && `${user.authentication_realm.name}/${user.username}`;
}

/** Returns the caller; throws if Elasticsearch cannot identify them. */
export async function callerOf(esClient: ElasticsearchClient): Promise<Actor> {
  const answer = await esClient.security.authenticate();
  const { username, authentication_type: authentication, authentication_realm: realm } = answer;
  if (typeof username !== 'string' || username === '' || typeof authentication !== 'string') {
    throw new Error('Elasticsearch did not identify the caller');
  }
  const { api_key: apiKey, lookup_realm: lookupRealm } = answer;
  // For `run_as`, Elasticsearch looks up the effective user in a separate realm.
  const isRunAs =
    lookupRealm !== undefined && realm !== undefined && lookupRealm.name !== realm.name;
  return {
    username,
    authentication,
    ...(isRunAs ? { runAs: true } : {}),
    ...(typeof realm?.type === 'string' ? { realm: realm.type } : {}),
    ...(apiKey === undefined ? {} : { apiKey: apiKey.name ?? apiKey.id, apiKeyId: apiKey.id }),
  };
}

/** How users authenticate: with a realm, or with a token that they received from one. */
const PERSONAL_AUTHENTICATIONS: readonly string[] = ['realm', 'token'];

/**
 * Elasticsearch's internal realms, which contain no users: `_es_api_key`, `_service_account`,
 * `_cross_cluster_access`, `__anonymous`, `__attach`, … A token that was created with an API key has the realm of the
 * key. Source: `Authentication` and `AuthenticationField` of Elasticsearch 8.12 (`x-pack/plugin/core`).
 */
const isOfElasticsearchItself = (realm: string): boolean => realm.startsWith('_');

/**
 * True unless Elasticsearch identifies the caller as a user of a realm without an API key. Rules,
 * scripts, service accounts, the anonymous user and unknown callers are automation. False without
 * security, where callers cannot be identified.
 */
export function isAutomation({ authentication, realm, apiKeyId }: Actor): boolean {
  if (authentication === UNKNOWN_ACTOR.authentication) return false;
  return !(
    PERSONAL_AUTHENTICATIONS.includes(authentication) &&
    realm !== undefined &&
    realm !== '' &&
    !isOfElasticsearchItself(realm) &&
    apiKeyId === undefined
  );
}

/** Why the caller can neither request approval nor give it, as a sentence for the user; undefined if they can. */
export function approvalProblem(actor: Actor): string | undefined {
  if (actor.authentication === UNKNOWN_ACTOR.authentication) {
    return 'Kibana runs without security, so that there is no second user';
  }
  if (isAutomation(actor)) return 'Rules and API keys neither request approval nor give it';
  return actor.runAs === true
    ? 'A user whom another user acts as neither requests approval nor gives it'
    : undefined;
}

/**
 * Returns which of these privileges of the plugin the caller has, by space; throws if that cannot be determined.
 */
async function privilegesIn(
  esClient: ElasticsearchClient,
  apiPrivileges: readonly string[],
  spaceIds: readonly string[]
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const resourceOf = (spaceId: string): string => `space:${spaceId}`;
  const { application } = await esClient.security.hasPrivileges({
    application: [
      {
        application: KIBANA_APPLICATION,
        privileges: apiPrivileges.map(elasticsearchName),
        resources: spaceIds.map(resourceOf),
      },
    ],
  });
  return new Map(
    spaceIds.map((spaceId) => {
      const held = application[KIBANA_APPLICATION]?.[resourceOf(spaceId)] ?? {};
      return [
        spaceId,
        new Set(apiPrivileges.filter((one) => held[elasticsearchName(one)] === true)),
      ];
    })
  );
}

/** Returns the spaces in which the caller has one of the plugin's privileges; throws if that cannot be determined. */
export async function spacesInWhichCallerHas(
  esClient: ElasticsearchClient,
  apiPrivilege: string,
  spaceIds: readonly string[]
): Promise<ReadonlySet<string>> {
  if (spaceIds.length === 0) return new Set();
  const held = await privilegesIn(esClient, [apiPrivilege], spaceIds);
  return new Set(spaceIds.filter((id) => held.get(id)?.has(apiPrivilege)));
}

/** The privileges that decide about an action: to request it, what ends it automatically, and an override. */
export function privilegesToAct(
  action: ActionName,
  {
    overrideComment,
    releaseAfterMinutes,
    releaseAt,
  }: Pick<HostActionParams, 'overrideComment' | 'releaseAfterMinutes' | 'releaseAt'>
): readonly string[] {
  const { privilege, opposite } = ACTION_DEFINITIONS[action];
  const endsAutomatically = releaseAfterMinutes !== undefined || releaseAt !== undefined;
  return [
    privilege.api,
    ...(endsAutomatically ? [ACTION_DEFINITIONS[opposite].privilege.api] : []),
    ...(overrideComment === undefined ? [] : [API_PRIVILEGE.override]),
  ];
}

/**
 * Reads the caller and which of these privileges they have in this space, with concurrent requests. If Kibana is known
 * to run without security, no request is sent, and they have all. Never rejects.
 */
export async function readCallerAndPrivileges(
  esClient: ElasticsearchClient,
  isSecurityEnabled: boolean,
  apiPrivileges: readonly string[],
  spaceId: string
): Promise<CallerAndPrivileges> {
  if (!isSecurityEnabled) return { actor: UNKNOWN_ACTOR, privileges: new Set(apiPrivileges) };
  const [caller, held] = await Promise.allSettled([
    callerOf(esClient),
    privilegesIn(esClient, apiPrivileges, [spaceId]),
  ]);
  const actor = caller.status === 'fulfilled' ? caller.value : UNKNOWN_ACTOR;
  if (caller.status === 'fulfilled' && held.status === 'fulfilled') {
    return { actor, privileges: held.value.get(spaceId) };
  }
  const reasons = [caller, held].flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  return { actor, privileges: undefined, problem: listText(reasons.map(String)) };
}
