import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { send, type HttpAnswer, type UserName } from '../helpers/http';
import { ms, printTable } from './figures';
import type { Message, ProcessFigures } from './measured_workbench';

/**
 * `npm run bench:refused`: a user whose only privilege is "Actions and Connectors: Read" asks for
 * isolations as fast as they can; what that costs Kibana, and what others notice of it. Prints figures,
 * asserts nothing. SECONDS, PER_SECOND, HOSTS and ALERTS change the load.
 */

const SECONDS = Number(process.env.SECONDS ?? 60);
const PER_SECOND = Number(process.env.PER_SECOND ?? 50);
const HOSTS = Number(process.env.HOSTS ?? 1_000);
const ALERTS = Number(process.env.ALERTS ?? 1_000);
const ALERT_ID_LENGTH = 300;
const MEGABYTE = 1024 * 1024;
const ROOT = join(__dirname, '..', '..');
const BASE = '/internal/sentinelone_response';

/** The other requests during that time, once a second each. */
const OTHERS: ReadonlyArray<readonly [string, UserName, string, string, unknown]> = [
  ['history page', 'viewer', 'GET', `${BASE}/actions?perPage=100`, undefined],
  ['alerts page', 'analyst', 'GET', `${BASE}/alerts?perPage=100`, undefined],
  [
    'host status',
    'analyst',
    'POST',
    `${BASE}/hosts/_status`,
    { agents: [{ agentId: '1000000000000000001' }] },
  ],
];

const nextMessage = (child: ChildProcess): Promise<Message> =>
  new Promise((resolve, reject) => {
    const end = (code: number | null, signal: string | null) =>
      reject(new Error(`Kibana ended with ${code ?? signal}`));
    child.once('exit', end);
    child.once('message', (message: Message) => {
      child.off('exit', end);
      if (message.kind === 'failed') reject(new Error(message.message));
      else resolve(message);
    });
  });

/** Undefined if Kibana has stopped, which is a result as well. */
async function figuresOf(child: ChildProcess): Promise<ProcessFigures | undefined> {
  if (!child.connected) return undefined;
  const next = nextMessage(child).catch(() => undefined);
  child.send('figures');
  const message = await next;
  return message?.kind === 'figures' ? message.figures : undefined;
}

const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`;
const percentile = (values: readonly number[], percent: number): number =>
  [...values].sort((a, b) => a - b)[
    Math.min(values.length - 1, Math.floor((values.length * percent) / 100))
  ] ?? Number.NaN;

interface Timed {
  readonly took: number;
  readonly answer: HttpAnswer | undefined;
}

async function timedRequest(
  url: string,
  [, user, method, path, body]: (typeof OTHERS)[number]
): Promise<Timed> {
  const from = performance.now();
  const answer = await send(url, user, method, path, { body }).catch(() => undefined);
  return { took: performance.now() - from, answer };
}

/** The refused requests, sent at their times whatever the results of earlier ones. */
async function sendRefused(url: string, connectorId: string, answers: Timed[]): Promise<void> {
  const body = JSON.stringify({
    params: {
      subAction: 'isolateHost',
      subActionParams: {
        hosts: Array.from({ length: HOSTS }, (_, n) => ({
          agentId: String(10n ** 18n + BigInt(n)),
          name: `invented-host-${n}`,
        })),
        comment: 'load test',
        alertIds: Array.from({ length: ALERTS }, (_, n) =>
          `alert-${n}-`.padEnd(ALERT_ID_LENGTH, 'x')
        ),
      },
    },
  });
  console.log(`Each refused request has ${megabytes(Buffer.byteLength(body))}`);
  const path = `/api/actions/connector/${connectorId}/_execute`;
  const started = performance.now();
  const underWay: Array<Promise<void>> = [];
  for (let n = 0; n < SECONDS * PER_SECOND; n++) {
    await sleep(Math.max(0, started + (n * 1_000) / PER_SECOND - performance.now()));
    const asked = timedRequest(url, ['refused', 'reader', 'POST', path, body]);
    underWay.push(asked.then((timed) => void answers.push(timed)));
  }
  await Promise.all(underWay);
}

async function main(): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'measured_workbench.ts')],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }
  );
  try {
    const ready = await nextMessage(child);
    if (ready.kind !== 'ready') throw new Error('Kibana did not begin with being ready');
    const { url, connectorId } = ready;
    for (const other of OTHERS) await timedRequest(url, other);
    await sleep(2_000);
    await figuresOf(child);
    for (const other of OTHERS) await timedRequest(url, other);
    await sleep(5_000);
    const rows: string[][] = [];
    const add = (when: string, figures: ProcessFigures | undefined) =>
      rows.push(
        figures === undefined
          ? [when, 'Kibana has ended']
          : [
              when,
              megabytes(figures.rss),
              megabytes(figures.heapUsed),
              ms(figures.delayP99),
              ms(figures.delayMax),
              `${(figures.cpu / 1_000).toFixed(1)} s`,
              String(figures.records),
              megabytes(figures.recordBytes),
              String(figures.audited),
              String(figures.logged),
            ]
      );
    add('before', await figuresOf(child));

    const refused: Timed[] = [];
    const others = OTHERS.map((): Timed[] => []);
    let isOver = false;
    const watching = (async () => {
      while (!isOver) {
        await Promise.all(
          OTHERS.map(async (other, n) => void others[n]!.push(await timedRequest(url, other)))
        );
        await sleep(1_000);
      }
    })();
    await sendRefused(url, connectorId, refused);
    isOver = true;
    await watching;
    add('during', await figuresOf(child));
    await sleep(10_000);
    add('10 s later', await figuresOf(child));
    const csv = await timedRequest(url, ['', 'viewer', 'GET', `${BASE}/actions/_csv`, undefined]);
    const page = await timedRequest(url, OTHERS[0]!);
    add('export and page', await figuresOf(child));

    printTable(
      `Kibana, ${SECONDS} s of ${PER_SECOND} refused requests a second`,
      ['', 'rss', 'heap', 'delay p99', 'max', 'cpu', 'records', 'stored', 'audited', 'event log'],
      rows
    );
    const kinds: ReadonlyArray<readonly [string, readonly Timed[]]> = [
      ['refused', refused],
      ...OTHERS.map(([name], n) => [name, others[n]!] as const),
    ];
    printTable(
      'Answers meanwhile',
      ['', 'answers', 'none', 'median', 'p99', 'max'],
      kinds.map(([name, all]) => {
        const took = all.flatMap((one) => (one.answer === undefined ? [] : [one.took]));
        return [
          name,
          String(took.length),
          String(all.length - took.length),
          ms(percentile(took, 50)),
          ms(percentile(took, 99)),
          took.length === 0 ? '–' : ms(Math.max(...took)),
        ];
      })
    );
    const sizeOf = ({ answer }: Timed) =>
      answer === undefined ? 'no answer' : megabytes(Buffer.byteLength(answer.text));
    printTable(
      'Afterwards',
      ['', 'size', 'took'],
      [
        ['export', sizeOf(csv), ms(csv.took)],
        ['history page of 100', sizeOf(page), ms(page.took)],
      ]
    );
  } finally {
    child.kill('SIGKILL');
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
