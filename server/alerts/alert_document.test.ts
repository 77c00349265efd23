import { integrationDocuments } from '../../test/workbench/sample_data/integration_documents';
import { alertDetailsOf, alertSummaryOf, readField, readValues } from './alert_document';

const hit = (source: Record<string, unknown>) => ({ _id: 'a', _index: 'alerts', _source: source });

describe('readField', () => {
  it('reads nested, flat and mixed forms', () => {
    expect(readField({ host: { name: 'a' } }, 'host.name')).toBe('a');
    expect(readField({ 'host.name': 'a' }, 'host.name')).toBe('a');
    expect(readField({ host: { 'os.name': 'a' } }, 'host.os.name')).toBe('a');
    expect(readField({ 'host.os': { name: 'a' } }, 'host.os.name')).toBe('a');
    expect(readField({ host: 'a' }, 'host.name')).toBeUndefined();
    expect(readField({}, 'constructor')).toBeUndefined();
  });
});

describe('readValues', () => {
  it('reads every value, through lists of objects, in each form', () => {
    const assets = [{ agent_uuid: 'a' }, { id: 'x' }, { agent_uuid: ['b', null, ['c']] }];
    expect(readValues({ s: { assets } }, 's.assets.agent_uuid')).toEqual(['a', 'b', 'c']);
    expect(readValues({ 's.assets': assets }, 's.assets.agent_uuid')).toEqual(['a', 'b', 'c']);
    expect(
      readValues({ 's.assets.agent_uuid': 'd', s: { assets } }, 's.assets.agent_uuid')
    ).toEqual(['d']);
    expect(readValues({ host: { id: 12 } }, 'host.id')).toEqual([12]);
    expect(readValues({ host: null }, 'host.id')).toEqual([]);
    expect(readValues('host', 'host.id')).toEqual([]);
    expect(readValues({}, 'constructor.name')).toEqual([]);
  });
});

describe("SentinelOne's details", () => {
  it('is read from a real document of the integration', () => {
    const [document] = integrationDocuments();
    const { sentinelOne, sentinelOneName } = alertDetailsOf(hit({ ...document }));
    expect(sentinelOneName).toBe('test5');
    expect(Object.fromEntries(sentinelOne.map(({ id, value }) => [id, value]))).toEqual({
      rule: 'test5',
      severity: 'Critical',
      treatAsThreat: 'Suspicious',
      incident: 'Unresolved',
      verdict: 'Undefined',
    });
  });

  it('is read in each form, from every asset, on one line each', () => {
    const source = {
      'event.dataset': 'sentinel_one.unified_alert',
      'sentinel_one.unified_alert.name': 'eicar\nforged',
      sentinel_one: {
        unified_alert: {
          severity: 'MEDIUM',
          assets: [{ last_logged_in_user: 'anna' }, { last_logged_in_user: ['bob', null] }],
        },
      },
      file: { size: 1234 },
    };
    expect(alertSummaryOf(hit(source)).sentinelOneName).toBe('eicar\\nforged');
    expect(alertDetailsOf(hit(source)).sentinelOne).toEqual([
      expect.objectContaining({ id: 'alertName', value: 'eicar\\nforged' }),
      { id: 'severity', field: 'sentinel_one.unified_alert.severity', value: 'MEDIUM' },
      expect.objectContaining({ id: 'loggedInUser', value: 'anna, bob' }),
      { id: 'fileSize', field: 'file.size', value: '1234' },
    ]);
  });

  it('is empty for an alert of another source', () => {
    const source = { 'event.dataset': 'endpoint.alerts', rule: { name: 'Nobody' } };
    expect(alertDetailsOf(hit(source))).toMatchObject({ sentinelOne: [], sentinelOneName: null });
  });
});

describe('alertSummaryOf', () => {
  it("reads the agent from the integration's fields", () => {
    const source = {
      'event.dataset': 'sentinel_one.alert',
      observer: { serial_number: 'abc' },
      host: { id: '12', name: 'web-1' },
    };
    expect(alertSummaryOf(hit(source))).toMatchObject({
      agentUuid: 'abc',
      agentId: '12',
      hostName: 'web-1',
    });
  });

  it("prefers the agent's own field to the host's id", () => {
    const source = {
      event: { module: 'sentinel_one' },
      host: { id: '12' },
      sentinel_one: { alert: { agent: { id: '34', computer_name: 'web-3' } } },
    };
    expect(alertSummaryOf(hit(source))).toMatchObject({ agentId: '34', hostName: 'web-3' });
  });

  it("does not treat another integration's host id as an agent", () => {
    const source = { 'event.dataset': 'system.auth', host: { id: '12' } };
    expect(alertSummaryOf(hit(source)).agentId).toBeNull();
  });

  it.each(['', ' ', 'a,b', null, 7.5, ['a,b'], { a: 1 }, '*'])(
    'does not treat %j as an agent',
    (id) => {
      const source = {
        event: { module: 'sentinel_one' },
        observer: { serial_number: id },
        host: { id },
      };
      expect(alertSummaryOf(hit(source))).toMatchObject({
        agentUuid: null,
        agentId: null,
      });
    }
  );

  it('lists the hosts of an alert that was built from several events', () => {
    const source = { observer: { serial_number: ['A', 'B'] }, host: { name: ['a', 'b'] } };
    expect(alertSummaryOf(hit(source))).toMatchObject({
      agentUuid: null,
      hostName: null,
      hosts: [
        { agentUuid: 'A', agentId: null, hostNames: ['a', 'b'] },
        { agentUuid: 'B', agentId: null, hostNames: ['a', 'b'] },
      ],
    });
  });

  it('handles an empty document', () => {
    expect(alertDetailsOf({ _id: 'a', _index: 'i' })).toMatchObject({
      id: 'a',
      hostName: null,
      process: [],
      riskScore: null,
    });
  });
});

it('escapes invisible characters in the texts of an alert', () => {
  const alert = alertDetailsOf(
    hit({
      'kibana.alert.rule.name': 'Malware\nClosed',
      'kibana.alert.reason': 'invoice\u202efdp.exe on web-1',
      host: { name: 'srv-dc\u200b-01' },
      process: { command_line: 'cmd /c\r\nformat' },
    })
  );
  expect(alert).toMatchObject({
    ruleName: 'Malware\\nClosed',
    reason: 'invoice\\u202efdp.exe on web-1',
    hostName: 'srv-dc\\u200b-01',
    process: [{ field: 'process.command_line', value: 'cmd /c\\r\\nformat' }],
  });
});
