import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE, SECOND } from '../../common/lib/constants';
import { COMMAND_DEADLINE } from '../../server/sentinelone_client/deadline';
import { createSimulator } from '../simulator/simulator';
import { post, read } from './api';
import { startNode, type Node } from './node';
import { scaled } from './shifted_clock';
import {
  judge,
  STORIES,
  type HostStory,
  type Judged,
  type RecordSeen,
  type Story,
} from './timed_stories';

/**
 * Timed isolations with faults: two Kibana nodes over one store, one with a clock that is a minute ahead, are killed at
 * random while hosts are isolated with an end, SentinelOne is down for ten minutes, answers are lost, and users and the
 * console act on the same hosts. In the end each isolation must have ended once, as the rules say.
 *
 * Times are those of the scaled clocks, in ms, where nothing else is said.
 */

/** How far the second node's clock is ahead. */
const APART = MINUTE;
/** A user acts this long after the isolation at the earliest: the order within the clocks' difference is not known. */
const ACTS_AFTER = APART + 15 * SECOND;
/**
 * SentinelOne's log does not tell who isolated a host. An isolation in the console is recognized as another one from the
 * time on at which Kibana's own command can no longer leave.
 */
const ISOLATED_IN_CONSOLE_AFTER = COMMAND_DEADLINE + ACTS_AFTER;
/** A user acts this long before the end at the latest. */
const ACTS_BEFORE = APART + 45 * SECOND;
/** What a search finds late, and what an agent needs for a command. */
const SETTLED = 5 * SECOND;
/** The longest pause between two tries of a user. */
const LONGEST_WAIT = 3 * MINUTE;
const CONSOLES_TOKEN = 'never-expires-token-0123456789';
const USERS = ['analyst', 'responder'] as const;
/** Real ms. */
const RESPONSE_WITHIN = 2_000;

export interface TimedOptions {
  readonly isolations: number;
  /** How many times as fast as the real one the clocks run. */
  readonly rate: number;
  /** During which time hosts are isolated. */
  readonly isolatedWithin: number;
  /** When SentinelOne goes down, and for how long. */
  readonly outage: { readonly at: number; readonly lasts: number };
  /** The longest time (real ms) from the start of a node until it is killed. */
  readonly killedWithin: number;
  /** Minutes until the end: from, to. */
  readonly minutes: readonly [number, number];
  readonly stories?: readonly Story[];
  readonly chance: () => number;
  readonly onProgress?: (line: string) => void;
}

export interface TimedResult {
  readonly judged: readonly Judged[];
  readonly kills: readonly [number, number];
  /** Commands that were lost, or whose response was lost. */
  readonly lost: number;
  readonly calls: number;
  /** Minutes of the scaled clocks. */
  readonly took: number;
  /** Automatic releases that could not be sent at first. */
  readonly overdue: number;
}

/** Of every twenty hosts, eight have the story `nothing`. */
const DEFAULT_STORIES: readonly Story[] = [
  ...Array.from({ length: 8 }, () => 'nothing' as const),
  ...STORIES.filter((story) => story !== 'nothing'),
  'released by a user when due',
  'released and isolated again in the console',
];

