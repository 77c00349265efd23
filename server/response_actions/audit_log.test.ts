import * as fc from 'fast-check';
import { LIMITS } from '../../common/lib/constants';
import { PROTECTED_FIELDS } from '../../common/hosts/protection_settings';
import { REASONS } from '../../common/actions/reasons';
import { ACTIONS } from '../../common/actions/action_name';
import {
  RECORDED_OUTCOMES,
  type ActionRecord,
  type RecordedHost,
} from '../../common/actions/record';
import { auditLogOf } from './audit_log';

interface Event {
  readonly message: string;
  readonly event: { readonly action: string; readonly outcome: string };
  readonly [field: string]: unknown;
}

/** What the audit log writes to both of Kibana's logs. */
function environment() {
  const logged: Event[] = [];
  const audited: Event[] = [];
  const warnings: string[] = [];
  const auditLog = auditLogOf(
    {
      eventLogger: { logEvent: (event) => void logged.push(event as unknown as Event) },
      audit: { enabled: true, log: (event) => void audited.push(event as unknown as Event) },
      log: { warn: (message) => void warnings.push(message), error: () => {} },
    },
    'default'
  );
  return { auditLog, logged, audited, warnings };
}

const AT = '2024-07-03T03:45:00.000Z';
const hostOf = (changes: Partial<RecordedHost> = {}): RecordedHost => ({
  uuid: null,
  agentId: '1',
  name: 'web-1',
  outcome: 'refused',
  reason: 'no_privilege',
  detail: 'reader may not',
  endedAt: AT,
  ...changes,
});
const recordOf = (changes: Partial<ActionRecord> = {}): ActionRecord => ({
  actionId: 'a1',
  group: 0,
  groups: 1,
  sortKey: 0,
  action: 'isolate',
  state: 'ended',
  connectorId: 'c1',
  tenant: 'https://example.sentinelone.net',
  actor: { username: 'reader', authentication: 'realm' },
  comment: 'because',
  alertIds: [],
  caseIds: [],
  requestedAt: AT,
  updatedAt: AT,
  hosts: [hostOf()],
  ...changes,
});

it('writes one event for a request that was refused as a whole, regardless of the number of hosts', () => {
  const { auditLog, logged, audited } = environment();
  const hosts = Array.from({ length: 10 }, (_, n) => hostOf({ name: `web-${n}` }));
  const refusedRequest = { hostCount: 1_000, alertCount: 900, caseCount: 2, furtherRequests: 0 };
  auditLog.refused(recordOf({ hosts, refusedRequest }));
  const message = `"reader" requested to isolate "web-0", "web-1", "web-2", "web-3", "web-4" and 995 more: "because". Refused: `;
  for (const events of [logged, audited]) {
    expect(events).toHaveLength(1);
    expect(events[0]!.message.startsWith(message)).toBe(true);
    expect(events[0]!.message).toMatch(/ \("reader may not"\)$/);
    expect(events[0]).toMatchObject({
      event: { outcome: 'failure' },
      user: { name: 'reader' },
      error: { code: 'no_privilege', message: 'reader may not' },
    });
  }
  expect(audited[0]).toMatchObject({
    event: { action: 'sentinelone_response_isolate_attempt' },
    sentinelone_response: { host_count: 1_000, alert_count: 900, case_count: 2 },
  });
  // It is about all of them, not about the first.
  expect(audited[0]).not.toHaveProperty('host');
});

it('contains the number of further refused requests', () => {
  const { auditLog, logged, audited } = environment();
  const refusedRequest = { hostCount: 1, alertCount: 0, caseCount: 0, furtherRequests: 2_990 };
  const updatedAt = '2024-07-03T03:45:59.000Z';
  auditLog.furtherRefused(recordOf({ refusedRequest, updatedAt }));
  for (const [event] of [logged, audited]) {
    expect(event!.message).toContain(
      `"reader" made 2990 more requests to isolate hosts between ${AT} and ${updatedAt}, which were refused and have no record of their own`
    );
  }
  expect(audited[0]).toMatchObject({ sentinelone_response: { further_requests: 2_990 } });
});

it('contains who changed or cancelled an automatic release, and why', () => {
  const { auditLog, logged, audited } = environment();
  const from = '2024-07-03T05:00:00.000Z';
  const change = { at: AT, username: 'bob', from, to: null, comment: 'kept' };
  auditLog.releaseTimeChanged(recordOf(), change, { username: 'bob', authentication: 'realm' });
  for (const [event] of [logged, audited]) {
    expect(event!.message).toMatch(
      /^"bob" cancelled the automatic release at 2024-07-03T05:00:00.000Z of action .+: "kept"$/
    );
    expect(event).toMatchObject({ event: { outcome: 'success' }, user: { name: 'bob' } });
  }
  expect(logged[0]).toMatchObject({ event: { action: 'isolate-release-time', start: AT } });
  expect(audited[0]).toMatchObject({
    event: { action: 'sentinelone_response_isolate_release_time' },
  });
});

it('contains who tried to decide their own request for approval', () => {
  const { auditLog, logged, audited } = environment();
  const by = { username: 'ANALYST', authentication: 'realm' };
  const at = '2024-07-03T05:00:00.000Z';
  const approval = { requestedAt: AT, expiresAt: at, hosts: [] };
  auditLog.decisionRefused(recordOf({ approval }), 'approve', 'own_request', { by, at });
  for (const [event] of [logged, audited]) {
    expect(event!.message).toMatch(
      /^"ANALYST" tried to approve action \S+, for which "\w+" requested approval at 2024-07-03T03:\S+\. Refused: /
    );
    expect(event).toMatchObject({
      ...{ event: { outcome: 'failure' }, user: { name: 'ANALYST' } },
      error: { code: 'own_request' },
    });
  }
  expect(logged[0]).toMatchObject({ event: { action: 'isolate-approval', start: at } });
  expect(audited[0]).toMatchObject({
    event: { action: 'sentinelone_response_isolate_approval' },
  });
});

