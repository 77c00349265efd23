import fc from 'fast-check';
import {
  FAILURES,
  isAnyReason,
  isRefusal,
  READ_FAILURES,
  REASON_CATALOG,
  REASONS,
  REFUSALS,
  type AnyReason,
  type ReasonDefinition,
} from './reasons';

const where = (holds: (row: ReasonDefinition) => boolean): AnyReason[] =>
  (Object.keys(REASON_CATALOG) as AnyReason[]).filter((reason) => holds(REASON_CATALOG[reason]));

it('puts every reason into exactly one list', () => {
  expect([...REASONS, ...READ_FAILURES]).toEqual(Object.keys(REASON_CATALOG));
  expect(REASONS).toEqual([...REFUSALS, ...FAILURES, 'offline', 'waiting']);
  for (const reason of REASONS) expect(isRefusal(reason)).toBe(REFUSALS.some((r) => r === reason));
});

it('states which failures come after SentinelOne accepted the command', () => {
  expect(where(({ kind, sent }) => sent === 'yes' && kind !== 'delay')).toEqual([
    'not_found',
    'decommissioned',
    'uninstalled',
    'unable_to_disconnect',
    'scan_aborted',
    'undone',
    'superseded',
  ]);
  expect(where(({ sent }) => sent === 'unknown')).toEqual(['unreachable', 'unexpected_answer']);
});

it('never lets a rule repeat a command that SentinelOne accepted', () => {
  const repeated = where(({ kind, retryHelps }) => kind !== 'read_failure' && retryHelps !== 'no');
  expect(repeated).toEqual([
    'unauthorized',
    'forbidden',
    'throttled',
    'unreachable',
    'interrupted',
  ]);
  for (const reason of repeated) expect(REASON_CATALOG[reason].sent).not.toBe('yes');
});

it('has one HTTP status per reason for a request that fails as a whole', () => {
  const statuses = where(({ httpStatus }) => httpStatus !== null).map((reason) => [
    reason,
    REASON_CATALOG[reason].httpStatus,
  ]);
  expect(Object.fromEntries(statuses)).toEqual({
    space_not_found: 404,
    no_connector: 409,
    several_connectors: 409,
    no_privilege: 403,
    in_flight: 409,
    approval_expired: 409,
    connector_changed: 409,
    already_decided: 409,
    release_not_pending: 409,
    release_changed: 409,
    own_request: 403,
    automation_off: 409,
    unauthorized: 502,
    forbidden: 502,
    throttled: 503,
    unreachable: 502,
    unexpected_answer: 502,
    timed_out: 504,
    too_many_reads: 429,
  });
});

it('accepts only the codes of the catalogue', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constant('constructor'), fc.anything()), (value) => {
      expect(isAnyReason(value)).toBe(
        typeof value === 'string' && Object.keys(REASON_CATALOG).includes(value)
      );
    })
  );
});
