import { MINUTE } from '../../common/lib/constants';
import { seededRandom } from './seeded_random';
import { runTimedCampaign } from './timed_campaign';
import { judge, storiesTable, STORIES, type HostStory } from './timed_stories';

/** A few timed isolations while two nodes are killed; `npm run campaign` runs a thousand. */

it('each timed isolation ends once, by the rules, while two nodes are killed', async () => {
  const result = await runTimedCampaign({
    isolations: STORIES.length,
    stories: STORIES,
    rate: 30,
    isolatedWithin: 2 * MINUTE,
    outage: { at: 6 * MINUTE, lasts: 2 * MINUTE },
    killedWithin: 8_000,
    minutes: [6, 7],
    chance: seededRandom(7),
  });
  process.stdout.write(`${storiesTable(result.judged)}\n`);
  expect(result.judged.map(({ story }) => story)).toEqual(STORIES);
  expect(result.judged.filter(({ problems }) => problems.length > 0)).toEqual([]);
  expect(Math.min(...result.kills)).toBeGreaterThan(0);
}, 240_000);

describe('a campaign fails', () => {
  const AT = Date.parse('2026-07-01T00:00:00.000Z');
  const iso = (minutes: number) => new Date(AT + minutes * MINUTE).toISOString();
  const command = (n: number, path: string, minutes: number, change = {}) => ({
    ...{ n, method: 'POST', at: iso(minutes), fault: null, tokenName: 'full' },
    ...{ path: `/agents/actions/${path}`, selectedIds: ['1'], affectedIds: ['1'], ...change },
  });
  const isolation = {
    ...{ actionId: 'i', action: 'isolate', state: 'ended', requestedAt: iso(0) },
    hosts: [{ agentId: '1', outcome: 'done' }],
    releaseAt: iso(10),
    automaticRelease: { state: 'ended', outcome: 'done' },
    handledHosts: [{ agentId: '1', kind: 'sent' }],
  };
  const release = {
    ...{ actionId: 'r', action: 'release', state: 'ended', requestedAt: iso(10) },
    hosts: [{ agentId: '1', outcome: 'done' }],
    endsAction: { actionId: 'i', releaseAt: iso(10) },
  };
  const good = {
    ...{ story: 'nothing', agentId: '1', timedActionId: 'i', networkStatus: 'connected' },
    records: [isolation, release],
    commands: [command(1, 'disconnect', 0), command(2, 'connect', 10)],
  };
  const judged = (change: object) =>
    judge({ ...good, ...change } as unknown as HostStory, MINUTE).problems.join(', ');

  it('only with a reason', () => expect(judged({})).toBe(''));

  it.each<[string, object, RegExp]>([
    [
      'a release before its time',
      {
        records: [isolation, { ...release, requestedAt: iso(5) }],
        commands: [command(1, 'disconnect', 0), command(2, 'connect', 5)],
      },
      /before it is due/,
    ],
    [
      'a release without a record',
      { records: [isolation] },
      /1 commands to release for 0 records, a release without a record/,
    ],
    [
      'a second release',
      {
        records: [isolation, release, { ...release, actionId: 's' }],
        commands: [...good.commands, command(3, 'connect', 11, { affectedIds: [] })],
      },
      /a release of a host that was released/,
    ],
    [
      'a host that stays isolated',
      { commands: good.commands.slice(0, 1), networkStatus: 'disconnected' },
      /SentinelOne reports disconnected, 0 releases took effect/,
    ],
    [
      'an end that is not written',
      { records: [{ ...isolation, automaticRelease: { state: 'releasing' } }, release] },
      /an end that stays releasing/,
    ],
    [
      'a release although somebody isolated the host again',
      { story: 'isolated again by a user, without an end', actedAt: AT + 5 * MINUTE },
      /ended as done, SentinelOne reports connected, 1 releases took effect/,
    ],
    [
      'a failure without a reason',
      {
        records: [
          { ...isolation, automaticRelease: { state: 'ended', outcome: 'failed' } },
          release,
        ],
      },
      /no reason/,
    ],
    [
      'an end of another host',
      { records: [{ ...isolation, hosts: [{ agentId: '2', outcome: 'done' }] }, release] },
      /another host/,
    ],
  ])('for %s', (_, change, problem) => expect(judged(change)).toMatch(problem));
});
