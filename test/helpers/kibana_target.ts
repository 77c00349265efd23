import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { simulatorClient } from '../simulator/client';
import { adminHeader, askElasticsearch, elasticsearchUrl, inElasticsearch } from './elasticsearch';
import { expectOk, sendAs } from './http';
import { deleteAlertsOfEarlierRuns, renameAlertHost, TEST_TAG } from './kibana';
import { kibanaUsers } from './kibana_users';
import { reconciliationTaskIn, runTaskSoon } from './reconciliation_task';
import {
  CONNECTOR_TYPE,
  HOST_LOCK_TYPE,
  RECORD_TYPE,
  RELEASE_TASK,
  SETTINGS_TYPES,
  type Target,
  type TargetOptions,
} from './target';

/** An official Kibana, by the environment: see the target of `npm run test:kibana`. */

/** Where Kibana 8.12 keeps what its plugins store, the event log included. */
const KIBANAS_INDICES = '/.kibana*';
/** Records and host locks. */
const KIBANAS_INDEX = '/.kibana';
/** The space that the workbench has besides the default one. */
const OTHER_SPACE = { id: 'ops', name: 'Operations' };
/** The alias under which Kibana's rules write the alerts of the default space. */
const ALERTS_INDEX = '/.alerts-security.alerts-default';
const CONNECTORS_INDEX = '/.kibana_alerting_cases';

function settings() {
  const { SIMULATOR_URL, KIBANA_LOG, KIBANA_FOR_TESTS } = process.env;
  if (KIBANA_FOR_TESTS !== '1') {
    throw new Error(
      "The tests delete the plugin's records in the Kibana at KIBANA_URL. Set KIBANA_FOR_TESTS=1 to confirm that"
    );
  }
  if (SIMULATOR_URL === undefined) {
    throw new Error('KIBANA_URL is set, so SIMULATOR_URL must be too');
  }
  return { simulator: simulatorClient(SIMULATOR_URL), logFile: KIBANA_LOG };
}

/**
 * Through a connector that serves every space the settings of all of them apply: tests begin where nobody has
 * saved any but in the default space, whose settings they set themselves.
 */
async function forgetSettingsOfOtherSpaces(): Promise<void> {
  const filter = [{ terms: { type: SETTINGS_TYPES } }, { exists: { field: 'namespace' } }];
  const path = `${KIBANAS_INDEX}/_delete_by_query?refresh=true&conflicts=proceed`;
  await inElasticsearch('POST', path, { query: { bool: { filter } } });
}

/**
 * A host that SentinelOne reports as isolated is shown as isolated by the last action on it, and a user's failed
 * actions are shown to them for an hour, also those of an earlier file. The simulator starts anew with each test, so
 * tests begin where Kibana knows no action on any host.
 */
async function forgetActionsOnHosts(): Promise<void> {
  const path = `${KIBANAS_INDICES}/_delete_by_query?refresh=true&conflicts=proceed`;
  await inElasticsearch('POST', path, {
    query: { terms: { type: [HOST_LOCK_TYPE, RECORD_TYPE] } },
  });
}

