import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fleetOf } from '../simulator/fleet_of';
import { OFFICIAL_RATE_LIMITS } from '../simulator/rate_limits';
import { send, type HttpAnswer } from '../support/http';
import { startWorkbench } from '../workbench/host';
import { median, ms, printTable, timed } from './figures';

/** How long every call to SentinelOne takes, ms. */
const LATENCY_MS = 300;
const REQUESTS = 60;
const AGENTS_PER_REQUEST = 100;
const ROUNDS = 3;
/** The others begin so long (ms) after the requests of the one. */
const HEAD_START_MS = 200;

const STATUS = '/internal/sentinelone_response/hosts/_status';
const ISOLATE = '/internal/sentinelone_response/hosts/_isolate';

type Round = Readonly<
  Record<'status' | 'confirm', number> & { readonly answers: readonly HttpAnswer[] }
>;

/** How long an analyst waits for one host's status and for Confirm, with and without the flood. */
async function oneRound(isFlooded: boolean): Promise<Round> {
  const workbench = await startWorkbench({
    simulator: { fleet: 2, latencyMs: LATENCY_MS, rateLimits: OFFICIAL_RATE_LIMITS },
  });
  try {
    const post = (user: 'viewer' | 'analyst', path: string, body: unknown) =>
      send(workbench.url, user, 'POST', path, { body });
    const flood = Array.from({ length: isFlooded ? REQUESTS : 0 }, () =>
      post('viewer', STATUS, {
        agents: Array.from({ length: AGENTS_PER_REQUEST }, () => ({ uuid: randomUUID() })),
      })
    );
    await sleep(HEAD_START_MS);
    const [one, other] = fleetOf(2);
    const [status, confirm] = await Promise.all([
      timed(() => post('analyst', STATUS, { agents: [{ uuid: one!.uuid }] })),
      timed(() =>
        post('analyst', ISOLATE, {
          hosts: [{ uuid: other!.uuid, name: other!.computerName }],
          comment: 'bench',
        })
      ),
    ]);
    if (status.value.json?.hosts?.[0]?.state !== 'known' || confirm.value.status !== 200) {
      throw new Error(`${status.value.status} ${confirm.value.status} ${confirm.value.text}`);
    }
    return { status: status.took, confirm: confirm.took, answers: await Promise.all(flood) };
  } finally {
    await workbench.stop();
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
