import type { Privileges } from '../users/privileges';
import type { Identity } from '../users/user_directory';

/** `GET /_security/_authenticate`. */
export function authenticateAnswer({ user, apiKey, byToken = false }: Identity) {
  const realm = { name: 'native1', type: 'native' };
  const keyRealm = { name: '_es_api_key', type: '_es_api_key' };
  return {
    username: user.username,
    roles: apiKey === undefined ? [user.role.name] : [],
    full_name: apiKey === undefined ? user.fullName : null,
    email: null,
    metadata: {},
    enabled: true,
    authentication_realm: apiKey === undefined ? realm : keyRealm,
    lookup_realm: apiKey === undefined ? realm : keyRealm,
    // A token that was made with an API key keeps the key's realm, and names the key.
    authentication_type: byToken ? 'token' : apiKey === undefined ? 'realm' : 'api_key',
    ...(apiKey === undefined ? {} : { api_key: apiKey }),
  };
}

interface Questions {
  readonly application?: ReadonlyArray<{
    readonly application: string;
    readonly privileges: readonly string[];
    readonly resources: readonly string[];
  }>;
  readonly cluster?: readonly string[];
  readonly index?: ReadonlyArray<{
    readonly names: string | readonly string[];
    readonly privileges: readonly string[];
  }>;
}

type Answers = Record<string, Record<string, boolean>>;

/** `POST /_security/user/_has_privileges`, for Kibana's application and for reading indices. */
export function hasPrivilegesAnswer({ user }: Identity, privileges: Privileges, asked: Questions) {
  const application: Record<string, Answers> = {};
  for (const { application: name, privileges: actions, resources } of asked.application ?? []) {
    const answers = (application[name] ??= {});
    for (const resource of resources) {
      answers[resource] = {
        ...answers[resource],
        ...Object.fromEntries(
          actions.map((action) => [action, privileges.hasOnResource(user, name, action, resource)])
        ),
      };
    }
  }
  const index: Answers = {};
  for (const { names, privileges: actions } of asked.index ?? []) {
    for (const name of typeof names === 'string' ? [names] : names) {
      const may = privileges.mayRead(user, name);
      const reads = (action: string) => action === 'read' || action === 'view_index_metadata';
      const isSuperuser = user.role.superuser === true;
      index[name] = Object.fromEntries(
        actions.map((action) => [action, isSuperuser || (may && reads(action))])
      );
    }
  }
  const cluster = Object.fromEntries(
    (asked.cluster ?? []).map((name) => [name, user.role.superuser === true])
  );
  const all = [
    ...Object.values(cluster),
    ...Object.values(index).flatMap((answers) => Object.values(answers)),
    ...Object.values(application).flatMap((answers) =>
      Object.values(answers).flatMap((one) => Object.values(one))
    ),
  ];
  return {
    username: user.username,
    has_all_requested: all.every(Boolean),
    cluster,
    index,
    application,
  };
}