export async function runTimedCampaign({
  isolations,
  rate,
  isolatedWithin,
  outage,
  killedWithin,
  minutes,
  stories = DEFAULT_STORIES,
  chance,
  onProgress = () => {},
}: TimedOptions): Promise<TimedResult> {
  const storeFolder = mkdtempSync(join(tmpdir(), 'sentinelone-response-timers-'));
  const origin = Date.now();
  const now = () => Math.floor(scaled(Date.now(), origin, rate));
  const until = async (time: number) => {
    for (let left = time - now(); left > 0; left = time - now()) await sleep(left / rate + 1);
  };
  const pause = (time: number) => until(now() + time);
  const between = (from: number, to: number) => from + chance() * Math.max(0, to - from);

  const simulator = createSimulator({ fleet: isolations, settleMs: 2_000, now });
  const simulatorUrl = await simulator.start();
  const port = Number(new URL(simulatorUrl).port);
  const ids = simulator.agents().map(({ id }) => id);
  const state = { isDown: false, isOver: false };
  const kills: [number, number] = [0, 0];
  const nodes: Array<Node | undefined> = [undefined, undefined];
  const start = async (n: number) => {
    nodes[n] = await startNode({
      ...{ storeFolder, simulatorUrl },
      clockAhead: n * APART,
      clockRate: { rate, origin },
    });
  };

  /** Kills a node again and again: at a random moment, or at a random write of a record. */
  async function kill(n: 0 | 1): Promise<void> {
    while (!state.isOver) {
      const node = nodes[n]!;
      await sleep(between(killedWithin / 4, killedWithin));
      if (state.isOver) return;
      if (chance() < 0.5) {
        const write = 1 + Math.floor(chance() * 4);
        const order = { write, when: chance() < 0.5 ? 'before' : 'after' } as const;
        await Promise.race([node.arm(order).catch(() => undefined), node.gone]);
        await Promise.race([node.gone, sleep(killedWithin / 4)]);
      }
      nodes[n] = undefined;
      await node.kill();
      kills[n] += 1;
      await start(n);
    }
  }

  /** Loses commands to release, or their answers. */
  async function lose(): Promise<void> {
    const kinds = ['resetBefore', 'resetAfter'] as const;
    for (let n = 0; !state.isOver; n += 1) {
      await pause(between(20 * SECOND, 90 * SECOND));
      if (simulator.faults.pending().length > 0) continue;
      simulator.faults.add({
        method: 'POST',
        path: '/agents/actions/connect',
        fault:
          n % 3 === 2
            ? { kind: 'hang', ms: RESPONSE_WITHIN * 2, applied: chance() < 0.5 }
            : { kind: kinds[n % 3]! },
      });
    }
    simulator.faults.clear();
  }

  async function breakDown(): Promise<void> {
    await until(origin + outage.at);
    state.isDown = true;
    await simulator.stop();
    onProgress(`SentinelOne is down for ${outage.lasts / MINUTE} minutes`);
    await pause(outage.lasts);
    await simulator.start(port);
    state.isDown = false;
    onProgress('SentinelOne is back');
  }

  /**
   * Tries it on a random node until it has a result, with growing pauses: on a busy machine, requests that follow one
   * another closely would keep the nodes from everything else. Nobody acts while SentinelOne is down.
   */
  async function untilDone<Result>(
    what: (node: Node) => Promise<Result | undefined>
  ): Promise<Result> {
    for (let wait = 15 * SECOND; ; wait = Math.min(wait * 1.5, LONGEST_WAIT)) {
      while (state.isDown) await pause(10 * SECOND);
      const n = chance() < 0.5 ? 0 : 1;
      const node = nodes[n] ?? nodes[1 - n];
      const result = node === undefined ? undefined : await what(node);
      if (result !== undefined) return result;
      await pause(between(wait * 0.7, wait * 1.3));
    }
  }
  const user = () => USERS[Math.floor(chance() * 2)]!;
  const ACCEPTED = ['requested', 'done', 'unchanged'];
  const actOn = (id: string, body: object) =>
    untilDone(async (node) => {
      const answer = await post(
        node,
        '',
        { hosts: [{ agentId: id }], comment: 'why', ...body },
        user()
      );
      const record = answer?.body as RecordSeen | undefined;
      return ACCEPTED.includes(record?.hosts?.[0]?.outcome ?? '') ? record : undefined;
    });
  const inConsole = async (command: 'connect' | 'disconnect', id: string) => {
    for (;;) {
      while (state.isDown) await pause(10 * SECOND);
      const answer = await fetch(`${simulatorUrl}/web/api/v2.1/agents/actions/${command}`, {
        method: 'POST',
        headers: {
          authorization: `ApiToken ${CONSOLES_TOKEN}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ filter: { ids: [id] } }),
      }).catch(() => undefined);
      if (answer?.ok === true) return;
      await pause(5 * SECOND);
    }
  };
  /** Changes the automatic release to this time, or cancels it; false when it has begun before. */
  const changeRelease = (actionId: string, newTime: number | null) =>
    untilDone(async (node) => {
      const way = newTime === null ? '_cancel_release' : '_change_release';
      const releaseAt = newTime === null ? {} : { releaseAt: new Date(newTime).toISOString() };
      const body = { comment: 'why', version: 1, ...releaseAt };
      const answer = await post(node, `/${actionId}/${way}`, body, user());
      if (answer?.status === 200) return true;
      // The new time has passed: SentinelOne was down, or the nodes, for too long.
      const isTooLate = answer?.status === 400 && newTime !== null && now() >= newTime;
      // 409 also where the answer to an earlier try was lost.
      return isTooLate || answer?.status === 409 ? false : undefined;
    });

  /** What the story says, at a moment; returns when it was done. */
  async function act(story: Story, id: string, timed: RecordSeen): Promise<number | undefined> {
    const due = Date.parse(timed.releaseAt ?? '');
    if (story === 'nothing') return undefined;
    if (story === 'released by a user when due') {
      await until(due - APART + between(-20 * SECOND, APART + 30 * SECOND));
      await actOn(id, { action: 'release' });
      return now();
    }
    const earliest =
      story === 'released and isolated again in the console'
        ? ISOLATED_IN_CONSOLE_AFTER
        : ACTS_AFTER;
    await until(between(now() + earliest, due - ACTS_BEFORE));
    switch (story) {
      case 'released by a user':
        await actOn(id, { action: 'release' });
        break;
      case 'released and isolated again by users':
        await actOn(id, { action: 'release' });
        await pause(SETTLED);
        await actOn(id, { action: 'isolate' });
        break;
      case 'isolated again by a user, without an end':
        await actOn(id, { action: 'isolate' });
        break;
      case 'released in the console':
        await inConsole('connect', id);
        break;
      case 'released and isolated again in the console':
        await inConsole('connect', id);
        await pause(SETTLED);
        await inConsole('disconnect', id);
        break;
      case 'put off by a user':
      case 'cancelled by a user': {
        const putOff = due + 10 * MINUTE;
        await changeRelease(timed.actionId, story === 'put off by a user' ? putOff : null);
        return now();
      }
      case 'offline when due':
        simulator.takeOffline(id);
        await until(due + between(MINUTE, 10 * MINUTE));
        simulator.bringOnline(id);
        return undefined;
      case 'decommissioned':
        simulator.setAgent(id, { isDecommissioned: true });
    }
    return now();
  }

  let lastEnd = 0;
  async function live(
    n: number
  ): Promise<Pick<HostStory, 'story' | 'agentId' | 'timedActionId' | 'actedAt'>> {
    const agentId = ids[n]!;
    const story = stories[n % stories.length]!;
    await until(origin + (isolatedWithin * n) / isolations);
    const releaseAfterMinutes = Math.floor(between(minutes[0], minutes[1] + 1));
    const timed = await actOn(agentId, { action: 'isolate', releaseAfterMinutes });
    lastEnd = Math.max(lastEnd, Date.parse(timed.releaseAt ?? '') || 0);
    const actedAt = await act(story, agentId, timed);
    const acted = actedAt === undefined ? {} : { actedAt };
    return { story, agentId, timedActionId: timed.actionId, ...acted };
  }

  /** All records, as the history lists them. */
  async function allRecords(): Promise<readonly RecordSeen[]> {
    const all: RecordSeen[] = [];
    for (let page = 1; ; page += 1) {
      const { actions, total } = await untilDone((node) =>
        read<{ readonly actions: readonly RecordSeen[]; readonly total: number }>(
          node,
          `?perPage=100&page=${page}`
        )
      );
      all.push(...actions);
      if (actions.length === 0 || all.length >= total) return all;
    }
  }
  /** The whole records of timed isolations, with what became of each host. */
  async function withHandledHosts(listed: readonly RecordSeen[]): Promise<readonly RecordSeen[]> {
    const whole: RecordSeen[] = [];
    for (const one of listed) {
      whole.push(
        one.automaticRelease === undefined
          ? one
          : await untilDone((node) => read<RecordSeen>(node, `/${one.actionId}`))
      );
    }
    return whole;
  }
  const isOpen = ({ state: at, automaticRelease }: RecordSeen) =>
    at !== 'ended' ||
    (automaticRelease !== undefined && !['ended', 'cancelled'].includes(automaticRelease.state));

  try {
    // The first one creates the connector.
    await start(0);
    await start(1);
    const fire = [kill(0), kill(1), lose(), breakDown()];
    let lived = 0;
    const lives = await Promise.all(
      ids.map(async (_, n) => {
        const life = await live(n);
        lived += 1;
        if (lived % 100 === 0) onProgress(`${lived} isolations, ${kills[0] + kills[1]} kills`);
        return life;
      })
    );
    await fire[3];
    // The nodes are killed until the last one has become due.
    await until(lastEnd + MINUTE);
    const waitsUntil = now() + 4 * 60 * MINUTE;
    let records = await allRecords();
    let overdue = records.filter(({ automaticRelease }) => automaticRelease?.problem).length;
    state.isOver = true;
    await Promise.all(fire);
    while (records.some(isOpen) && now() < waitsUntil) {
      await pause(2 * MINUTE);
      records = await allRecords();
      overdue = Math.max(overdue, records.filter((one) => one.automaticRelease?.problem).length);
    }
    records = await withHandledHosts(records);
    const writes = simulator.writes();
    const judged = lives.map((life) =>
      judge(
        {
          ...life,
          records: records.filter(({ hosts }) => hosts.some((one) => one.agentId === life.agentId)),
          commands: writes.filter(({ body }) => JSON.stringify(body).includes(`"${life.agentId}"`)),
          networkStatus: simulator.agent(life.agentId).networkStatus,
        },
        APART
      )
    );
    return {
      judged,
      kills,
      lost: writes.filter(({ fault }) => fault !== null).length,
      calls: simulator.calls.length,
      took: Math.round((now() - origin) / MINUTE),
      overdue,
    };
  } finally {
    state.isOver = true;
    await Promise.all(nodes.map((node) => node?.kill()));
    await simulator.stop();
    rmSync(storeFolder, { recursive: true, force: true });
  }
}
