// Fills the trial deployment as the documented set-up would: documents of the SentinelOne integration
// for the simulator's hosts, users and roles, the connector, and the custom query rule.
import { readFileSync } from 'node:fs';

const KIBANA = process.env.KIBANA_URL ?? 'http://127.0.0.1:5601';
const ELASTICSEARCH = process.env.ELASTICSEARCH_URL ?? 'http://elasticsearch:9200';
const SIMULATOR = process.env.SIMULATOR_URL ?? 'http://127.0.0.1:9911';
const INDEX = 'logs-sentinel_one.alert-default';
const samples = readFileSync(
  new URL('../test/workbench/sample_data/logs-sentinel_one.alert.jsonl', import.meta.url),
  'utf8'
);

const headers = {
  authorization: `Basic ${Buffer.from('elastic:elastic-password').toString('base64')}`,
  'content-type': 'application/json',
  'kbn-xsrf': 'set-up',
  'elastic-api-version': '2023-10-31',
};

/** Sends a request; what exists already is fine. */
async function call(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers,
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok && answer.status !== 409)
    throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

async function makeUser(name, level) {
  await call('PUT', `${KIBANA}/api/security/role/${name}`, {
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
  });
  await call('PUT', `${ELASTICSEARCH}/_security/user/${name}`, {
    password: `${name}-password`,
    roles: [name],
  });
}

/** One document per host, made from the integration's own test documents. */
function documentsFor(hosts) {
  const templates = samples.trim().split('\n');
  return hosts.map(({ uuid, id, name }, n) => {
    const document = JSON.parse(templates[n % templates.length]);
    document['@timestamp'] = new Date(Date.now() - n * 1000).toISOString();
    document.event.module = 'sentinel_one';
    document.observer.serial_number = uuid;
    Object.assign(document.host, { id, name });
    Object.assign(document.sentinel_one.alert.agent, { id, computer_name: name });
    return document;
  });
}

await makeUser('analyst', 'all');
await makeUser('viewer', 'read');
const hosts = await call('GET', `${SIMULATOR}/_simulator/hosts`);
const lines = documentsFor(hosts).map((document) => `{"create":{}}\n${JSON.stringify(document)}\n`);
await call('POST', `${ELASTICSEARCH}/${INDEX}/_bulk?refresh=true`, lines.join(''));
await call('POST', `${KIBANA}/api/actions/connector`, {
  name: 'SentinelOne',
  connector_type_id: 'sentinelone-response',
  config: { url: SIMULATOR, allowAutomation: false },
  secrets: { token: 'full-token-0123456789' },
});
await call('POST', `${KIBANA}/api/detection_engine/index`);
await call('POST', `${KIBANA}/api/detection_engine/rules`, {
  rule_id: 'sentinelone',
  name: 'SentinelOne alerts',
  description: 'Alerts of the SentinelOne integration',
  type: 'query',
  language: 'kuery',
  index: ['logs-sentinel_one.alert*'],
  query: 'observer.serial_number:*',
  severity: 'high',
  risk_score: 73,
  interval: '1m',
  from: 'now-6m',
  enabled: true,
});
console.log(`${hosts.length} hosts; open http://localhost:5601/app/sentineloneResponse`);
