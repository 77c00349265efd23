// `npm run test:kibana`: contract and browser tests against a running official Kibana in which the
// zip is installed, and the host checks against an unpacked one. The tests delete the plugin's records
// in that Kibana, so the command asks for a confirmation. The last line is the sum.
import { endWithSum, jest } from './run_jest.mjs';

const USAGE = `npm run test:kibana needs a running Kibana in which the plugin is installed. Never use a production one:
the tests delete all of the plugin's records and host locks in it, change its settings, and make users, rules, cases
and alerts.
  KIBANA_FOR_TESTS    1 confirms that all of that may happen in this Kibana
  KIBANA_URL          its address, such as http://127.0.0.1:5601
  SIMULATOR_URL       the simulator that its connector points at (npm run simulator)
  KIBANA_AUTH         an administrator, user:password (default admin:admin)
  ELASTICSEARCH_URL   its Elasticsearch (default http://127.0.0.1:9200): users are made there, records read
  ELASTICSEARCH_AUTH  somebody who may write Kibana's own indices (default KIBANA_AUTH): the plugin's task
                      of status reconciliation is paused for tests that count calls
  KIBANA_LOG          its log file, in which no token may stand (without it, the log is not searched)
  AUTOMATION          false where the connector's switch "Let rules and API keys act" is off
With KIBANA_HOME, an unpacked distribution, the host checks run too; without it they are skipped.`;

const CONNECTOR_TYPE = 'sentinelone-response';

class SetUpError extends Error {}

function settings() {
  const { KIBANA_URL: kibana, SIMULATOR_URL: simulator, KIBANA_AUTH: auth } = process.env;
  if (process.env.KIBANA_FOR_TESTS !== '1')
    throw new SetUpError(`KIBANA_FOR_TESTS is not 1.\n\n${USAGE}`);
  const missing = Object.entries({ KIBANA_URL: kibana, SIMULATOR_URL: simulator })
    .filter(([, value]) => !value)
    .map(([name]) => name);
  if (missing.length > 0) throw new SetUpError(`${missing.join(' and ')} not set.\n\n${USAGE}`);
  if (auth !== undefined && !/^[^:]+:.+$/.test(auth))
    throw new SetUpError(`KIBANA_AUTH is not of the form user:password.\n\n${USAGE}`);
  return { kibana, simulator, auth: auth ?? 'admin:admin' };
}

/** GETs JSON; `what` names the address in errors, which never show the credentials. */
async function get(what, url, headers = {}) {
  let answer;
  try {
    answer = await fetch(url, { headers, signal: AbortSignal.timeout(15_000) });
  } catch (error) {
    throw new SetUpError(`${what} does not answer: ${error.cause?.message ?? error.message}`);
  }
  if (answer.status === 401)
    throw new SetUpError(`${what} does not accept KIBANA_AUTH (default admin:admin)`);
  if (!answer.ok) throw new SetUpError(`${what} answers ${answer.status} for ${answer.url}`);
  return answer.json().catch(() => {
    throw new SetUpError(`${what} does not answer with JSON for ${answer.url}`);
  });
}

/** Finds out before any test whether all is there; a hundred failed tests say it less clearly. */
async function checkSetUp({ kibana, simulator, auth }) {
  const headers = { authorization: `Basic ${Buffer.from(auth).toString('base64')}` };
  const ask = (path) => get('KIBANA_URL', `${kibana.replace(/\/+$/, '')}${path}`, headers);
  const { version } = await ask('/api/status');
  const types = await ask('/api/actions/connector_types');
  if (!types.some(({ id }) => id === CONNECTOR_TYPE))
    throw new SetUpError('The Kibana at KIBANA_URL does not have the plugin installed');
  const connectors = await ask('/api/actions/connectors');
  const ours = connectors.filter(({ connector_type_id: type }) => type === CONNECTOR_TYPE);
  if (ours.length !== 1)
    throw new SetUpError(`The Kibana at KIBANA_URL has ${ours.length} connectors of ours, not 1`);
  await get('SIMULATOR_URL', `${simulator.replace(/\/+$/, '')}/_simulator/clock`);
  console.log(`Kibana ${version?.number} at ${kibana}`);
}

try {
  await checkSetUp(settings());
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exit(2);
}
// One Kibana and one simulator: two suites at once would see each other's hosts. The host checks bring
// their own.
await Promise.all([jest(['contract', 'e2e', 'kibana'], 1), jest(['distribution'], 1)]);
endWithSum();