/** The Kibana at `url`, with what KIBANA_AUTH, SIMULATOR_URL, ELASTICSEARCH_URL and KIBANA_LOG say. */
export async function openKibana(url: string, { tasks = false }: TargetOptions): Promise<Target> {
  const { simulator, logFile } = settings();
  const admin = adminHeader();
  const authorizationOf = await kibanaUsers(url, elasticsearchUrl(), admin);
  const request: Target['request'] = (user, ...rest) => sendAs(url, authorizationOf(user), ...rest);

  const reconciliation = reconciliationTaskIn(askElasticsearch);
  await reconciliation.enable(tasks);
  await request('admin', 'POST', '/api/spaces/space', { body: OTHER_SPACE });
  await forgetSettingsOfOtherSpaces();
  await forgetActionsOnHosts();
  await deleteAlertsOfEarlierRuns();

  const connectors = await request('admin', 'GET', '/api/actions/connectors');
  const ours = connectors.json.find(
    (one: { connector_type_id: string }) => one.connector_type_id === CONNECTOR_TYPE
  );
  if (ours === undefined) throw new Error('This Kibana has no connector of our type');

  /** Everything that Kibana has stored, a page after the other. */
  const allDocuments = async (): Promise<string> => {
    await inElasticsearch('POST', `${KIBANAS_INDICES}/_refresh`);
    const texts: string[] = [];
    let page = await inElasticsearch('POST', `${KIBANAS_INDICES}/_search?scroll=1m`, {
      size: 2000,
    });
    while (page.json.hits.hits.length > 0) {
      texts.push(page.text);
      const { _scroll_id: id } = page.json;
      page = await inElasticsearch('POST', '/_search/scroll', { scroll: '1m', scroll_id: id });
    }
    return texts.join('\n');
  };

  /** Kibana's API, or the same document written directly if the licence does not allow the API. */
  const addConnector = async (name: string) => {
    const made = await request('admin', 'POST', '/api/actions/connector', {
      body: {
        name,
        connector_type_id: CONNECTOR_TYPE,
        config: { url: simulator.url, allowAutomation: false },
        secrets: { token: 'never-used' },
      },
    });
    if (made.status === 200) {
      const path = `/api/actions/connector/${made.json.id}`;
      return async () => void expectOk(await request('admin', 'DELETE', path), `DELETE ${path}`);
    }
    const path = `${CONNECTORS_INDEX}/_doc/action:${randomUUID()}?refresh=true`;
    await inElasticsearch('PUT', path, {
      type: 'action',
      namespaces: ['default'],
      references: [],
      coreMigrationVersion: '8.8.0',
      typeMigrationVersion: '8.3.0',
      action: { actionTypeId: CONNECTOR_TYPE, name, config: {}, isMissingSecrets: false },
    });
    return async () => void (await inElasticsearch('DELETE', path));
  };

  const adminApiKey = async (name = 'contract test'): Promise<string> => {
    const body = { name };
    const made = await sendAs(elasticsearchUrl(), admin, 'POST', '/_security/api_key', { body });
    return `ApiKey ${expectOk(made, 'POST /_security/api_key').json.encoded}`;
  };

  let isDark: boolean | undefined;
  return {
    kind: 'kibana',
    url,
    simulator,
    connectorId: ours.id,
    isPreconfigured: ours.is_preconfigured,
    allowAutomation: ours.config?.allowAutomation,
    request,
    authorizationOf,
    adminApiKey,
    adminApiKeyToken: async () => {
      const key = await adminApiKey('contract test');
      const body = { grant_type: 'client_credentials' };
      const path = '/_security/oauth2/token';
      const made = await sendAs(elasticsearchUrl(), key, 'POST', path, { body });
      const bearer = `Bearer ${expectOk(made, `POST ${path}`).json.access_token}`;
      const who = await sendAs(elasticsearchUrl(), bearer, 'GET', '/_security/_authenticate');
      return who.json.authentication_realm?.type === '_es_api_key' ? bearer : undefined;
    },
    addConnector,
    addAlerts: async (documents) => {
      const ids = documents.map(() => randomUUID());
      // Into the text, which may hold numbers that no JavaScript number is.
      const tag = JSON.stringify(TEST_TAG).slice(1, -1);
      const lines = documents.map(
        (text, n) =>
          `${JSON.stringify({ create: { _id: ids[n] } })}\n${text.replace('{', `{${tag},`)}\n`
      );
      await inElasticsearch('POST', `${ALERTS_INDEX}/_bulk?refresh=true`, lines.join(''));
      return {
        ids,
        remove: async () => {
          const query = { ids: { values: ids } };
          const path = `${ALERTS_INDEX}/_delete_by_query?refresh=true&conflicts=proceed`;
          await inElasticsearch('POST', path, { query });
        },
      };
    },
    record: async (actionId) => {
      const path = `${KIBANAS_INDEX}/_doc/${RECORD_TYPE}:${actionId}`;
      const { status, json } = await askElasticsearch('GET', path);
      return status === 200 ? json._source[RECORD_TYPE] : undefined;
    },
    changeRecord: async (actionId, change) => {
      const path = `${KIBANAS_INDEX}/_update/${RECORD_TYPE}:${actionId}?refresh=true&retry_on_conflict=3`;
      await inElasticsearch('POST', path, { doc: { [RECORD_TYPE]: change } });
    },
    runReleaseTask: () => runTaskSoon(askElasticsearch, RELEASE_TASK),
    renameAlertHost,
    countRecords: async () => {
      await inElasticsearch('POST', `${KIBANAS_INDEX}/_refresh`);
      const query = { term: { type: RECORD_TYPE } };
      return (await inElasticsearch('POST', `${KIBANAS_INDEX}/_count`, { query })).json.count;
    },
    logs: async () => (logFile === undefined ? '' : readFile(logFile, 'utf8')),
    stored: allDocuments,
    setTheme: async (_, dark) => {
      if (dark === isDark) return;
      const body = { changes: { 'theme:darkMode': dark } };
      expectOk(await request('admin', 'POST', '/internal/kibana/settings', { body }), 'theme');
      isDark = dark;
    },
    close: () => reconciliation.enable(true),
  };
}
