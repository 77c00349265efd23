import type { Agent } from '../../common/agent';
import { StatusBoard, type AskAgents } from './status_board';

const agentOf = (uuid: string, id: string): Agent => ({
  id,
  uuid,
  computerName: `host-${id}`,
  networkStatus: 'connected',
  isActive: true,
  isDecommissioned: false,
  isUninstalled: false,
  agentVersion: null,
  osName: null,
  osType: null,
  siteName: null,
  groupName: null,
  machineType: null,
  domain: null,
  lastLoggedInUserName: null,
  ipAddresses: [],
  externalIp: null,
  activeThreats: null,
  lastActiveDate: null,
});

/** A board on a clock that only sleeping moves. */
function boardOf(agents: readonly Agent[]) {
  let now = 1_000_000;
  const questions: Array<Parameters<AskAgents>[0]> = [];
  const board = new StatusBoard({
    clock: () => now,
    sleep: async (milliseconds) => {
      await new Promise(setImmediate);
      now += milliseconds;
    },
    isViewersOwn: (error) => error === 'mine',
  });
  const ask: AskAgents = async (question) => {
    questions.push(question);
    const { uuids = [], ids = [] } = question;
    return agents.filter(({ uuid, id }) => uuids.includes(uuid ?? '') || ids.includes(id));
  };
  return { board, ask, questions, pass: (milliseconds: number) => (now += milliseconds) };
}
const fleet = Array.from({ length: 250 }, (_, n) => agentOf(`u${n}`, String(n)));

describe('StatusBoard', () => {
  it('answers in the order of the question, with what is not known as unknown', async () => {
    const { board, ask } = boardOf(fleet);
    const { hosts } = await board.statusOf(
      [{ uuid: 'u2' }, { uuid: 'nobody' }, { agentId: '1' }, { uuid: 'u3', agentId: '4' }],
      ask
    );
    expect(hosts.map(({ state }) => state)).toEqual(['known', 'unknown', 'known', 'mismatch']);
    expect(hosts[0]).toMatchObject({ agent: { id: '2' } });
  });

  it('looks up the id as well where the UUID leads to another agent or to none, and says what it found', async () => {
    const { board, ask, questions } = boardOf(fleet);
    const references = [
      { uuid: 'replaced', agentId: '1' },
      { uuid: 'u2', agentId: '9999' },
      { uuid: 'u3', agentId: '4' },
      { uuid: 'u5', agentId: '5' },
      { uuid: 'nobody', agentId: '9998' },
    ];
    const first = await board.statusOf(references, ask);
    expect(first.hosts).toMatchObject([
      { state: 'partial_match', foundBy: 'agentId', agent: { id: '1', uuid: 'u1' } },
      { state: 'partial_match', foundBy: 'uuid', agent: { id: '2' } },
      { state: 'mismatch', agents: [{ id: '3' }, { id: '4' }] },
      { state: 'known', agent: { id: '5' } },
      { state: 'unknown' },
    ]);
    expect(questions).toEqual([
      { uuids: ['replaced', 'u2', 'u3', 'u5', 'nobody'] },
      { ids: ['1', '9999', '4', '9998'] },
    ]);
  });

  it('asks for such an id at once the next time, without a pause', async () => {
    const { board, ask, questions, pass } = boardOf(fleet);
    await board.statusOf([{ uuid: 'replaced', agentId: '1' }], ask);
    const before = pass(10_000);
    const { hosts } = await board.statusOf([{ uuid: 'replaced', agentId: '1' }], ask);
    expect(hosts).toMatchObject([{ state: 'partial_match' }]);
    expect(questions).toHaveLength(4);
    expect(pass(0)).toBe(before);
  });

  it('shares nothing from before a clock was set back, and waits no longer than usual', async () => {
    const { board, ask, questions, pass } = boardOf(fleet);
    const first = await board.statusOf([{ uuid: 'u1' }], ask);
    pass(-3_600_000);
    const second = await board.statusOf([{ uuid: 'u1' }], ask);
    expect(questions).toHaveLength(2);
    const between = Date.parse(second.asOf) - Date.parse(first.asOf);
    expect(between).toBeLessThanOrEqual(2_000 - 3_600_000);
  });

  it('asks once for fifty viewers of fifty hosts, and again only after 2 s', async () => {
    const { board, ask, questions, pass } = boardOf(fleet);
    const everybody = () =>
      Promise.all(fleet.slice(0, 50).map(({ uuid }) => board.statusOf([{ uuid: uuid! }], ask)));
    await everybody();
    // The first one does not wait for company; those who come meanwhile share the second question.
    expect(questions.map(({ uuids }) => uuids?.length)).toEqual([1, 49]);
    pass(2_000);
    await everybody();
    expect(questions.length).toBeLessThanOrEqual(4);
  });

  it('keeps a question within a hundred agents of one kind', async () => {
    const { board, ask, questions } = boardOf(fleet);
    await Promise.all([
      board.statusOf(
        fleet.slice(0, 100).map(({ uuid }) => ({ uuid: uuid! })),
        ask
      ),
      board.statusOf(
        fleet.slice(100, 200).map(({ uuid }) => ({ uuid: uuid! })),
        ask
      ),
      board.statusOf([{ agentId: '7' }], ask),
    ]);
    for (const { uuids, ids } of questions) {
      expect((uuids ?? ids ?? []).length).toBeLessThanOrEqual(100);
      expect(uuids !== undefined && ids !== undefined).toBe(false);
    }
  });

  it('hands a failure to everybody who waits for it, without asking again for each', async () => {
    const { board, questions } = boardOf(fleet);
    const failing: AskAgents = async (question) => {
      questions.push(question);
      throw new Error('unreachable');
    };
    const viewers = Array.from({ length: 20 }, (_, n) =>
      board.statusOf([{ uuid: `u${n}` }], failing).then(
        () => 'answered',
        () => 'failed'
      )
    );
    expect(new Set(await Promise.all(viewers))).toEqual(new Set(['failed']));
    expect(questions.length).toBeLessThanOrEqual(2);
  });

  it("asks as the next viewer when the failure is the first one's own", async () => {
    const { board, ask } = boardOf(fleet);
    const first = board.statusOf([{ uuid: 'u0' }], ask);
    const refused = board.statusOf([{ uuid: 'u1' }], async () => {
      throw 'mine';
    });
    const allowed = board.statusOf([{ uuid: 'u1' }], ask);
    await first;
    await expect(refused).rejects.toBe('mine');
    expect((await allowed).hosts[0]).toMatchObject({ state: 'known' });
  });

  it('shows nobody what was read before an action', async () => {
    const { board, ask, questions } = boardOf(fleet);
    await board.statusOf([{ uuid: 'u0' }], ask);
    board.forget();
    await board.statusOf([{ uuid: 'u0' }], ask);
    expect(questions).toHaveLength(2);
  });

  it('does not keep an answer that was under way during an action', async () => {
    const { board, ask, questions } = boardOf(fleet);
    await board.statusOf([{ uuid: 'u0' }], async (question) => {
      board.forget();
      return ask(question);
    });
    await board.statusOf([{ uuid: 'u0' }], ask);
    expect(questions).toHaveLength(2);
  });
});
