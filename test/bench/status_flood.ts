import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fleetOf } from '../simulator/fleet_of';
import { send, type HttpAnswer } from '../helpers/http';
import { startWorkbench } from '../workbench/host';
import { median, ms, printTable, timed } from './figures';

/** How long every call to SentinelOne takes, ms. */
const LATENCY_MS = 300;
const REQUESTS = 60;
const AGENTS_PER_REQUEST = 100;
const ROUNDS = 3;
/** What each of the requests waits for once it has ended, ms. */
const PAUSE_MS = 250;
/** The others begin so long (ms) after the requests of the one. */
const HEAD_START_MS = 200;

const STATUS = '/internal/sentinelone_response/hosts/_status';
const ISOLATE = '/internal/sentinelone_response/hosts/_isolate';

type Round = Readonly<
  Record<'status' | 'confirm', number> & { readonly answers: readonly HttpAnswer[] }
>;

/** A simulator in a process of its own: the flood must not delay what SentinelOne counts. */
async function startSentinelOne(): Promise<{ readonly url: string; stop(): void }> {
  const script = join(__dirname, '..', 'simulator', 'main.ts');
  const options = [
    '--port',
    '0',
    '--fleet',
    '2',
    '--latency',
    String(LATENCY_MS),
    '--official-limits',
  ];
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  const [, url = ''] = /^ready (\S+)/.exec(String(text)) ?? [];
  return { url, stop: () => void child.kill() };
}

/** How long an analyst waits for one host's status and for Confirm, with and without the flood. */
async function oneRound(isFlooded: boolean): Promise<Round> {
  const sentinelOne = await startSentinelOne();
  const workbench = await startWorkbench({ simulatorUrl: sentinelOne.url });
  try {
    const post = (user: 'viewer' | 'analyst', path: string, body: unknown) =>
      send(workbench.url, user, 'POST', path, { body });
    const answers: HttpAnswer[] = [];
    let isOver = false;
    // A request that has ended is followed by another one.
    const flood = Array.from({ length: isFlooded ? REQUESTS : 0 }, async () => {
      while (!isOver) {
        const agents = Array.from({ length: AGENTS_PER_REQUEST }, () => ({ uuid: randomUUID() }));
        answers.push(await post('viewer', STATUS, { agents }));
        await sleep(PAUSE_MS);
      }
    });
    await sleep(HEAD_START_MS);
    const [one, other] = fleetOf(2);
    const status = await timed(() => post('analyst', STATUS, { agents: [{ uuid: one!.uuid }] }));
    const confirm = await timed(() =>
      post('analyst', ISOLATE, {
        hosts: [{ uuid: other!.uuid, name: other!.computerName }],
        comment: 'bench',
      })
    );
    isOver = true;
    await Promise.all(flood);
    if (status.value.json?.hosts?.[0]?.state !== 'known' || confirm.value.status !== 200) {
      throw new Error(`${status.value.status} ${confirm.value.status} ${confirm.value.text}`);
    }
    return { status: status.took, confirm: confirm.took, answers };
  } finally {
    await workbench.stop();
    sentinelOne.stop();
  }
}

/** One viewer asks for the status of thousands of agents that do not exist; an analyst works meanwhile. */
export async function benchStatusFlood(): Promise<void> {
  const rows: string[][] = [];
  for (const isFlooded of [false, true]) {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await oneRound(isFlooded));
    const worst = (values: readonly number[]): string => ms(Math.max(...values));
    const answers = rounds.flatMap((round) => round.answers);
    rows.push([
      isFlooded ? `${REQUESTS} × ${AGENTS_PER_REQUEST} agents` : 'nobody else',
      ms(median(rounds.map(({ status }) => status))),
      worst(rounds.map(({ status }) => status)),
      ms(median(rounds.map(({ confirm }) => confirm))),
      worst(rounds.map(({ confirm }) => confirm)),
      [...new Set(answers.map(({ status }) => status))]
        .map((status) => `${status}: ${answers.filter((one) => one.status === status).length}`)
        .join(', '),
    ]);
  }
  printTable(
    `An analyst's status of one host and Confirm while one viewer floods the status route, every call to SentinelOne taking ${LATENCY_MS} ms, ${ROUNDS} rounds`,
    ['flood', 'status, median', 'worst', 'Confirm, median', 'worst', "the viewer's answers"],
    rows
  );
}
