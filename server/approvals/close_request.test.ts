import type { Actor } from '../../common/actions/actor';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import { MINUTE } from '../../common/lib/constants';
import type { StoredRecord } from '../response_actions/ports';
import { declineRequest, expireRequests, withdrawRequest } from './close_request';

/** How a request for approval ends without its action: declined, withdrawn or expired. */

const NOW = Date.parse('2026-07-01T12:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const user = (username: string): Actor => ({ username, authentication: 'realm' });
const ALICE = user('alice');
const BOB = user('bob');

const waiting = (agentId: string): RecordedHost => ({
  ...{ uuid: `u${agentId}`, agentId, name: `dc-${agentId}`, outcome: 'awaiting_approval' },
});
const REFUSED: RecordedHost = { ...waiting('9'), outcome: 'refused', reason: 'not_found' };

function requestWith(changes: Partial<ActionRecord> = {}): ActionRecord {
  const requestedAt = iso(NOW - 20 * MINUTE);
  return {
    ...{ actionId: 'a1', group: 0, groups: 1, sortKey: 1, action: 'isolate', actor: ALICE },
    ...{ state: 'awaiting_approval', connectorId: 'c', tenant: 'https://t.example' },
    ...{ comment: 'why', alertIds: [], caseIds: [], requestedAt, updatedAt: requestedAt },
    hosts: [waiting('1'), REFUSED],
    approval: { requestedAt, expiresAt: iso(NOW + 10 * MINUTE), hosts: [] },
    ...changes,
  } as ActionRecord;
}

function environment(record: ActionRecord | undefined = requestWith(), isConflict = false) {
  const written: Array<{ readonly version: string | undefined; readonly record: ActionRecord }> =
    [];
  const ended: Array<readonly [ActionRecord, readonly RecordedHost[]]> = [];
  const refused: unknown[] = [];
  const approvals = {
    find: async (): Promise<StoredRecord | undefined> =>
      record === undefined ? undefined : { record, version: 'v1' },
    openOn: async () => new Map(),
    decide: async ({ version }: StoredRecord, after: ActionRecord) => {
      if (isConflict) return 'conflict' as const;
      written.push({ version, record: after });
      return { version: 'v2' };
    },
  };
  const auditLog = {
    ended: (after: ActionRecord, hosts: readonly RecordedHost[]) => void ended.push([after, hosts]),
    decisionRefused: (...all: unknown[]) => void refused.push(all),
  } as unknown as Parameters<typeof declineRequest>[1]['auditLog'];
  return { ports: { approvals, auditLog, clock: () => NOW }, written, ended, refused };
}
const decline = (ports: Parameters<typeof declineRequest>[1], by = BOB) =>
  declineRequest({ actionId: 'a1', comment: 'Not needed', by }, ports);
const withdraw = (ports: Parameters<typeof withdrawRequest>[1], by = ALICE) =>
  withdrawRequest({ actionId: 'a1', by }, ports);

/** The hosts after the end of the request; the one that was refused before stays as it was. */
const closedHosts = (reason: string, detail?: string) => [
  {
    ...waiting('1'),
    ...{ outcome: 'refused', reason, ...(detail === undefined ? {} : { detail }) },
    endedAt: iso(NOW),
  },
  REFUSED,
];

it('declines for another user, who is named with their comment', async () => {
  const { ports, written, ended, refused } = environment();
  await decline(ports);
  const decision = { kind: 'declined', at: iso(NOW), by: BOB, comment: 'Not needed' };
  expect(written).toEqual([
    {
      version: 'v1',
      record: expect.objectContaining({
        state: 'ended',
        approval: { ...requestWith().approval, decision },
        hosts: closedHosts('declined', 'bob: Not needed'),
      }) as unknown,
    },
  ]);
  expect(ended).toEqual([[written[0]!.record, [written[0]!.record.hosts[0]]]]);
  expect(refused).toEqual([]);
});

it('withdraws for the user who made it', async () => {
  const { ports, written, ended } = environment();
  await withdraw(ports, user('ALICE'));
  const { record } = written[0]!;
  expect(record.approval?.decision).toEqual({
    ...{ kind: 'withdrawn', at: iso(NOW), by: user('ALICE') },
  });
  expect(record.hosts).toStrictEqual(closedHosts('withdrawn'));
  expect(ended).toHaveLength(1);
});

it('does not decline for the user who made it, and says so in the audit log', async () => {
  const { ports, written, refused } = environment();
  await expect(decline(ports, user('Alice'))).rejects.toMatchObject({ reason: 'own_request' });
  expect(written).toEqual([]);
  expect(refused).toEqual([
    [expect.anything(), 'decline', 'own_request', { by: user('Alice'), at: iso(NOW) }],
  ]);
});

it('does not withdraw for another user', async () => {
  const { ports, written } = environment();
  await expect(withdraw(ports, BOB)).rejects.toMatchObject({
    ...{ reason: 'no_privilege', detail: 'alice made the request' },
  });
  expect(written).toEqual([]);
});

const decided = { kind: 'declined', at: iso(NOW), by: BOB, comment: 'no' } as const;
const { approval } = requestWith();
it.each<[string, ActionRecord | null, string]>([
  ['does not exist', null, 'already_decided'],
  ['needs no approval', requestWith({ approval: undefined }), 'already_decided'],
  ['is decided', requestWith({ approval: { ...approval!, decision: decided } }), 'already_decided'],
  ['has begun', requestWith({ state: 'sending' }), 'already_decided'],
  [
    'has expired',
    requestWith({ approval: { ...approval!, expiresAt: iso(NOW) } }),
    'approval_expired',
  ],
])('closes no request that %s', async (_, record, reason) => {
  for (const close of [decline, withdraw]) {
    const { ports, written, ended } = environment(record ?? requestWith());
    const find = async () => (record === null ? undefined : { record, version: 'v1' });
    const withFind = { ...ports, approvals: { ...ports.approvals, find } };
    await expect(close(withFind)).rejects.toMatchObject({ reason });
    expect([written, ended]).toEqual([[], []]);
  }
});

it('says that another user was first, and writes no event', async () => {
  for (const close of [decline, withdraw]) {
    const { ports, ended } = environment(requestWith(), true);
    await expect(close(ports)).rejects.toMatchObject({ reason: 'already_decided' });
    expect(ended).toEqual([]);
  }
});

describe('expired requests', () => {
  const until = (actionId: string, minutes: number) =>
    requestWith({ actionId, approval: { ...approval!, expiresAt: iso(NOW + minutes * MINUTE) } });

  function expire(records: readonly ActionRecord[], broken?: string) {
    const written: Array<readonly [string | undefined, ActionRecord]> = [];
    const ended: string[] = [];
    const warnings: string[] = [];
    const result = expireRequests({
      requests: {
        async *awaiting() {
          for (const record of records) yield { record, version: 'v1', namespace: 'ops' };
        },
      },
      approvalsOf: (namespace) => ({
        ...environment().ports.approvals,
        decide: async (_, record) => {
          if (record.actionId === broken) throw new Error('no space left');
          written.push([namespace, record]);
          return { version: 'v2' };
        },
      }),
      auditLogOf: () => ({ ended: ({ actionId }) => void ended.push(actionId) }),
      clock: () => NOW,
      log: { warn: (message) => void warnings.push(message), error: () => {} },
    });
    return { result, written, ended, warnings };
  }

  it('are closed in their space, and the time of the next one is returned', async () => {
    const records = [
      until('late', 0),
      until('next', 7),
      until('after', 9),
      requestWith({ actionId: 'other', approval: undefined }),
      until('later', -5),
      until('first', 5),
    ];
    const { result, written, ended, warnings } = expire(records);
    expect(await result).toBe(NOW + 5 * MINUTE);
    expect(written.map(([space, { actionId }]) => [space, actionId])).toEqual([
      ['ops', 'late'],
      ['ops', 'later'],
    ]);
    for (const [, record] of written) {
      expect(record.approval?.decision).toEqual({ kind: 'expired', at: iso(NOW) });
      expect(record.hosts).toStrictEqual(closedHosts('approval_expired'));
    }
    expect(ended).toEqual(['late', 'later']);
    expect(warnings).toEqual([]);
  });

  it('do not prevent each other', async () => {
    const { result, written, warnings } = expire([until('a', 0), until('b', 0)], 'a');
    expect(await result).toBeUndefined();
    expect(written.map(([, { actionId }]) => actionId)).toEqual(['b']);
    expect(warnings).toHaveLength(1);
  });
});
