import { readExactAgents } from './read_agents';
import type { ApiAnswer } from './transport';

const ports = { sleep: async () => {}, random: () => 0 };
const read = (key: 'uuids' | 'ids', values: readonly string[], data: readonly object[]) =>
  readExactAgents(
    async (): Promise<ApiAnswer> => ({ ok: true, body: { data } }),
    ports,
    key,
    values
  );

describe('agents whose id is a number', () => {
  it('make only their UUID uncertain', async () => {
    // Without the second entry the first would look like the only agent with its UUID.
    const data = [
      { id: '1', uuid: 'a' },
      { id: 1.8e18, uuid: 'a' },
      { id: '2', uuid: 'b' },
    ];
    const { agents, failed } = await read('uuids', ['a', 'b', 'c'], data);
    expect([...failed.keys()]).toEqual(['a']);
    expect(failed.get('a')).toMatchObject({
      reason: 'unexpected_answer',
      detail: expect.stringContaining('is not a string'),
    });
    expect(agents.map(({ uuid }) => uuid)).toEqual(['a', 'b']);
  });

  it('make an id uncertain that is not found, because it may be theirs', async () => {
    const { agents, failed } = await read('ids', ['1', '2'], [{ id: '1' }, { id: 2 }]);
    expect(agents.map(({ id }) => id)).toEqual(['1']);
    expect([...failed.keys()]).toEqual(['2']);
  });
});
