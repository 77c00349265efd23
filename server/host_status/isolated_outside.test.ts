import { agentsIn, type Agent, type HostStatus, type NetworkStatus } from '../../common/hosts/agent';
import type { Claim, LastClaim } from '../response_actions/ports';
import { markIsolatedOutside } from './isolated_outside';

const NOW = Date.parse('2024-07-03T12:00:00.000Z');
const LONG_AGO = '2024-07-01T12:00:00.000Z';
const JUST_NOW = '2024-07-03T11:59:00.000Z';

const agent = (networkStatus: NetworkStatus | null) => ({ id: '1', networkStatus }) as Agent;
const claim = (action: Claim['action'], since = LONG_AGO): Claim => ({
  actionId: 'x',
  action,
  username: 'alice',
  since,
});

async function isMarked(networkStatus: NetworkStatus | null, last?: LastClaim) {
  const asked: string[][] = [];
  const status: HostStatus = { state: 'known', agent: agent(networkStatus) };
  const [answer] = await markIsolatedOutside(
    [status],
    async (ids) => {
      asked.push([...ids]);
      return new Map(last === undefined ? [] : [['1', last]]);
    },
    NOW
  );
  return { mark: agentsIn(answer!)[0]!.isIsolatedOutside, asked };
}

it.each<[NetworkStatus, LastClaim | undefined, true | undefined]>([
  ['disconnected', undefined, true],
  ['disconnecting', undefined, true],
  ['disconnected', claim('isolate'), undefined],
  ['disconnected', claim('release'), true],
  // SentinelOne may not report the release yet.
  ['disconnected', claim('release', JUST_NOW), undefined],
  ['disconnected', { ...claim('release'), after: claim('isolate') }, undefined],
  ['disconnected', { ...claim('isolate', JUST_NOW), after: claim('release') }, true],
])('%s, after %j: %s', async (networkStatus, last, mark) => {
  expect((await isMarked(networkStatus, last)).mark).toBe(mark);
});

it.each(['connected', 'connecting', null] as const)('asks nothing about %s hosts', async (one) => {
  expect(await isMarked(one)).toEqual({ mark: undefined, asked: [] });
});

it('marks each of several agents for itself', async () => {
  const agents = [agent('disconnected'), { ...agent('disconnected'), id: '2' }];
  const [answer] = await markIsolatedOutside(
    [{ state: 'ambiguous', agents }],
    async () => new Map([['2', claim('isolate')]]),
    NOW
  );
  expect(agentsIn(answer!).map((one) => one.isIsolatedOutside)).toEqual([true, undefined]);
});
