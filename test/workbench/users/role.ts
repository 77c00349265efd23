/** What a role grants, as Kibana's role API and Elasticsearch describe it. */
interface Role {
  readonly name: string;
  /** Everything, in every space. */
  readonly superuser?: boolean;
  /** Kibana's features and the privileges in each, such as `{ actions: ['read'] }`. */
  readonly features: Readonly<Record<string, readonly string[]>>;
  /** Spaces in which the features are granted; `*` stands for all. */
  readonly spaces: readonly string[];
  /** Elasticsearch indices (with `*` as a wildcard) that may be read. */
  readonly readableIndices: readonly string[];
}

export interface User {
  readonly username: string;
  readonly password: string;
  readonly fullName: string;
  readonly role: Role;
}

const ALERTS = ['.alerts-security.alerts-*', '.internal.alerts-security.alerts-*', 'logs-*'];
const DEFAULT_SPACE_ONLY = ['default'];

/**
 * The workbench's people, each with the user name as password. The same names and privileges can be
 * made in an official Kibana, so that the same tests run against both.
 */
export function defaultUsers(pluginId: string): readonly User[] {
  const user = (username: string, fullName: string, role: Partial<Role>): User => ({
    username,
    password: username,
    fullName,
    role: {
      name: username === 'admin' ? 'superuser' : `workbench_${username}`,
      features: {},
      spaces: DEFAULT_SPACE_ONLY,
      readableIndices: [],
      ...role,
    },
  });
  return [
    user('admin', 'Administrator', { superuser: true, spaces: ['*'], readableIndices: ['*'] }),
    user('lead', 'Lead', {
      features: {
        [pluginId]: ['all', 'isolate_protected_host'],
        actions: ['read'],
        discover: ['read'],
      },
      readableIndices: ALERTS,
    }),
    user('analyst', 'Analyst', {
      features: {
        [pluginId]: ['all'],
        securitySolutionCases: ['all'],
        actions: ['read'],
        discover: ['read'],
      },
      readableIndices: ALERTS,
    }),
    user('viewer', 'Viewer', {
      features: {
        [pluginId]: ['read'],
        securitySolutionCases: ['read'],
        actions: ['read'],
        discover: ['read'],
      },
      readableIndices: ALERTS,
    }),
    user('responder', 'Responder without cases', {
      features: { [pluginId]: ['all'], actions: ['read'], discover: ['read'] },
      readableIndices: ALERTS,
    }),
    user('isolator', 'Isolates, and may not release', {
      features: { [pluginId]: ['read', 'isolate_host'], actions: ['read'], discover: ['read'] },
      readableIndices: ALERTS,
    }),
    user('unconnected', 'Viewer without connectors', {
      features: { [pluginId]: ['read'], discover: ['read'] },
      readableIndices: ALERTS,
    }),
    user('reader', 'Reader of connectors', { features: { actions: ['read'] } }),
    user('outsider', 'Outsider', { features: { discover: ['read'] } }),
  ];
}
