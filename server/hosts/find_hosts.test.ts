import type { Agent } from '../../common/hosts/agent';
import { findHosts, type FetchAgentPage } from './search_hosts';

const agent = (id: string, computerName: string | null) => ({ id, computerName }) as Agent;

function pages(...answers: readonly (readonly Agent[])[]) {
  const asked: Parameters<FetchAgentPage>[0][] = [];
  const ask: FetchAgentPage = async (params) => {
    const page = asked.push(params) - 1;
    const isLast = page === answers.length - 1;
    return { agents: answers[page] ?? [], cursor: isLast ? null : `after-${page}`, total: null };
  };
  return { ask, asked };
}
const idsOf = ({ agents }: { agents: readonly Agent[] }) => agents.map(({ id }) => id);

it('matches only whole names, ignoring case', async () => {
  const { ask, asked } = pages([
    agent('1', 'web-1'),
    agent('2', 'web-10'),
    agent('3', 'WEB-1'),
    agent('4', null),
    agent('5', 'my-web-1'),
  ]);
  const found = await findHosts('web-1', ask);
  expect(idsOf(found)).toEqual(['1', '3']);
  expect(found.isComplete).toBe(true);
  expect(asked).toEqual([{ nameContains: 'web-1', limit: 100 }]);
});

it('reads all pages, and counts an agent that moved between them once', async () => {
  const { ask, asked } = pages([agent('1', 'db')], [agent('1', 'db'), agent('2', 'db')]);
  expect(idsOf(await findHosts('db', ask))).toEqual(['1', '2']);
  expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, 'after-0']);
});

it('reports that there are more names than it reads', async () => {
  const { ask, asked } = pages([agent('1', 'a')], ...Array.from({ length: 11 }, () => []));
  const found = await findHosts('a', ask);
  expect(idsOf(found)).toEqual(['1']);
  expect(found.isComplete).toBe(false);
  expect(asked).toHaveLength(10);
});

it.each([
  ['PC-1.corp.example', 'PC-1', ['pc-1', 'PC-1.corp.example', 'pc-1.lab.example', 'pc-10']],
  ['pc-1', 'pc-1', ['pc-1', 'PC-1.corp.example', 'my-pc-1', 'pc-10']],
  ['Anna’s Mac', 's Mac', ["anna's mac", 'ANNA’S MAC', "joanna's mac", "anna's mac 2"]],
  ['srv-büro', 'srv-b', ['SRV-BÜRO', 'srv-bu\u0308ro', 'srv-buro', 'srv-büro-2']],
])('finds %s however it is written', async (name, part, names) => {
  const { ask, asked } = pages([names.map((one, n) => agent(String(n), one))].flat(1));
  expect(idsOf(await findHosts(name, ask))).toEqual(['0', '1']);
  expect(asked).toEqual([{ nameContains: part, limit: 100 }]);
});

it("throws SentinelOne's failure", async () => {
  const ask = () => Promise.reject(new Error('[unreachable] no answer'));
  await expect(findHosts('a', ask)).rejects.toThrow('no answer');
});

it('searches for a name with escapes by its longest other part, and matches only whole names', async () => {
  const { ask, asked } = pages([agent('1', 'web\\u202e-frontend'), agent('2', 'web-frontend')]);
  expect(idsOf(await findHosts('web\\u202e-frontend', ask))).toEqual(['1']);
  expect(asked).toEqual([{ nameContains: '-frontend', limit: 100 }]);
});

it('does not search for a name that consists of escapes', async () => {
  const { ask, asked } = pages([agent('1', 'a')]);
  expect(await findHosts('\\u202e\\n', ask)).toEqual({ agents: [], isComplete: false });
  expect(asked).toEqual([]);
});
