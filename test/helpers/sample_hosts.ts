import type { Agent } from '../../common/hosts/agent';
import type { AlertDetails } from '../../common/hosts/alert';
import type { ApprovalRequest } from '../../common/api/approvals';

/** Agents and alerts for tests; a test states only the fields that it is about. */

export const UUID = '3f2b9a60-0000-4000-8000-000000000001';
export const AGENT_ID = '1834780238610855645';

export const agentWith = (changes: Partial<Agent> = {}): Agent => ({
  id: AGENT_ID,
  uuid: UUID,
  computerName: 'web-7',
  networkStatus: 'connected',
  isActive: true,
  isDecommissioned: false,
  isUninstalled: false,
  agentVersion: '23.3.2.12',
  osName: 'Ubuntu',
  osType: 'linux',
  siteName: 'Frankfurt',
  groupName: 'Web servers',
  machineType: 'server',
  domain: 'CORP',
  lastLoggedInUserName: 'root',
  ipAddresses: ['10.0.0.7', 'fd00::7'],
  externalIp: '203.0.113.7',
  activeThreats: 2,
  lastActiveDate: '2024-03-01T10:00:00.000Z',
  scanStatus: 'none',
  scanStartedAt: null,
  scanFinishedAt: null,
  scanAbortedAt: null,
  ...changes,
});

/** An agent for which SentinelOne reports only its identity and its state. */
export const sparseAgent = (changes: Partial<Agent> = {}): Agent =>
  agentWith({
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
    scanStatus: null,
    ...changes,
  });

export const alertWith = (changes: Partial<AlertDetails> = {}): AlertDetails => ({
  id: 'alert-1',
  index: '.internal.alerts-security.alerts-default-000001',
  timestamp: '2024-03-01T09:59:00.000Z',
  severity: 'high',
  ruleName: 'SentinelOne alerts',
  sentinelOneName: null,
  sentinelOne: [],
  reason: 'process event by root on web-7',
  workflowStatus: 'open',
  hostName: 'web-7',
  agentUuid: UUID,
  agentId: AGENT_ID,
  riskScore: 73,
  ruleId: 'rule-1',
  process: [{ field: 'process.name', value: 'xmrig' }],
  file: [{ field: 'file.path', value: '/tmp/xmrig' }],
  source: { host: { name: 'web-7' }, observer: { serial_number: UUID } },
  ...changes,
});

/** The nth of many hosts. */
export const nthAgent = (n: number, changes: Partial<Agent> = {}): Agent =>
  agentWith({ id: String(1_000 + n), uuid: `uuid-${n}`, computerName: `host-${n}`, ...changes });

/** The alert of `agent`. */
export const alertOf = (agent: Agent, changes: Partial<AlertDetails> = {}): AlertDetails =>
  alertWith({
    id: `alert-of-${agent.id}`,
    hostName: agent.computerName,
    agentUuid: agent.uuid,
    agentId: agent.id,
    ...changes,
  });

const minutesFromNow = (minutes: number): string =>
  new Date(Date.now() + minutes * 60_000).toISOString();

/** A request for approval of the isolation of the host `dc-1`, made by alice twenty minutes ago. */
export function requestOf(
  changes: Partial<ApprovalRequest> = {},
  { agentId = '1', name = 'dc-1' }: { readonly agentId?: string; readonly name?: string } = {}
): ApprovalRequest {
  const requestedAt = minutesFromNow(-20);
  return {
    ...{ actionId: 'a1', group: 0, groups: 1, sortKey: 1, action: 'isolate' },
    ...{ state: 'awaiting_approval', connectorId: 'c', tenant: 'https://t.example' },
    actor: { username: 'alice', authentication: 'realm' },
    ...{ comment: 'It encrypts the file server', alertIds: [], caseIds: [] },
    ...{ requestedAt, updatedAt: requestedAt },
    hosts: [{ uuid: `u${agentId}`, agentId, name, outcome: 'awaiting_approval' }],
    approval: {
      ...{ requestedAt, expiresAt: minutesFromNow(40) },
      hosts: [{ agentId, field: 'name', pattern: 'dc-*', isolation: 'with_approval' }],
    },
    ...{ isOwn: false, isExpired: false },
    ...changes,
  };
}
