import {
  durationSortKeyOf,
  sortKeyOf,
  toThreeDigits,
  type ActionRecord,
} from '../../common/actions/record';

/** Many ended records, for measurements: one isolation a minute, by a few users, on hosts with at least a page of records each. */

const LATEST = Date.parse('2024-07-03T03:45:00Z');
const APART = 60_000;
const HOSTS = 40;
const USERS = ['analyst', 'lead', 'night-shift'];

/** The record number `n` counted from the latest: the same every time. */
export function recordNumber(n: number): ActionRecord {
  const actionId = `bench-${String(n).padStart(7, '0')}`;
  const at = LATEST - n * APART;
  const requestedAt = new Date(at).toISOString();
  // From one to some 200 seconds, and each hundredth longer than five minutes.
  const took = 1_000 + ((n * 7_919) % 200_000) + (n % 100 === 99 ? 600_000 : 0);
  const confirmedAt = new Date(at + took).toISOString();
  const host = n % HOSTS;
  return {
    actionId,
    group: 0,
    groups: 1,
    sortKey: sortKeyOf(requestedAt, actionId, 0),
    action: n % 3 === 2 ? 'release' : 'isolate',
    state: 'ended',
    connectorId: 'bench',
    tenant: 'https://example.sentinelone.net',
    actor: { username: USERS[n % USERS.length]!, authentication: 'realm' },
    comment: `ticket ${n}`,
    alertIds: [`alert-${n}`],
    caseIds: [],
    requestedAt,
    updatedAt: confirmedAt,
    endedAt: confirmedAt,
    tookMs: toThreeDigits(took),
    durationSortKey: durationSortKeyOf(took, actionId, 0),
    hosts: [
      {
        uuid: `bench-uuid-${host}`,
        agentId: String(10_000 + host),
        name: `bench-host-${host}`,
        outcome: 'done',
        confirmedAt,
        endedAt: confirmedAt,
      },
    ],
  };
}
