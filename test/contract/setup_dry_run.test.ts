import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy } from '../helpers/hosts';
import type { UserName } from '../helpers/target';

/** The dry run of the Set up page. No task runs meanwhile, so that every call to SentinelOne is the dry run's. */

const suite = contractSuite();

const dryRun = (user: UserName, ...hosts: readonly object[]) =>
  suite.target.request(user, 'POST', `${BASE}/setup/_dry_run`, {
    body: { hosts, comment: 'dry run' },
  });

describe('the dry run', () => {
  it('looks the host up and reports that the command would be sent, without sending it', async () => {
    const { id, uuid, computerName } = suite.fleet.connected[0]!;
    const before = await suite.target.countRecords();
    const answer = await dryRun('analyst', { uuid, name: computerName });
    expect(answer.status).toBe(200);
    expect(answer.json.hosts).toEqual([
      { uuid, agentId: id, name: computerName, outcome: 'would_be_sent' },
    ]);
    const calls = await suite.target.simulator.calls();
    expect(calls.map(({ method }) => method)).toEqual(['GET']);
    expect(await suite.target.countRecords()).toBe(before);
    expect((await suite.target.simulator.agent(id)).networkStatus).toBe('connected');
  });

  it('reports refusals, with the same reasons', async () => {
    const clone = suite.fleet.clones[0]!;
    const answer = await dryRun('analyst', { uuid: clone.uuid }, { uuid: 'not-there' });
    expect(answer.json.hosts.map(({ reason }: { reason: string }) => reason).sort()).toEqual([
      'ambiguous',
      'not_found',
    ]);
    const viewer = await dryRun('viewer', { uuid: suite.fleet.connected[0]!.uuid });
    expect(viewer.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'no_privilege' }]);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([]);
  });
});
