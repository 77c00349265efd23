import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy } from '../helpers/hosts';
import { untilListed } from '../helpers/listed_actions';

/** Anybody who may act can name any alert; the record says which of them they could read. */

const suite = contractSuite();
const INVENTED = 'an-alert-that-is-not-there';

async function readableAlert(): Promise<string> {
  const { json } = await suite.target.request('analyst', 'GET', `${BASE}/alerts?perPage=1`);
  expect(json.alerts.length).toBeGreaterThan(0);
  return json.alerts[0].id as string;
}
const since = () => encodeURIComponent(new Date(Date.now() - 1_000).toISOString());

it('marks an alert that does not exist as not verified, in record, history, export and API', async () => {
  const { target } = suite;
  const alertId = await readableAlert();
  const from = since();
  const answer = await target.request('analyst', 'POST', '/api/sentinelone_response/actions', {
    body: {
      action: 'isolate',
      hosts: [{ agentId: suite.fleet.connected[0]!.id }],
      comment: 'Beaconing',
      alertIds: [alertId, INVENTED],
    },
  });
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({
    alertIds: [alertId, INVENTED],
    unverifiedAlertIds: [INVENTED],
  });
  expect(affectedBy(await target.simulator.writes())).toEqual([suite.fleet.connected[0]!.id]);
  expect(await target.record(answer.json.actionId)).toMatchObject({
    unverifiedAlertIds: [INVENTED],
  });

  const listed = await untilListed(target, { from: decodeURIComponent(from), user: 'analyst' });
  expect(listed).toMatchObject([{ alertIds: [alertId, INVENTED], unverifiedAlertIds: [INVENTED] }]);
  const csv = await target.request('viewer', 'GET', `${BASE}/actions/_csv?from=${from}`);
  const [head = '', line = ''] = csv.text.replace('\uFEFF', '').split('\r\n');
  const column = head.split(',').indexOf('"unverified_alert_ids"');
  expect(line.split(',')[column]).toBe(`"${INVENTED}"`);
});

it('marks nothing if the caller could read all of them', async () => {
  const alertId = await readableAlert();
  const hosts = [{ agentId: suite.fleet.connected[0]!.id }];
  const answer = await suite.target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
    body: { hosts, comment: 'Beaconing', alertIds: [alertId] },
  });
  const record = await suite.target.record(answer.json.actionId);
  expect(record).toMatchObject({ alertIds: [alertId] });
  expect(record).not.toHaveProperty('unverifiedAlertIds');
});
