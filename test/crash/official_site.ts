import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { simulatorClient, type SimulatorClient } from '../simulator/client';
import { adminHeader, elasticsearchUrl, inElasticsearch } from '../helpers/elasticsearch';
import { kibanaUsers } from '../helpers/kibana_users';

/** Two nodes of an official Kibana, one of which can be killed, as the environment names them. */

const USAGE = `npm run campaign:kibana needs two nodes of one official Kibana with the plugin installed:
  KIBANA_URL         the one that stays
  KIBANA_URL_2       the one that acts and is killed
  KIBANA_2_PID       the file that holds its process id; its process group gets the SIGKILL
  KIBANA_2_START     the shell command that starts it and returns when it answers
  SIMULATOR_URL      the simulator that their connector points at; its fleet is another one meanwhile
  KIBANA_AUTH, ELASTICSEARCH_URL, ELASTICSEARCH_AUTH as for npm run test:kibana
  KILLS              how many times it is killed (default 20)`;

const EVENT_LOG = '/.kibana-event-log-*';

export interface Site {
  readonly stays: { readonly url: string };
  readonly acts: { readonly url: string };
  readonly simulator: SimulatorClient;
  readonly kills: number;
  /** SIGKILLs the acting node and everything in its process group. */
  kill(): void;
  /** Resolves when it answers again. */
  start(): Promise<void>;
  /** Events of our plugin since then (ms since the epoch). */
  events(since: number): Promise<readonly EventSeen[]>;
}

interface EventSeen {
  readonly event: { readonly id?: string; readonly action: string };
  readonly tags?: readonly string[];
  readonly kibana: { readonly saved_objects: readonly { readonly id: string }[] };
}

function setting(name: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  console.error(`${name} is not set.\n\n${USAGE}`);
  return process.exit(2);
}

/** The two nodes that the environment names; says what is missing, and ends, when it does not. */
export async function openSite(): Promise<Site> {
  const stays = { url: setting('KIBANA_URL') };
  const acts = { url: setting('KIBANA_URL_2') };
  const pidFile = setting('KIBANA_2_PID');
  const command = setting('KIBANA_2_START');
  const simulator = simulatorClient(setting('SIMULATOR_URL'));
  await kibanaUsers(stays.url, elasticsearchUrl(), adminHeader());
  return {
    stays,
    acts,
    simulator,
    kills: Number(process.env.KILLS ?? '20'),
    kill: () => void process.kill(-Number(readFileSync(pidFile, 'utf8')), 'SIGKILL'),
    start: () =>
      new Promise((resolve, reject) => {
        const shell = spawn(command, { shell: true, stdio: 'ignore' });
        shell.once('error', reject);
        shell.once('exit', (code) =>
          code === 0 ? resolve() : reject(new Error(`KIBANA_2_START ended with ${String(code)}`))
        );
      }),
    async events(since) {
      const { json } = await inElasticsearch('POST', `${EVENT_LOG}/_search`, {
        size: 10_000,
        query: {
          bool: {
            filter: [
              { term: { 'event.provider': 'sentineloneResponse' } },
              { range: { '@timestamp': { gte: new Date(since).toISOString() } } },
            ],
          },
        },
      });
      return json.hits.hits.map((hit: { _source: EventSeen }) => hit._source);
    },
  };
}
