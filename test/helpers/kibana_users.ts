import { basic, sendAs, type UserName } from './http';

/** The users of the tests in an official Kibana. Those who exist already stay as they are. */

type Person = Exclude<UserName, 'admin' | 'nobody'>;

const ALERTS = [
  {
    names: ['.alerts-security.alerts-*', '.internal.alerts-security.alerts-*', 'logs-*'],
    privileges: ['read', 'view_index_metadata'],
  },
];
/** Rules search, and write their alerts, with the privileges of the user who enabled them. */
const RULES = [
  {
    names: [
      '.alerts-security.alerts-default',
      '.internal.alerts-security.alerts-default-*',
      'logs-*',
    ],
    privileges: ['read', 'view_index_metadata', 'write', 'maintenance'],
  },
];
const OURS = 'sentineloneResponse';

interface PersonsRole {
  readonly feature: Readonly<Record<string, readonly string[]>>;
  readonly indices: readonly object[];
  /**
   * Of sub-features that no other privilege includes. Kibana grants them by name from a gold licence on;
   * Elasticsearch grants what stands behind the name with any.
   */
  readonly actions?: readonly string[];
}

/** Kibana's features and index privileges of each; the same as in the workbench. */
const ROLES: Readonly<Record<Person, PersonsRole>> = {
  lead: {
    feature: { [OURS]: ['all'], actions: ['read'], discover: ['read'] },
    indices: ALERTS,
    actions: ['api:sentineloneResponse-override', 'ui:sentineloneResponse/override'],
  },
  analyst: {
    feature: {
      [OURS]: ['all'],
      securitySolutionCases: ['all'],
      actions: ['read'],
      discover: ['read'],
    },
    indices: ALERTS,
  },
  viewer: {
    feature: {
      [OURS]: ['read'],
      securitySolutionCases: ['read'],
      actions: ['read'],
      discover: ['read'],
    },
    indices: ALERTS,
  },
  responder: {
    feature: { [OURS]: ['all'], actions: ['read'], discover: ['read'] },
    indices: ALERTS,
  },
  isolator: {
    feature: { [OURS]: ['read'], actions: ['read'], discover: ['read'] },
    indices: ALERTS,
    actions: ['api:sentineloneResponse-isolate', 'ui:sentineloneResponse/isolate'],
  },
  /** May view hosts by the plugin's feature, and not execute connectors. */
  unconnected: { feature: { [OURS]: ['read'], discover: ['read'] }, indices: ALERTS },
  reader: { feature: { actions: ['read'] }, indices: [] },
  outsider: { feature: { discover: ['read'] }, indices: [] },
  /** All of Security and rules, connectors to read, and nothing of ours; only in an official Kibana. */
  triager: {
    feature: {
      siem: ['all'],
      securitySolutionCases: ['all'],
      discover: ['read'],
      savedObjectsTagging: ['read'],
      actions: ['read'],
    },
    indices: RULES,
  },
};

/** The same as Kibana writes it into Elasticsearch. */
const inKibana = (feature: PersonsRole['feature'], actions: readonly string[]) => ({
  application: 'kibana-.kibana',
  privileges: [
    ...Object.entries(feature).flatMap(([id, names]) => names.map((one) => `feature_${id}.${one}`)),
    ...actions,
  ],
  resources: ['space:default'],
});

/** A password that a deployment may have given, or that we give. */
const passwordsOf = (name: Person): readonly string[] => [`${name}-password`, name];

async function authorizationFor(
  kibana: string,
  elasticsearch: string,
  admin: string,
  name: Person
): Promise<string> {
  for (const password of passwordsOf(name)) {
    const authorization = basic(name, password);
    const { status } = await sendAs(kibana, authorization, 'GET', '/internal/security/me');
    if (status === 200) return authorization;
  }
  const { feature, indices, actions } = ROLES[name];
  const role =
    actions === undefined
      ? await sendAs(kibana, admin, 'PUT', `/api/security/role/test_${name}`, {
          body: {
            elasticsearch: { indices },
            kibana: [{ base: [], feature, spaces: ['default'] }],
          },
        })
      : await sendAs(elasticsearch, admin, 'PUT', `/_security/role/test_${name}`, {
          body: { indices, applications: [inKibana(feature, actions)] },
        });
  const [password = name] = passwordsOf(name);
  const user = await sendAs(elasticsearch, admin, 'PUT', `/_security/user/${name}`, {
    body: { password, roles: [`test_${name}`] },
  });
  for (const { status, text } of [role, user]) {
    if (status >= 300) throw new Error(`The user ${name} could not be made: ${text}`);
  }
  return basic(name, password);
}

/** The `Authorization` header of each, made where they do not exist. `admin` is a superuser's header. */
export async function kibanaUsers(
  kibana: string,
  elasticsearch: string,
  admin: string
): Promise<(user: UserName) => string | undefined> {
  const headers = new Map<UserName, string>([['admin', admin]]);
  for (const name of Object.keys(ROLES) as Person[]) {
    headers.set(name, await authorizationFor(kibana, elasticsearch, admin, name));
  }
  return (user) => headers.get(user);
}
