import { basic, sendAs } from '../helpers/http';
import { isolateThirds } from '../helpers/isolate_thirds';
import { simulatorClient } from '../simulator/client';

/**
 * `KIBANA_URL=… SIMULATOR_URL=… npx tsx test/kibana/isolate_hosts.ts 300`: isolates so many hosts for a look at the
 * Hosts page, a third by Kibana as the user in KIBANA_AUTH (default `admin:admin`), a third in SentinelOne's console,
 * a third by policy. The simulator needs a fleet of that size: `npm run simulator -- --fleet 1000`.
 */

const DEFAULT_COUNT = 300;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

function required(name: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  complain(`Set ${name}`);
  return process.exit(2);
}

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? DEFAULT_COUNT);
  if (!Number.isInteger(count) || count < 1) {
    complain('The number of hosts is a whole number, 1 or more');
    process.exit(2);
  }
  const kibana = required('KIBANA_URL').replace(/\/+$/, '');
  const { agents, isolate, advance } = simulatorClient(required('SIMULATOR_URL'));
  const [username = '', ...password] = (process.env.KIBANA_AUTH ?? 'admin:admin').split(':');
  const authorization = basic(username, password.join(':'));
  const parts = await isolateThirds(count, {
    ...{ agents, isolate, advance },
    act: (body) =>
      sendAs(kibana, authorization, 'POST', '/api/sentinelone_response/actions', { body }),
  });
  for (const [origin, ids] of Object.entries(parts)) print(`${origin}: ${ids.length}`);
}

main().catch((error: Error) => {
  complain(error.message);
  process.exit(1);
});
