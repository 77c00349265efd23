import { contractSuite } from '../support/contract_suite';
import { affectedBy } from '../support/hosts';

/**
 * Kibana runs a rule's action again when it ended with an error. What a person did in between must stand.
 */

const suite = contractSuite({ automation: true });
const whereRulesAct = process.env.AUTOMATION === 'false' ? it.skip : it;

whereRulesAct(
  'a rule whose action is run again for the same alerts leaves what was released since',
  async () => {
    const { target } = suite;
    const { simulator } = target;
    const [agent] = suite.fleet.connected;
    const headers = { authorization: await target.adminApiKey('Alerting: siem.queryRule/Again') };
    const path = `/api/actions/connector/${target.connectorId}/_execute`;
    const subActionParams = {
      hosts: [suite.hostOf(), { uuid: 'no-such-agent', name: 'unknown' }],
      comment: 'by a rule',
      alertIds: [`alert-${Date.now()}`],
    };
    const run = (changes: object = {}) =>
      target.request('nobody', 'POST', path, {
        body: {
          params: { subAction: 'isolateHost', subActionParams: { ...subActionParams, ...changes } },
        },
        headers,
      });

    const first = await run();
    expect(first.json.status).toBe('error');
    expect(first.json.service_message).toMatch(/^1 of 2 hosts isolated/);
    expect(affectedBy(await simulator.writes())).toEqual([agent!.id]);
    // A search finds the record a second later; Kibana waits half a minute.
    await new Promise((resolve) => setTimeout(resolve, 1_500));

    const release = { hosts: [suite.hostOf()], comment: 'false alarm' };
    const released = await suite.execute('analyst', 'releaseHost', release);
    expect(released.json.status).toBe('ok');
    const writes = await simulator.writes();
    const records = await target.countRecords();
    const again = await run();
    expect(again.json.status).toBe('error');
    expect(again.json.service_message).toMatch(/^1 of 2 hosts isolated/);
    expect(await simulator.writes()).toEqual(writes);
    expect(await target.countRecords()).toBe(records);

    // Other alerts are another order.
    await run({ alertIds: [`another-alert-${Date.now()}`] });
    const last = (await simulator.writes()).slice(writes.length);
    expect(last.map(({ path: sent, affectedIds }) => [sent, affectedIds])).toEqual([
      ['/agents/actions/disconnect', [agent!.id]],
    ]);
  }
);
