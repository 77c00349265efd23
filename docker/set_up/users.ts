import { request, type Deployment } from './request';

type Level = 'all' | 'read';

/** Puts a user with the password `<name>-password`, and their role. */
async function putUser(deployment: Deployment, name: string, level: Level): Promise<void> {
  // Elasticsearch has a role "viewer" of its own, which cannot be changed.
  const role = `sentinelone_${name}`;
  await request(deployment, 'PUT', `${deployment.kibana}/api/security/role/${role}`, {
    body: {
      elasticsearch: {
        indices: [
          {
            names: ['.alerts-security.alerts-*', 'logs-*'],
            privileges: ['read', 'view_index_metadata'],
          },
        ],
      },
      kibana: [
        {
          base: [],
          spaces: ['default'],
          feature: {
            siem: [level],
            securitySolutionCases: [level],
            discover: ['read'],
            actions: ['read'],
            sentineloneResponse: [level],
          },
        },
      ],
    },
  });
  await request(deployment, 'PUT', `${deployment.elasticsearch}/_security/user/${name}`, {
    body: { password: `${name}-password`, roles: [role] },
  });
}

/** One who isolates and releases, and one who looks on. */
export async function putUsers(deployment: Deployment): Promise<void> {
  await putUser(deployment, 'analyst', 'all');
  await putUser(deployment, 'viewer', 'read');
}
