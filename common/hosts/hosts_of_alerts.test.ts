import type { AlertSummary } from './alert';
import { hostsOfAlerts } from './hosts_of_alerts';

const alert = (
  id: string,
  agentUuid: string | null,
  agentId: string | null,
  hostName: string | null
): AlertSummary => ({
  id,
  index: 'i',
  timestamp: null,
  severity: null,
  ruleName: null,
  sentinelOneName: null,
  riskScore: null,
  reason: null,
  workflowStatus: null,
  hostName,
  agentUuid,
  agentId,
});

describe('hostsOfAlerts', () => {
  it('merges alerts of one host, also where an older document lacks the agent id', () => {
    const alerts = [
      alert('1', 'a', '10', 'web'),
      alert('2', 'a', null, 'web'),
      alert('3', 'a', '10', 'web'),
    ];
    expect(hostsOfAlerts(['1', '2', '3'], alerts).hosts).toEqual([
      { agentUuid: 'a', agentId: '10', hostName: 'web', alertIds: ['1', '2', '3'] },
    ]);
  });

  it('keeps clones apart, and does not guess which one an older document means', () => {
    const alerts = [
      alert('1', 'a', '10', 'web'),
      alert('2', 'a', '11', 'web'),
      alert('3', 'a', null, 'web'),
    ];
    expect(hostsOfAlerts(['1', '2', '3'], alerts).hosts.map(({ agentId }) => agentId)).toEqual([
      '10',
      '11',
      null,
    ]);
  });

  it('merges alerts that write the name of one host otherwise, and keeps names with different suffixes apart', () => {
    const names = ['WEB', 'web ', 'web.corp.example', 'Web.Corp.Example', 'web.lab.example'];
    const alerts = names.map((name, n) => alert(String(n), 'a', n === 1 ? null : '10', name));
    const { hosts } = hostsOfAlerts(['0', '1', '2', '3', '4'], alerts);
    expect(hosts.map(({ hostName, agentId, alertIds }) => [hostName, agentId, alertIds])).toEqual([
      ['WEB', '10', ['0', '1']],
      ['web.corp.example', '10', ['2', '3']],
      ['web.lab.example', '10', ['4']],
    ]);
  });

  it('tells which alerts name nobody and which were not found', () => {
    const answer = hostsOfAlerts(
      ['1', '2', '9', '9'],
      [alert('1', null, null, 'web'), alert('2', null, '10', null)]
    );
    expect(answer).toMatchObject({
      hosts: [{ agentUuid: null, agentId: '10' }],
      withoutAgent: ['1'],
      notFound: ['9'],
    });
  });

  it('lists each host of an alert that names several, and pairs no name with an agent', () => {
    const several: AlertSummary = {
      ...alert('1', null, null, null),
      hosts: [
        { agentUuid: 'a', agentId: null, hostNames: ['web', 'db'] },
        { agentUuid: 'b', agentId: null, hostNames: ['web', 'db'] },
      ],
      hostNames: ['web', 'db'],
    };
    const single = alert('2', 'a', '10', 'web');
    expect(hostsOfAlerts(['1', '2'], [several, single]).hosts).toEqual([
      { agentUuid: 'a', agentId: '10', hostName: 'web', alertIds: ['2'] },
      ...['a', 'b'].map((agentUuid) => ({
        agentUuid,
        agentId: null,
        hostName: null,
        hostNames: ['web', 'db'],
        alertIds: ['1'],
      })),
    ]);
  });

  it('tells which alerts have something else in the place of an agent', () => {
    const unusableIds = [{ field: 'host.id', value: '1.8e18', problem: 'number' } as const];
    const answer = hostsOfAlerts(
      ['1', '2'],
      [{ ...alert('1', null, null, 'web'), unusableIds }, alert('2', null, null, 'db')]
    );
    expect(answer).toMatchObject({
      hosts: [],
      withoutAgent: ['1', '2'],
      unusable: [{ alertId: '1', hostName: 'web', unusableIds }],
    });
  });

  it('lists as many hosts as one action takes, those of alerts about one host first', () => {
    const many = (n: number): AlertSummary => ({
      ...alert(`many-${n}`, null, null, null),
      hosts: Array.from({ length: 100 }, (_, at) => ({
        agentUuid: `m${n}-${at}`,
        agentId: null,
        hostNames: ['web'],
      })),
    });
    const alerts = [
      ...Array.from({ length: 11 }, (_, n) => many(n)),
      alert('one', 'a', '1', 'web'),
    ];
    const { hosts, leftOut } = hostsOfAlerts([], alerts);
    expect(hosts).toHaveLength(1_000);
    expect(hosts[0]).toMatchObject({ agentUuid: 'a', alertIds: ['one'] });
    expect(leftOut).toBe(101);
  });
});
