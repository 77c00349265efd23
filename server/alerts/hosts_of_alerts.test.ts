import type { AlertSummary } from '../../common/alert';
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
});