const value = fc.oneof(
  fc.fullUnicodeString({ maxLength: 30 }),
  fc.constantFrom(
    'x": "ok". Overrode the protection of "dc-1',
    '"',
    '\\',
    '\\"',
    'a\n{"message":"forged"}',
    'web\u202e10-',
    ' ended as done'
  )
);
const host: fc.Arbitrary<RecordedHost> = fc.record({
  uuid: fc.constant(null),
  agentId: fc.constantFrom('1', '2'),
  name: value,
  outcome: fc.constantFrom(...RECORDED_OUTCOMES),
  reason: fc.constantFrom(...REASONS),
  detail: value,
});
const record: fc.Arbitrary<ActionRecord> = fc
  .record({
    action: fc.constantFrom(...ACTIONS),
    username: value,
    apiKey: fc.option(value, { nil: undefined }),
    comment: value,
    // The hosts of one action are different agents.
    hosts: fc
      .array(host, { minLength: 1, maxLength: 20 })
      .map((hosts) => hosts.map((one, at) => ({ ...one, agentId: String(at + 1) }))),
    overridden: fc.option(
      fc.record({ field: fc.constantFrom(...PROTECTED_FIELDS), pattern: value }),
      {
        nil: undefined,
      }
    ),
    overrideComment: value,
  })
  .map(({ action, username, apiKey, comment, hosts, overridden, overrideComment }) =>
    recordOf({
      action,
      comment,
      hosts,
      actor: { username, authentication: 'realm', ...(apiKey === undefined ? {} : { apiKey }) },
      refusedRequest: {
        hostCount: hosts.length + 5,
        alertCount: 0,
        caseCount: 0,
        furtherRequests: 3,
      },
      ...(overridden === undefined
        ? {}
        : { override: { comment: overrideComment, hosts: [{ agentId: '1', ...overridden }] } }),
    })
  );

it('distinguishes hosts with the same name by their agent ids', () => {
  const clone = { uuid: 'u', name: 'dev-mbp', outcome: 'pending' } as const;
  const hosts = [
    { ...clone, agentId: '1' },
    { ...clone, agentId: '2', name: 'web-1' },
    { ...clone, agentId: '3' },
  ];
  expect(messagesOf(recordOf({ hosts }))[0]).toContain(
    '"dev-mbp (agent id 1)", "web-1", "dev-mbp (agent id 3)"'
  );
});

const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const skeletonOf = (message: string): string => message.replace(QUOTED, '""');
/** The same record with nothing from outside in it. */
const harmless = (one: ActionRecord): ActionRecord => ({
  ...one,
  comment: 'x',
  actor: { ...one.actor, username: 'x', ...('apiKey' in one.actor ? { apiKey: 'x' } : {}) },
  hosts: one.hosts.map((entry) => ({ ...entry, name: 'x', detail: 'x' })),
  ...(one.override === undefined
    ? {}
    : {
        override: {
          comment: 'x',
          hosts: one.override.hosts.map((entry) => ({ ...entry, pattern: 'x' })),
        },
      }),
});
function messagesOf(one: ActionRecord): readonly string[] {
  const { auditLog, logged, audited, warnings } = environment();
  auditLog.attempted(one);
  auditLog.ended(one, one.hosts);
  auditLog.refused(one);
  auditLog.furtherRefused(one);
  expect(warnings).toEqual([]);
  expect(audited.map(({ message }) => message)).toEqual(logged.map(({ message }) => message));
  return logged.map(({ message }) => message);
}

it('writes sentences that values from outside cannot change, with complete values', () =>
  fc.assert(
    fc.property(record, (one) => {
      const messages = messagesOf(one);
      expect(messages.map(skeletonOf)).toEqual(messagesOf(harmless(one)).map(skeletonOf));
      const values = messages.map((message) =>
        (message.match(QUOTED) ?? []).map((text) => JSON.parse(text) as string)
      );
      expect(values[0]).toEqual(expect.arrayContaining([one.comment, one.actor.username]));
      expect(values[1]).toEqual([one.hosts[0]!.name, one.hosts[0]!.detail]);
      for (const message of messages) {
        expect(message).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      }
    })
  ));

it('writes events whose size does not depend on the refused request', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: LIMITS.hostsPerAction }), (hostCount) => {
      const { auditLog, logged, audited } = environment();
      const hosts = Array.from({ length: 10 }, () =>
        hostOf({ name: '\u202e'.repeat(256), detail: '\u202e'.repeat(500) })
      );
      const refusedRequest = { hostCount, alertCount: 1_000, caseCount: 100, furtherRequests: 9 };
      const comment = '\u202e'.repeat(LIMITS.commentOfRefusedRequest);
      const one = recordOf({ hosts, refusedRequest, comment });
      auditLog.refused(one);
      auditLog.furtherRefused(one);
      expect([logged.length, audited.length]).toEqual([2, 2]);
      expect(Buffer.byteLength(JSON.stringify([logged, audited]))).toBeLessThan(100_000);
    }),
    { numRuns: 20 }
  ));
