import { setTimeout as sleep } from 'node:timers/promises';
import { act, actionsOn, type ActionSeen } from './api';
import { eventsOf, eventsText } from './events';
import { openSite, type Site } from './official_site';
import { ACTIONS, BEFORE, rowOf, tableOf, type Action, type Row } from './rows';

/**
 * `npm run campaign:kibana`: two nodes of an official Kibana act on the same hosts at once; then the one
 * that acts is killed at random moments, and the other one has to reconcile what it left. In the end the
 * records, the event log and SentinelOne must agree, with at most one command for each action.
 */

/** Hosts that the node acts on, one after the other, when it is killed. */
const HOSTS_PER_KILL = 3;
/** ms from one of these actions to the next, and the longest until the kill. */
const STAGGER = 120;
const LONGEST = 900;
/** What a call to SentinelOne takes at least (ms), so that kills meet calls that are under way. */
const LATENCY = 50;
const HOSTS_AT_ONCE = 10;
const ACTIONS_AT_ONCE = 50;
/** A record of a killed node is resolved after two minutes; a task that it held is free after three. */
const ENDED_WITHIN = 10 * 60_000;
const PAUSE = 1_000;
/**
 * ms after which the event log must be complete: status reconciliation checks it once a minute, for changes that are
 * half a minute old. A task that a killed node held is free after three minutes.
 */
const EVENTS_WITHIN = 6 * 60_000;
const EVENTS_PAUSE = 5_000;

/** Waits until every action since then has ended; resolves to them, ended or not. */
async function allEnded({ stays }: Site, since: number): Promise<readonly ActionSeen[]> {
  const deadline = Date.now() + ENDED_WITHIN;
  for (;;) {
    await sleep(PAUSE);
    const actions = await actionsOn(stays, { since });
    const isOver = actions.length > 0 && actions.every(({ state }) => state === 'ended');
    if (isOver || Date.now() > deadline) return actions;
  }
}

const countOf = (values: readonly string[]): string =>
  [...new Set(values)].map((one) => `${values.filter((v) => v === one).length} ${one}`).join(', ');

/** Fifty actions at once on ten hosts from both nodes; returns what is wrong. */
async function atOnce(site: Site, action: Action): Promise<readonly string[]> {
  const { stays, acts, simulator } = site;
  const ids = (await simulator.agents()).slice(0, HOSTS_AT_ONCE).map(({ id }) => id);
  await simulator.clearCalls();
  const since = Date.now();
  const answers = await Promise.all(
    Array.from({ length: ACTIONS_AT_ONCE }, (_, n) =>
      act(n % 2 === 0 ? stays : acts, action, ids[n % HOSTS_AT_ONCE]!)
    )
  );
  const records = await allEnded(site, since);
  const commanded = (await simulator.writes()).flatMap(({ selectedIds }) => selectedIds);
  const done = records.filter(({ hosts }) => hosts[0]?.outcome === 'done');
  const told = answers.map((answer) => {
    const host = answer?.hosts[0];
    return host === undefined ? 'no answer' : `${host.outcome} ${host.reason ?? ''}`.trim();
  });
  const took = Math.round((Date.now() - since) / 1000);
  console.log(
    `${ACTIONS_AT_ONCE} times ${action} at once on ${HOSTS_AT_ONCE} hosts from both nodes: ` +
      `${commanded.length} commands, ${records.length} records, ${done.length} done; answers: ${countOf(told)} (${took} s)`
  );
  const sorted = (list: readonly (string | null | undefined)[]) => [...list].sort().join();
  return [
    sorted(commanded) === sorted(ids) ? '' : `${action}: not one command for each host`,
    records.length === ACTIONS_AT_ONCE ? '' : `${action}: ${records.length} records`,
    records.every(({ state }) => state === 'ended') ? '' : `${action}: records without an end`,
    sorted(done.map(({ hosts }) => hosts[0]?.agentId)) === sorted(ids)
      ? ''
      : `${action}: not one record that is done for each host`,
  ].filter((one) => one !== '');
}

/** Kills the acting node at random moments of its actions; resolves to what became of each action. */
async function killing(site: Site): Promise<readonly Row[]> {
  const { acts, simulator, kills } = site;
  const ids = (await simulator.agents()).slice(HOSTS_AT_ONCE).map(({ id }) => id);
  await simulator.clearCalls();
  const since = Date.now();
  const acted: { readonly agentId: string; readonly action: Action }[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const action = ACTIONS[kill % 2]!;
    const hosts = ids.slice(kill * HOSTS_PER_KILL, (kill + 1) * HOSTS_PER_KILL);
    for (const id of hosts) await simulator.setAgent(id, { networkStatus: BEFORE[action] });
    // The first request after a start takes several times as long as the next ones.
    await actionsOn(acts);
    const milliseconds = Math.round(Math.random() * LONGEST);
    const acting = hosts.map((id, n) => sleep(n * STAGGER).then(() => act(acts, action, id)));
    await sleep(milliseconds);
    site.kill();
    await Promise.all(acting);
    acted.push(...hosts.map((agentId) => ({ agentId, action })));
    console.log(`kill ${kill + 1}, ${milliseconds} ms into ${action}`);
    await site.start();
  }
  const records = await allEnded(site, since);
  const writes = await simulator.writes();
  const rows: Row[] = [];
  for (const { agentId, action } of acted) {
    const { networkStatus } = await simulator.agent(agentId);
    rows.push(
      rowOf({
        point: 'at random',
        action,
        actions: records.filter(({ hosts }) => hosts[0]?.agentId === agentId),
        networkStatus,
        writes: writes.filter(({ selectedIds }) => selectedIds.includes(agentId)).length,
      })
    );
  }
  return rows;
}

/** Waits until the event log has the events of every record; returns what it lacks or has twice. */
async function eventProblems(site: Site, since: number): Promise<readonly string[]> {
  const deadline = Date.now() + EVENTS_WITHIN;
  for (;;) {
    const events = eventsOf(await actionsOn(site.stays, { since }), await site.events(since));
    if (events.lacking.length > 0 && Date.now() < deadline) {
      await sleep(EVENTS_PAUSE);
      continue;
    }
    console.log(eventsText(events));
    return [
      ...events.lacking.map((one) => `The event log lacks the ${one}`),
      ...events.doubled.map((id) => `The event log has ${id} more than once`),
    ];
  }
}

async function main(): Promise<void> {
  const site = await openSite();
  const fleet = HOSTS_AT_ONCE + HOSTS_PER_KILL * site.kills;
  await site.simulator.reset({ fleet, latencyMs: LATENCY });
  const problems: string[] = [];
  try {
    for (const action of ACTIONS) problems.push(...(await atOnce(site, action)));
    const since = Date.now();
    const rows = await killing(site);
    console.log(`\n${tableOf(rows)}\n`);
    problems.push(...rows.filter(({ problem }) => problem !== '').map(({ problem }) => problem));
    problems.push(...(await eventProblems(site, since)));
  } finally {
    await site.simulator.reset();
  }
  for (const problem of problems) console.log(problem);
  console.log(problems.length === 0 ? 'All agree' : `${problems.length} problems`);
  process.exit(problems.length === 0 ? 0 : 1);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
