import { randomUUID } from 'node:crypto';
import { selectedName } from '../libraries/packages.cjs';
import { simulatorClient } from '../simulator/client';
import { withHost } from './alert_host';
import { basic, sendAs, type UserName } from './http';
import {
  CONNECTOR_TYPE,
  RECORD_TYPE,
  RELEASE_TASK,
  TOKEN,
  type Target,
  type TargetOptions,
} from './target';
import { untilIs } from './until';

const authorizationOf = (user: UserName): string | undefined =>
  user === 'nobody' ? undefined : basic(user, user);

/** What a workbench is opened with: as the worker has loaded it, else loaded for this test file. */
export const workbenchParts = async (): Promise<typeof import('./workbench_parts')> =>
  globalThis.loadedWorkbench ?? import('./workbench_parts');

/** A workbench of its own, with a quick simulator and a short time-out for SentinelOne's answers. */
export async function openWorkbench({
  tasks = false,
  automation = false,
  preconfigured = false,
  bare = false,
  responseTimeoutMs = 1_500,
}: TargetOptions): Promise<Target> {
  const { controlOf, createSimulator, startWorkbench } = await workbenchParts();
  const simulator = createSimulator({ settleMs: 300 });
  const simulatorUrl = await simulator.start();
  const host = await startWorkbench({
    kibana: selectedName(),
    ...(bare ? { bare } : { simulatorUrl }),
    responseTimeoutMs,
    tasks,
    allowAutomation: automation,
    preconfigured,
  });
  const request: Target['request'] = (user, ...rest) =>
    sendAs(host.url, authorizationOf(user), ...rest);
  const connectors = await request('admin', 'GET', '/api/actions/connectors');
  return {
    kind: 'workbench',
    url: host.url,
    simulator: simulatorClient(simulatorUrl, controlOf(simulator)),
    connectorId: connectors.json[0]?.id ?? 'none',
    isPreconfigured: preconfigured,
    allowAutomation: automation,
    request,
    authorizationOf,
    adminApiKey: async (name = 'contract test') =>
      `ApiKey ${host.users.createApiKey({ username: 'admin', name }).encoded}`,
    adminApiKeyToken: async () => {
      const { encoded } = host.users.createApiKey({ username: 'admin', name: 'contract test' });
      return host.users.createToken(`ApiKey ${encoded}`);
    },
    addConnector: async (name) => {
      const { json } = await request('admin', 'POST', '/api/actions/connector', {
        body: {
          name,
          connector_type_id: CONNECTOR_TYPE,
          config: { url: simulatorUrl, allowAutomation: false },
          secrets: { token: TOKEN },
        },
      });
      return async () =>
        void (await request('admin', 'DELETE', `/api/actions/connector/${json.id}`));
    },
    addAlerts: async (documents) => {
      const added = documents.map((text) => ({
        _id: randomUUID(),
        _source: JSON.parse(text) as Record<string, unknown>,
      }));
      const before = host.indices.alertsOf('default');
      host.indices.setAlerts('default', [...added, ...before]);
      const ids: readonly string[] = added.map(({ _id }) => _id);
      return {
        ids,
        remove: async () => {
          const rest = host.indices.alertsOf('default').filter(({ _id }) => !ids.includes(_id));
          host.indices.setAlerts('default', rest);
        },
      };
    },
    record: async (actionId) => {
      const found = host.savedObjects
        .dump()
        .find(({ type, id }) => type === RECORD_TYPE && id === actionId);
      return found === undefined ? undefined : JSON.parse(JSON.stringify(found.attributes));
    },
    changeRecord: async (actionId, change) => {
      const repository = host.savedObjects.start.createInternalRepository([RECORD_TYPE]);
      await repository.update(RECORD_TYPE, actionId, change, { refresh: true });
    },
    async runReleaseTask() {
      const tasks = host.savedObjects.start.createInternalRepository(['task']);
      const isSet = async (): Promise<boolean> => {
        const task = await tasks.get<{ status: string }>('task', RELEASE_TASK);
        // A run that ends meanwhile sets the next one.
        if (task.attributes.status !== 'idle') return false;
        const runAt = new Date().toISOString();
        return tasks.update('task', RELEASE_TASK, { runAt }, { version: task.version }).then(
          () => true,
          () => false
        );
      };
      await untilIs('the task is due', isSet, (done) => done);
    },
    renameAlertHost: async (alertId, alertHost) => {
      const before = host.indices.alertsOf('default');
      const after = before.map((alert) =>
        alert._id === alertId ? { ...alert, _source: withHost(alert._source, alertHost) } : alert
      );
      host.indices.setAlerts('default', after);
      return async () => host.indices.setAlerts('default', before);
    },
    countRecords: async () =>
      host.savedObjects.dump().filter(({ type }) => type === RECORD_TYPE).length,
    logs: async () => host.logs().join('\n'),
    stored: async () => JSON.stringify(host.savedObjects.dump()),
    setTheme: async (context, darkMode) => {
      const answer = await context.request.post(`${host.url}/workbench/session`, {
        data: { darkMode },
        headers: { 'kbn-xsrf': 'browser-test' },
      });
      if (!answer.ok()) throw new Error(`The theme was not changed: ${answer.status()}`);
    },
    async close() {
      await host.stop();
      await simulator.stop();
    },
  };
}
