import { THREAT_RULE } from '../../common/hosts/detection_rules';
import { threatRule } from '../../public/pages/setup/documented_rule';
import { elasticsearch } from '../helpers/elasticsearch';
import { affectedBy, fleetOf } from '../helpers/hosts';
import { expectOk } from '../helpers/http';
import { inKibana } from '../helpers/kibana';
import { openTarget, type Target } from '../helpers/target';
import { until } from '../helpers/until';

jest.setTimeout(300_000);

const RULES = '/api/detection_engine/rules';
const INDEX = `logs-sentinel_one.threat-test${Date.now()}`;
const MAPPING = {
  dynamic_templates: [{ strings: { match_mapping_type: 'string', mapping: { type: 'keyword' } } }],
  properties: {
    '@timestamp': { type: 'date' },
    event: { properties: { ingested: { type: 'date' } } },
  },
};

inKibana('the rule for tenants without STAR custom rules', () => {
  let target: Target;
  let ruleId: string | undefined;
  const admin = async (method: string, path: string, body?: object) =>
    expectOk(await target.request('admin', method, path, { body }), `${method} ${path}`).json;
  beforeAll(async () => {
    target = await openTarget();
    await target.simulator.reset();
    await target.simulator.clearCalls();
    await elasticsearch('PUT', `/${INDEX}`, { mappings: MAPPING });
  });
  afterAll(async () => {
    if (ruleId !== undefined) await admin('DELETE', `${RULES}?id=${ruleId}`);
    await elasticsearch(
      'POST',
      '/.alerts-security.alerts-default/_delete_by_query?refresh=true&conflicts=proceed',
      { query: { term: { 'kibana.alert.rule.uuid': ruleId ?? '' } } }
    );
    await elasticsearch('DELETE', `/${INDEX}?ignore_unavailable=true`);
    await target?.close();
  });

  it('creates an alert from a threat, from which its host is isolated', async () => {
    const { connected } = await fleetOf(target.simulator);
    const { id, uuid, computerName } = connected[0]!;
    const now = new Date().toISOString();
    await elasticsearch('POST', `/${INDEX}/_doc?refresh=true`, {
      '@timestamp': now,
      event: {
        module: 'sentinel_one',
        dataset: 'sentinel_one.threat',
        kind: 'alert',
        ingested: now,
      },
      host: { name: computerName },
      sentinel_one: {
        threat: { agent: { id, uuid }, confidence_level: 'malicious', name: 'default.exe' },
      },
    });
    const before = await admin('GET', '/internal/sentinelone_response/setup');
    expect(before.threats.value.withAgent).toBeGreaterThan(0);

    const rule = await admin('POST', RULES, { ...threatRule('/app/x'), interval: '5s' });
    ruleId = rule.id as string;
    expect(rule).toMatchObject({ index: [THREAT_RULE.index], query: THREAT_RULE.query });
    const path = `/internal/sentinelone_response/setup/_alert?ruleId=${ruleId}`;
    const alert = await until('the rule made its alert', async () => {
      const { alert: newest } = await admin('GET', path);
      return newest ?? undefined;
    });
    expect(alert).toMatchObject({
      ruleName: 'SentinelOne threats',
      severity: 'high',
      agentId: id,
      agentUuid: uuid,
      hostName: computerName,
    });
    const isolated = await target.request(
      'analyst',
      'POST',
      '/internal/sentinelone_response/hosts/_isolate',
      {
        body: {
          hosts: [{ uuid: alert.agentUuid, agentId: alert.agentId, name: alert.hostName }],
          comment: 'From a threat',
          alertIds: [alert.id],
        },
      }
    );
    expect(isolated.status).toBe(200);
    expect(affectedBy(await target.simulator.writes())).toEqual([id]);
  });
});
