import { contractSuite } from '../helpers/contract_suite';
import { affectedBy } from '../helpers/hosts';
import { untilListed } from '../helpers/listed_actions';

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
    // The next run finds the record by a search; Kibana waits half a minute.
    await untilListed(target, { alertId: subActionParams.alertIds[0]! });

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

whereRulesAct(
  'a rule that acts for several alerts of one host at once has done so for all when it is run again',
  async () => {
    const { target } = suite;
    const { simulator } = target;
    const [agent] = suite.fleet.connected;
    const headers = { authorization: await target.adminApiKey('Alerting: siem.queryRule/Many') };
    const path = `/api/actions/connector/${target.connectorId}/_execute`;
    const started = Date.now();
    const alertIdOf = (n: number) => `alert-${started}-${n}`;
    const run = (n: number) =>
      target.request('nobody', 'POST', path, {
        body: {
          params: {
            subAction: 'isolateHost',
            subActionParams: {
              hosts: [suite.hostOf()],
              comment: 'by a rule',
              alertIds: [alertIdOf(n)],
            },
          },
        },
        headers,
      });
    const statusesOf = (answers: ReadonlyArray<{ json: { status: string } }>) =>
      answers.map(({ json }) => json.status).sort();

    // All of them read the host before one of them changes it, and that one takes its time.
    await simulator.addFaults({
      method: 'GET',
      path: '/agents',
      count: 3,
      fault: { kind: 'delay', ms: 700 },
    });
    await simulator.addFaults({
      method: 'POST',
      path: '/agents/actions/disconnect',
      count: 1,
      fault: { kind: 'delay', ms: 1_500 },
    });
    const first = await Promise.all([run(0), run(1), run(2)]);
    expect(statusesOf(first)).toEqual(['error', 'error', 'ok']);
    for (const n of [0, 1, 2]) await untilListed(target, { alertId: alertIdOf(n) });
    const again = await Promise.all([run(0), run(1), run(2)]);
    expect(statusesOf(again)).toEqual(['ok', 'ok', 'ok']);
    const writes = await simulator.writes();
    expect(writes.map(({ path: sent }) => sent)).toEqual(['/agents/actions/disconnect']);
    expect(affectedBy(writes)).toEqual([agent!.id]);

    // Released by a person: no further repeat isolates it, for whichever alert.
    const release = { hosts: [suite.hostOf()], comment: 'false alarm' };
    const released = await suite.execute('analyst', 'releaseHost', release);
    expect(released.json.status).toBe('ok');
    await untilListed(target, { actionId: released.json.data.actionId });
    const { length } = await simulator.writes();
    await Promise.all([run(0), run(1), run(2)]);
    expect(await simulator.writes()).toHaveLength(length);
  },
  20_000
);

whereRulesAct(
  'a host that was released stays released, however many others have named the same alert since',
  async () => {
    const { target } = suite;
    const { simulator } = target;
    const [agent] = suite.fleet.connected;
    const headers = { authorization: await target.adminApiKey('Alerting: siem.queryRule/Crowd') };
    const alertIds = [`alert-${Date.now()}`];
    const subActionParams = {
      hosts: [suite.hostOf(), { uuid: 'no-such-agent', name: 'unknown' }],
      comment: 'by a rule',
      alertIds,
    };
    const run = () =>
      target.request('nobody', 'POST', `/api/actions/connector/${target.connectorId}/_execute`, {
        body: { params: { subAction: 'isolateHost', subActionParams } },
        headers,
      });
    expect((await run()).json.service_message).toMatch(/^1 of 2 hosts isolated/);
    expect(affectedBy(await simulator.writes())).toEqual([agent!.id]);

    const release = { hosts: [suite.hostOf()], comment: 'false alarm' };
    expect((await suite.execute('analyst', 'releaseHost', release)).json.status).toBe('ok');
    const attempt = { hosts: [{ uuid: 'no-such-agent' }], comment: 'foreign', alertIds };
    for (let n = 0; n < 11; n++) {
      await Promise.all(
        Array.from({ length: 10 }, () => suite.execute('analyst', 'isolateHost', attempt))
      );
    }
    await untilListed(target, { alertId: alertIds[0]! }, 111);

    const writes = await simulator.writes();
    const again = await run();
    expect(again.json.status).toBe('error');
    expect(again.json.service_message).toMatch(/^1 of 2 hosts isolated/);
    expect(await simulator.writes()).toEqual(writes);
    expect(writes.map(({ path }) => path)).toEqual([
      '/agents/actions/disconnect',
      '/agents/actions/connect',
    ]);
  },
  60_000
);
