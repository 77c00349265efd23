import { parseArgs } from 'node:util';
import { startWorkbench } from './host';
import type { KibanaName } from './versions/kibana_version';
import { isKibanaName, KIBANA_NAMES, kibanaVersion } from './versions/selected_version';

/** The workbench on its own: `npm start`, `npm start -- --kibana 9.5`, `npm start -- --port 5601`, `npm start -- --bare`. */

const DEFAULT_PORT = 5680;
const USAGE = `Usage: npm start -- [options]
  --kibana V  the version of Kibana whose contracts, React and EUI it has: ${KIBANA_NAMES.join(', ')} (default 8.12)
  --port N    port to listen on (default ${DEFAULT_PORT}; 0 takes a free one)
  --bare      no connector, no alerts and no simulator
  --help      this text`;

function readArguments() {
  try {
    return parseArgs({
      args: process.argv.slice(2).filter((argument) => argument !== '--'),
      options: {
        kibana: { type: 'string' },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        bare: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return process.exit(2);
  }
}

function readPort(text = ''): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port <= 65_535) return port;
  console.error(`--port is a number from 0 to 65535, not "${text}"\n\n${USAGE}`);
  return process.exit(2);
}

function readKibana(name?: string): KibanaName | undefined {
  if (name === undefined || isKibanaName(name)) return name;
  console.error(`--kibana is one of ${KIBANA_NAMES.join(', ')}, not "${name}"\n\n${USAGE}`);
  return process.exit(2);
}

const SAMPLE_TEXT = (url: string, simulatorUrl: string) => `
The workbench contains sample alerts. Open one, select Take action > Isolate host, enter a comment, and confirm. The status changes to Isolated.
  alerts       ${url}/app/sentineloneResponse
  connectors   ${url}/app/management/insightsAndAlerting/triggersActionsConnectors
  simulator    ${simulatorUrl}/_simulator/calls lists the requests that SentinelOne received`;

const BARE_TEXT = (url: string) => `
There is no connector yet. As admin, open Set up and create one for the address and token of a SentinelOne server or of npm run simulator.
  connectors   ${url}/app/management/insightsAndAlerting/triggersActionsConnectors
  alerts       ${url}/app/sentineloneResponse`;

async function main(): Promise<void> {
  const { kibana, port, bare = false, help } = readArguments();
  if (help === true) {
    console.log(USAGE);
    return;
  }
  const name = readKibana(kibana);
  const workbench = await startWorkbench({
    kibana: name,
    port: readPort(port),
    bare,
    printFrom: 'warn',
    print: (line) => console.error(line),
  });
  const stop = () => void workbench.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await workbench.buildPages();
  const { url, simulatorUrl } = workbench;
  const users = workbench.users.usernames.join(', ');
  console.log(`ready ${url} (Kibana ${kibanaVersion(name).version})
${simulatorUrl === undefined ? BARE_TEXT(url) : SAMPLE_TEXT(url, simulatorUrl)}

The bar on the page switches user (${users}) and theme. Over HTTP: basic auth, each user's name is
the password. State lives in memory and is gone when this ends (Ctrl+C).`);
}

main().catch((error: NodeJS.ErrnoException) => {
  const inUse = error.code === 'EADDRINUSE' ? ' Choose another with -- --port N.' : '';
  console.error(`The workbench did not start: ${error.message}${inUse}`);
  process.exit(1);
});
