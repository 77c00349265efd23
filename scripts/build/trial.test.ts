import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandIn, type StandIn } from '../../docker/set_up/stand_in';
import { simulatorClient } from '../../test/simulator/client';
import { readProject } from './manifest';
import { buildTrial } from './trial';

const ROOT = join(__dirname, '..', '..');
const AUTH = 'elastic:elastic-password';
const compose = readFileSync(join(ROOT, 'docker/compose.yml'), 'utf8');
const dockerfile = readFileSync(join(ROOT, 'docker/kibana.Dockerfile'), 'utf8');

let folder: string;
let standIn: StandIn;
const children: ChildProcess[] = [];

beforeAll(async () => {
  // Outside of the project: nothing of node_modules is above it.
  folder = mkdtempSync(join(tmpdir(), 'sentinelone-response-trial-'));
  const zip = join(folder, 'some_1.0.0.zip');
  writeFileSync(zip, 'zip');
  await buildTrial({ outDir: join(folder, 'docker'), zip });
  standIn = await startStandIn(AUTH);
}, 60_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await standIn.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a file with Node.js alone; resolves to what it printed when `until` shows up or it ends. */
function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv, until?: RegExp) {
  const child = spawn(process.execPath, [join(folder, 'docker', file), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
  });
  children.push(child);
  return new Promise<string>((resolve) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (until?.test(output)) resolve(output);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', () => resolve(output));
  });
}

it('creates every file that compose.yml and the Dockerfile contain', () => {
  const files = readdirSync(join(folder, 'docker'));
  const named = [
    ...[...compose.matchAll(/\/trial\/([\w.]+)/g)].map(([, file]) => file),
    ...[...dockerfile.matchAll(/^COPY (\S+)/gm)].map(([, file]) => file),
  ];
  expect(named).toEqual(['simulator.js', 'set_up.js', 'sentineloneResponse.zip']);
  expect(files).toEqual(expect.arrayContaining(named));
  expect(readFileSync(join(folder, 'docker/sentineloneResponse.zip'), 'utf8')).toBe('zip');
});

it("uses the plugin's version of Kibana and Elasticsearch", () => {
  const { kibanaVersion } = readProject(ROOT);
  const images = [...`${compose}${dockerfile}`.matchAll(/(?:image:|FROM) (\S+)/g)]
    .map(([, image]) => image)
    .filter((image) => !image!.startsWith('node:'));
  expect(new Set(images)).toEqual(
    new Set([`elasticsearch:${kibanaVersion}`, `kibana:${kibanaVersion}`])
  );
});

it('runs with Node.js only: the simulator for all addresses, and the set-up repeatedly', async () => {
  const [, args = ''] = /'\/trial\/simulator\.js',([^\]]*)\]/.exec(compose)!;
  const printed = await run(
    'simulator.js',
    [...args.matchAll(/'([^']*)'/g)].map(([, one]) => (one === '9911' ? '0' : one!)),
    {},
    /start anew[^]*reset/
  );
  const simulator = /^ready (http:\S+)$/m.exec(printed)?.[1] ?? '';
  const { port } = new URL(simulator);
  const other = `http://127.0.0.2:${port}`;
  expect((await fetch(`${other}/web/api/v2.1/agents`)).status).toBe(401);

  const client = simulatorClient(simulator);
  const hosts = (await client.agents()).length;
  const env = {
    KIBANA_URL: standIn.url,
    ELASTICSEARCH_URL: standIn.url,
    SIMULATOR_URL: simulator,
  };
  for (const time of ['first', 'second']) {
    expect(`${time} ${await run('set_up.js', [], env)}`).toMatch(`${time} ${hosts} hosts; open`);
    expect(standIn.connectors.size).toBe(1);
    expect(standIn.rules.size).toBe(1);
    expect(standIn.documents.get('logs-sentinel_one.alert-default')!.size).toBe(hosts);
  }
  expect((await client.calls()).map(({ path }) => path)).toEqual(['/agents']);
}, 60_000);

it('reports what failed', async () => {
  const output = await run('set_up.js', [], {
    KIBANA_URL: standIn.url,
    ELASTICSEARCH_URL: standIn.url,
    SIMULATOR_URL: standIn.url,
  });
  expect(output).toContain('The set-up did not finish: GET');
}, 30_000);
