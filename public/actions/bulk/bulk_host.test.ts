import fc from 'fast-check';
import type { Agent, HostStatus } from '../../../common/hosts/agent';
import { reasonText } from '../../../common/actions/describe_reason';
import { agentWith } from '../../../test/helpers/sample_hosts';
import {
  agentOf,
  bulkHostsOf,
  bulkHostsOfAgents,
  blockedReasonOf,
  canActWithoutStatus,
  onlyIdentifier,
  resultFor,
  type BulkHost,
} from './bulk_host';
import { outcomeText } from '../texts';

const named = { agentUuid: 'u1', agentId: '1', hostName: 'web-1', alertIds: ['a', 'b'] };
const host = (changes: Partial<typeof named> | { hostName: null } = {}): BulkHost =>
  bulkHostsOf({ hosts: [{ ...named, ...changes }] })[0]!;
const web1 = (changes: Partial<Agent> = {}): Agent =>
  agentWith({ computerName: 'web-1', id: '1', uuid: 'u1', ...changes });
const known = (changes: Partial<Agent> = {}): HostStatus => ({
  state: 'known',
  agent: web1(changes),
});

describe('the hosts of alerts', () => {
  it('allow an action before their status is known, if they have one name and it is urgent', () => {
    expect(canActWithoutStatus('isolate', host())).toBe(true);
    expect(canActWithoutStatus('release', host())).toBe(true);
    expect(canActWithoutStatus('isolate', host({ hostName: null }))).toBe(false);
    expect(canActWithoutStatus('scan', host())).toBe(false);
    expect(canActWithoutStatus('abortScan', host())).toBe(false);
  });

  it('are identified by all values of their alerts', () => {
    expect(host().reference).toEqual({ uuid: 'u1', agentId: '1', name: 'web-1' });
    expect(host().alertIds).toEqual(['a', 'b']);
  });

  it('leave out missing values, and are looked up without their name', () => {
    const { hosts } = { hosts: [{ ...named, agentId: null, hostName: null }] };
    const [only] = bulkHostsOf({ hosts });
    expect(only!.reference).toEqual({ uuid: 'u1' });
    expect(agentOf(only!)).toEqual({ uuid: 'u1' });
    expect(agentOf(host())).toEqual({ uuid: 'u1', agentId: '1' });
  });

  it('have different keys', () => {
    const hosts = [named, { ...named, agentId: null }, { ...named, hostName: 'web-10' }];
    expect(new Set(bulkHostsOf({ hosts }).map(({ key }) => key)).size).toBe(3);
  });
});

describe('hosts that the user selected themselves', () => {
  const anyAgent = fc.record({
    id: fc.integer({ min: 1 }).map(String),
    uuid: fc.option(fc.uuid()),
    computerName: fc.option(fc.string({ minLength: 1, maxLength: 20 })),
  });

  it('are exactly the selected ones, each identified by all that SentinelOne reports, and without alerts', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyAgent, { selector: ({ id }) => id }), (agents) => {
        const hosts = bulkHostsOfAgents(agents);
        expect(hosts.map(agentOf)).toEqual(
          agents.map(({ id, uuid }) => ({ agentId: id, ...(uuid === null ? {} : { uuid }) }))
        );
        hosts.forEach((one, n) => {
          expect(one.reference.name ?? null).toBe(agents[n]!.computerName);
          expect(one.alertIds).toEqual([]);
          expect(onlyIdentifier(one)).toBeUndefined();
        });
        expect(new Set(hosts.map(({ key }) => key)).size).toBe(agents.length);
      })
    );
  });

  it('are not acted on when they have changed since, and no alert is mentioned', () => {
    const [selected] = bulkHostsOfAgents([web1()]);
    expect(blockedReasonOf(selected!, 'isolate', known())).toBeUndefined();
    for (const status of [
      known({ computerName: 'WEB-2' }),
      { state: 'mismatch', agents: [] } as const,
      { state: 'partial_match', foundBy: 'agentId', agent: web1() } as const,
    ]) {
      expect(blockedReasonOf(selected!, 'isolate', status)).toBe(
        'The host has changed in SentinelOne since you selected it. Close this and select it again.'
      );
    }
  });
});

