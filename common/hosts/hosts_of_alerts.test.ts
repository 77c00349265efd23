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
  it('merges alerts of one host, even if an older document lacks the agent id', () => {
    const alerts = [
      alert('1', 'a', '10', 'web'),
      alert('2', 'a', null, 'web'),
      alert('3', 'a', '10', 'web'),
    ];
    expect(hostsOfAlerts(['1', '2', '3'], alerts).hosts).toEqual([
      { agentUuid: 'a', agentId: '10', hostName: 'web', alertIds: ['1', '2', '3'] },
    ]);
  });

  it('keeps clones separate, and does not guess which one an older document means', () => {
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

  it('merges alerts with different spellings of one host name, and keeps names with different suffixes separate', () => {
    const names = ['WEB', 'web ', 'web.corp.example', 'Web.Corp.Example', 'web.lab.example'];
    const alerts = names.map((name, n) => alert(String(n), 'a', n === 1 ? null : '10', name));
    const { hosts } = hostsOfAlerts(['0', '1', '2', '3', '4'], alerts);
    expect(hosts.map(({ hostName, agentId, alertIds }) => [hostName, agentId, alertIds])).toEqual([
      ['WEB', '10', ['0', '1']],
      ['web.corp.example', '10', ['2', '3']],
      ['web.lab.example', '10', ['4']],
    ]);
  });

  it('returns the alerts that name no agent and those that were not found', () => {
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

  it('lists each host of an alert with several hosts, and assigns no name to an agent', () => {
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

  it('returns the alerts with an unusable value in an agent field', () => {
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

  it('lists hosts up to the limit of one action, those of alerts with one host first', () => {
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
