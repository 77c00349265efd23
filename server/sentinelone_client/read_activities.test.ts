import { readNetworkActivities } from './read_isolation_activities';
import type { ApiAnswer } from './transport';

const ports = { sleep: async () => {}, random: () => 0 };

it('ignores activities whose agent id is a number', async () => {
  const createdAt = '2024-07-03T03:44:03.003Z';
  const data = [
    { activityType: 1001, agentId: '1800000000000000000', createdAt },
    // As JavaScript reads 1800000000000000018.
    { activityType: 2010, agentId: 1.8e18, createdAt },
  ];
  const read = await readNetworkActivities(
    async (): Promise<ApiAnswer> => ({ ok: true, body: { data } }),
    ports,
    ['1800000000000000000', '1800000000000000018'],
    createdAt
  );
  expect(read).toMatchObject({
    ok: true,
    value: [{ agentId: '1800000000000000000', kind: 'disconnected' }],
  });
});