describe('why an action is not available', () => {
  it.each([
    ['isolate', 'connected', undefined],
    ['isolate', 'connecting', undefined],
    ['isolate', 'disconnecting', /^Already isolated, or being isolated/],
    ['isolate', 'disconnected', /^Already isolated, or being isolated/],
    ['isolate', null, undefined],
    ['release', 'disconnected', undefined],
    ['release', 'disconnecting', undefined],
    ['release', 'connected', /^Not isolated, or already being released/],
    ['release', 'connecting', /already being released/],
    ['release', null, undefined],
  ] as const)('%s of a host that is %s', (action, networkStatus, blockedReason) => {
    const found = blockedReasonOf(host(), action, known({ networkStatus }));
    if (blockedReason === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(blockedReason);
  });

  it.each<[string, HostStatus | undefined, RegExp]>([
    ['loading', undefined, /^Checking the status of this host/],
    ['unknown', { state: 'unknown' }, /No agent/],
    [
      'ambiguous',
      { state: 'ambiguous', agents: [] },
      /share the UUID of web-1.* Open one of its alerts to choose the agent\.$/,
    ],
    [
      'another',
      { state: 'mismatch', agents: [] },
      /belong to different agents\. Open one of its alerts to choose the agent\.$/,
    ],
    ['decommissioned', known({ isDecommissioned: true }), /decommissioned/],
    ['uninstalled', known({ isUninstalled: true }), /uninstalled/],
    [
      'named differently',
      known({ computerName: 'WEB-2' }),
      /named web-1 in the alert and WEB-2 in SentinelOne\. Open one of its alerts/,
    ],
    [
      'without a name',
      known({ computerName: null }),
      /has no name in SentinelOne\. .*no command is sent/,
    ],
    [
      'found only by its id',
      { state: 'partial_match', foundBy: 'agentId', agent: web1() },
      /No agent has the UUID.*id in the alert belongs to web-1\. Open one of its alerts/,
    ],
    [
      'found only by its UUID',
      { state: 'partial_match', foundBy: 'uuid', agent: web1() },
      /No agent has the agent id.*UUID in the alert belongs to web-1\. Open one of its alerts/,
    ],
    [
      'found only by its id, and decommissioned',
      { state: 'partial_match', foundBy: 'agentId', agent: web1({ isDecommissioned: true }) },
      /decommissioned/,
    ],
  ])('for a host that is %s', (_, status, blockedReason) => {
    expect(blockedReasonOf(host(), 'isolate', status)).toMatch(blockedReason);
  });

  it('is the problem when the status cannot be read', () => {
    const problem = { what: 'SentinelOne is away.', todo: 'Wait.' };
    expect(blockedReasonOf(host(), 'isolate', problem)).toBe('SentinelOne is away. Wait.');
  });

  it.each(['WEB-1', 'web-1.corp.example', ' web-1', 'web-1'])(
    'is undefined for a host that is named %j in SentinelOne',
    (computerName) => {
      expect(blockedReasonOf(host(), 'isolate', known({ computerName }))).toBeUndefined();
    }
  );

  it('is undefined for a host whose alerts do not contain its name', () => {
    expect(blockedReasonOf(host({ hostName: null }), 'isolate', known())).toBeUndefined();
  });
});

describe('the outcome of a host', () => {
  const result = { uuid: 'u1', agentId: '1', name: 'web-1', outcome: 'requested' as const };
  const other = { ...result, uuid: 'u2', agentId: '2' };
  const answer = (...hosts: Array<typeof result>) => ({ actionId: 'x', hosts: [other, ...hosts] });

  it('is found by the agent, when the answer contains more ids than the alert', () => {
    const onlyUuid = bulkHostsOf({ hosts: [{ ...named, agentId: null }] })[0]!;
    expect(resultFor(host(), known(), answer(result))).toBe(result);
    expect(resultFor(onlyUuid, known(), answer(result))).toBe(result);
    expect(resultFor(onlyUuid, undefined, answer(result))).toBe(result);
  });

  it('is found by the agent id for clones, which share their UUID', () => {
    const clone = { ...result, agentId: '3' };
    expect(resultFor(host(), known(), answer(clone, result))).toBe(result);
  });

  it('is undefined when the answer does not contain the host', () => {
    expect(resultFor(host(), known(), answer())).toBeUndefined();
  });

  it.each([
    ['done', undefined, /^Isolated/],
    ['requested', undefined, /^Request accepted: isolating web-1\.$/],
    ['requested', 'offline', /offline/],
    ['unchanged', undefined, /^web-1 was already isolated, or its isolation was requested\.$/],
    ['refused', 'in_flight', /Another action on web-1/],
    ['failed', 'throttled', /throttled/],
  ] as const)('%s %s has a text', (outcome, reason, text) => {
    expect(outcomeText('isolate', { ...result, outcome, reason }, String)).toMatch(text);
  });

  it.each([
    ['isolate', 'isolated', 'web-1 was already isolated, by responder at 02:27.'],
    [
      'isolate',
      'isolating',
      'The isolation of web-1 was already requested, by responder at 02:27.',
    ],
    ['release', 'connected', 'web-1 was already released, by responder at 02:27.'],
    ['release', 'offline', 'web-1 was already released, by responder at 02:27.'],
    [
      'release',
      'release_pending',
      'The release of web-1 was already requested, by responder at 02:27.',
    ],
  ] as const)('names the user who requested to %s a host that is %s', (action, status, text) => {
    const requestedBefore = { username: 'responder', requestedAt: '2024-03-01T02:27:00.000Z' };
    const unchanged = { ...result, outcome: 'unchanged' as const, requestedBefore };
    expect(outcomeText(action, unchanged, (iso) => iso.slice(11, 16), status)).toBe(text);
  });

  it("contains advice and SentinelOne's message for a failure", () => {
    const failed = {
      ...result,
      outcome: 'failed' as const,
      reason: 'forbidden' as const,
      detail: 'No.',
    };
    const { todo } = reasonText('forbidden', 'release');
    expect(outcomeText('release', failed, String)).toContain('No.');
    expect(outcomeText('release', failed, String)).toContain(todo);
  });
});
