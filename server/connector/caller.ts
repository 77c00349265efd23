import type { ElasticsearchClient } from '@kbn/core/server';
import type { SecurityPluginSetup } from '@kbn/security-plugin/server';
import type { Actor } from '../../common/record';

/**
 * Who calls the connector, and what he may do, as Elasticsearch says it when asked in his name.
 * Kibana lets every user with "Actions and Connectors: Read" execute a connector of a third party,
 * so the connector itself must ask.
 */

/** Kibana's application in Elasticsearch's privileges, and the form of its `api:` privileges (8.x). */
const KIBANA_APPLICATION = 'kibana-.kibana';
const elasticsearchName = (apiPrivilege: string): string => `api:${apiPrivilege}`;

/** When Kibana runs without security nobody has a name, and everything is open as in Kibana itself. */
export const UNKNOWN_ACTOR: Actor = { username: 'unknown', authentication: 'none' };

/**
 * False when there are no callers to ask about: Kibana is known to run without security. While its licence
 * is not known it calls security not enabled as well (`security-plugin/common/licensing`): then
 * Elasticsearch must say who is calling.
 */
export const knowsCallers = (license: SecurityPluginSetup['license'] | undefined): boolean =>
  license !== undefined && (license.isEnabled() || !license.isLicenseAvailable());

/** The caller; throws when Elasticsearch cannot say who it is. */
export async function callerOf(esClient: ElasticsearchClient): Promise<Actor> {
  const answer = await esClient.security.authenticate();
  const { username, authentication_type: authentication, api_key: apiKey } = answer;
  if (typeof username !== 'string' || username === '' || typeof authentication !== 'string') {
    throw new Error('Elasticsearch did not say who is calling');
  }
  if (apiKey === undefined) return { username, authentication };
  return { username, authentication, apiKey: apiKey.name ?? apiKey.id };
}

/** True when a rule or a script is calling, and not a person. */
export const isAutomation = ({ authentication }: Actor): boolean => authentication === 'api_key';

/** Whether the caller has one of our privileges in this space; throws when that cannot be found out. */
export async function callerHas(
  esClient: ElasticsearchClient,
  apiPrivilege: string,
  spaceId: string
): Promise<boolean> {
  const answer = await esClient.security.hasPrivileges({
    body: {
      application: [
        {
          application: KIBANA_APPLICATION,
          privileges: [elasticsearchName(apiPrivilege)],
          resources: [`space:${spaceId}`],
        },
      ],
    },
  });
  return answer.has_all_requested === true;
}
