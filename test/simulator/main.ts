import { parseArgs } from 'node:util';
import { API_PREFIX } from './api';
import { OFFICIAL_RATE_LIMITS } from './rate_limits';
import { SAMPLE_HOSTS } from './sample_fleet';
import { createSimulator } from './simulator';

/** The simulator on its own: `npm run simulator -- --port 8712 --settle 1500`. */

const USAGE = `Usage: npm run simulator -- [options]
  --port N             port to listen on (default 8712; 0 takes a free one)
  --host ADDRESS       address to listen on (default 127.0.0.1)
  --open-control       the control API, /_simulator, answers other addresses too: in a container
                       callers come through its gateway
  --settle MS          how long an agent takes to carry out a command (default 1500)
  --scan MS            how long a full disk scan takes (default 20000)
  --latency MS         how long every call takes at least (default 0)
  --fleet N            N connected hosts in place of the sample fleet
  --official-limits    rate limits as SentinelOne has them
  --guarded            disconnect refuses an empty filter (it acts on every agent by default)
  --token-in-url       accepts the token in the query too, as Kibana's own connector sends it
  --help               this text`;

function readArguments() {
  try {
    return parseArgs({
      args: process.argv.slice(2).filter((argument) => argument !== '--'),
      options: {
        port: { type: 'string', default: '8712' },
        host: { type: 'string', default: '127.0.0.1' },
        'open-control': { type: 'boolean', default: false },
        settle: { type: 'string', default: '1500' },
        scan: { type: 'string', default: '20000' },
        latency: { type: 'string', default: '0' },
        fleet: { type: 'string' },
        'official-limits': { type: 'boolean', default: false },
        guarded: { type: 'boolean', default: false },
        'token-in-url': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return process.exit(2);
  }
}

/** Reads a whole number, 0 or more. */
function count(name: string, text: string): number {
  if (!/^\d+$/.test(text)) {
    console.error(`--${name} is a whole number, not "${text}"\n\n${USAGE}`);
    return process.exit(2);
  }
  return Number(text);
}

async function main(): Promise<void> {
  const options = readArguments();
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const simulator = createSimulator({
    host: options.host,
    openControl: options['open-control'],
    settleMs: count('settle', options.settle ?? ''),
    scanMs: count('scan', options.scan ?? ''),
    latencyMs: count('latency', options.latency ?? ''),
    fleet: options.fleet === undefined ? 'sample' : count('fleet', options.fleet),
    rateLimits: options['official-limits'] ? OFFICIAL_RATE_LIMITS : {},
    emptyDisconnect: options.guarded ? 'refused' : 'everyone',
    acceptTokenInUrl: options['token-in-url'],
  });
  const url = await simulator.start(count('port', options.port ?? ''));
  const stop = () => void simulator.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  const api = `${url}${API_PREFIX}`;
  const { uuid, id, name } =
    options.fleet === undefined
      ? SAMPLE_HOSTS.srvWin1
      : (simulator.hosts()[0] ?? SAMPLE_HOSTS.srvWin1);
  const tokens = simulator.tokens
    .list()
    .map((token) => `  ${token.name.padEnd(16)} ${token.token}`)
    .join('\n');
  console.log(`ready ${url}

SentinelOne simulator with ${simulator.agents().length} agents. Its state is in memory and ends with it.
Tokens, which open nothing but this:
${tokens}

Look ${name} up, isolate it, and see what SentinelOne was told:
  curl -H 'Authorization: ApiToken full-token-0123456789' '${api}/agents?uuids=${uuid}'
  curl -H 'Authorization: ApiToken full-token-0123456789' -H 'Content-Type: application/json' \\
    -d '{"filter":{"ids":["${id}"]}}' ${api}/agents/actions/disconnect
  curl ${url}/_simulator/calls
Take the machine offline; make the next isolation answer 503 after it was applied; start anew:
  curl -X PATCH -d '{"isActive":false}' ${url}/_simulator/agents/${id}
  curl -d '{"path":"/agents/actions/disconnect","fault":{"kind":"answerAfterApply","status":503}}' \\
    ${url}/_simulator/faults
Make its next full disk scan end as aborted (also: neverBegins, neverEnds, finishes):
  curl -X PATCH -d '{"scan":"aborts"}' ${url}/_simulator/agents/${id}
Never answer again what is asked about it; answer everything byte by byte:
  curl -d '{"path":"/agents","naming":"${uuid}","count":"always","fault":{"kind":"halfOpen"}}' \\
    ${url}/_simulator/faults
  curl -d '{"path":"*","count":"always","fault":{"kind":"drip","everyMs":200}}' \\
    ${url}/_simulator/faults
  curl -X POST ${url}/_simulator/reset`);
}

main().catch((error: Error) => {
  console.error(`The simulator did not start: ${error.message}`);
  process.exit(1);
});
