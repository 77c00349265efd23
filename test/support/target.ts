import type { BrowserContext } from 'playwright-core';
import { simulatorClient, type SimulatorClient } from '../simulator/client';
import { send, type HttpAnswer, type RequestOptions, type UserName } from './http';

/**
 * The host that contract and browser tests speak to: the workbench, or with KIBANA_URL an official
 * Kibana in which the plugin is installed with a connector that points at SIMULATOR_URL.
 * Tests know only URLs, bodies and the simulator's call log.
 */

export type { HttpAnswer, RequestOptions, UserName } from './http';

export interface Target {
  readonly kind: 'workbench' | 'kibana';
  readonly url: string;
  readonly simulator: SimulatorClient;
  readonly connectorId: string;
  request(
    user: UserName,
    method: string,
    path: string,
    options?: RequestOptions
  ): Promise<HttpAnswer>;
  /** Every stored record of an action, whatever the space. */
  records(): Promise<readonly StoredRecordDocument[]>;
  /** Everything the host wrote to its log, where it can be read. */
  logs(): Promise<string>;
  /** Everything the host has stored, where it can be read, as text. */
  stored(): Promise<string>;
  /** Light or dark, for the pages of this browser context (in Kibana: for everybody). */
  setTheme(context: BrowserContext, dark: boolean): Promise<void>;
  close(): Promise<void>;
}

export interface StoredRecordDocument {
  readonly id: string;
  // The record as it is stored; tests look at single fields.
  readonly attributes: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** The token of the connector under test: the simulator's full one. */
export const TOKEN = 'full-token-0123456789';

const RECORD_TYPE = 'sentinelone-response-action';
async function openWorkbench({ tasks = false }: TargetOptions): Promise<Target> {
  // Only when needed: against an official Kibana none of it is loaded.
  const { startWorkbench } = await import('../workbench/host');
  const host = await startWorkbench({
    simulator: { settleMs: 300 },
    responseTimeoutMs: 1_500,
    tasks,
  });
  const simulator = simulatorClient(host.simulatorUrl!);
  const connectors = await send(host.url, 'admin', 'GET', '/api/actions/connectors');
  return {
    kind: 'workbench',
    url: host.url,
    simulator,
    connectorId: connectors.json[0].id,
    request: (...args) => send(host.url, ...args),
    records: async () =>
      host.savedObjects
        .dump()
        .filter(({ type }) => type === RECORD_TYPE)
        .map(({ id, attributes }) => ({ id, attributes })),
    logs: async () => host.logs().join('\n'),
    stored: async () => JSON.stringify(host.savedObjects.dump()),
    setTheme: async (context, darkMode) => {
      const answer = await context.request.post(`${host.url}/workbench/session`, {
        data: { darkMode },
        headers: { 'kbn-xsrf': 'browser-test' },
      });
      if (!answer.ok()) throw new Error(`The theme was not changed: ${answer.status()}`);
    },
    close: () => host.stop(),
  };
}

/** `reader` holds nothing but "Actions and Connectors: Read"; the other users come with the rig. */
async function makeReader(url: string, elasticsearch: string): Promise<void> {
  await send(url, 'admin', 'PUT', '/api/security/role/s1_reader', {
    body: {
      elasticsearch: {},
      kibana: [{ base: [], feature: { actions: ['read'] }, spaces: ['default'] }],
    },
  });
  await send(elasticsearch, 'admin', 'PUT', '/_security/user/reader', {
    body: { password: 'reader', roles: ['s1_reader'] },
  });
}

async function openKibana(url: string): Promise<Target> {
  const simulatorUrl = process.env.SIMULATOR_URL;
  if (simulatorUrl === undefined)
    throw new Error('KIBANA_URL is set, so SIMULATOR_URL must be too');
  const elasticsearch = process.env.ELASTICSEARCH_URL ?? 'http://127.0.0.1:9200';
  await makeReader(url, elasticsearch);
  const simulator = simulatorClient(simulatorUrl);
  const connectors = await send(url, 'admin', 'GET', '/api/actions/connectors');
  const ours = connectors.json.find(
    (one: { connector_type_id: string }) => one.connector_type_id === 'sentinelone-response'
  );
  const documents = async (): Promise<StoredRecordDocument[]> => {
    await send(elasticsearch, 'admin', 'POST', '/.kibana/_refresh');
    const found = await send(elasticsearch, 'admin', 'POST', '/.kibana/_search', {
      body: { size: 10_000, query: { term: { type: RECORD_TYPE } } },
    });
    return found.json.hits.hits.map((hit: { _id: string; _source: Record<string, unknown> }) => ({
      id: hit._id.slice(hit._id.indexOf(':') + 1),
      attributes: hit._source[RECORD_TYPE],
    }));
  };
  return {
    kind: 'kibana',
    url,
    simulator,
    connectorId: ours.id,
    request: (...args) => send(url, ...args),
    records: documents,
    logs: async () => '',
    stored: async () => JSON.stringify(await documents()),
    setTheme: async (_, dark) => {
      await send(url, 'admin', 'POST', '/internal/kibana/settings', {
        body: { changes: { 'theme:darkMode': dark } },
      });
    },
    close: async () => {},
  };
}

export interface TargetOptions {
  /**
   * Whether the plugin's tasks run in the workbench. Off by default: tests that count calls, or queue
   * faults for them, would meet those of settling. An official Kibana always runs its tasks.
   */
  readonly tasks?: boolean;
}

/** Opens the host under test; call `close` when done. */
export function openTarget(options: TargetOptions = {}): Promise<Target> {
  const url = process.env.KIBANA_URL;
  return url === undefined ? openWorkbench(options) : openKibana(url);
}
