import {
  agentsIn,
  type Agent,
  type HostStatus,
  type NetworkStatus,
} from '../../common/hosts/agent';
import type { HostLock, LastHostLock } from '../response_actions/ports';
import { markIsolatedOutside } from './isolated_outside';

const NOW = Date.parse('2024-07-03T12:00:00.000Z');
const LONG_AGO = '2024-07-01T12:00:00.000Z';
const JUST_NOW = '2024-07-03T11:59:00.000Z';

const agent = (networkStatus: NetworkStatus | null) => ({ id: '1', networkStatus }) as Agent;
const hostLock = (action: HostLock['action'], since = LONG_AGO): HostLock => ({
  actionId: 'x',
  action,
  username: 'alice',
  since,
});

async function isMarked(networkStatus: NetworkStatus | null, last?: LastHostLock) {
  const asked: string[][] = [];
  const status: HostStatus = { state: 'known', agent: agent(networkStatus) };
  const [answer] = await markIsolatedOutside(
    [status],
    async (ids, property) => {
      expect(property).toBe('network');
      asked.push([...ids]);
      return new Map(last === undefined ? [] : [['1', last]]);
    },
    NOW
  );
  return { mark: agentsIn(answer!)[0]!.isIsolatedOutside, asked };
}

it.each<[NetworkStatus, LastHostLock | undefined, true | undefined]>([
  ['disconnected', undefined, true],
  ['disconnecting', undefined, true],
  ['disconnected', hostLock('isolate'), undefined],
  ['disconnected', hostLock('release'), true],
  // SentinelOne may not report the release yet.
  ['disconnected', hostLock('release', JUST_NOW), undefined],
  ['disconnected', { ...hostLock('release'), after: hostLock('isolate') }, undefined],
  ['disconnected', { ...hostLock('isolate', JUST_NOW), after: hostLock('release') }, true],
])('%s, after %j: %s', async (networkStatus, last, mark) => {
  expect((await isMarked(networkStatus, last)).mark).toBe(mark);
});

it.each(['connected', 'connecting', null] as const)('makes no read for %s hosts', async (one) => {
  expect(await isMarked(one)).toEqual({ mark: undefined, asked: [] });
});

it('marks each of several agents separately', async () => {
  const agents = [agent('disconnected'), { ...agent('disconnected'), id: '2' }];
  const [answer] = await markIsolatedOutside(
    [{ state: 'ambiguous', agents }],
    async () => new Map([['2', hostLock('isolate')]]),
    NOW
  );
  expect(agentsIn(answer!).map((one) => one.isIsolatedOutside)).toEqual([true, undefined]);
});
