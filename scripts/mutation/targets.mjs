const CLIENT = 'server/sentinelone_client';
const RESPONSE = 'server/response_actions';
const RECONCILIATION = 'server/status_reconciliation';
const RELEASE = 'server/automatic_release';
const APPROVALS = 'server/approvals';

/** The files whose changes unit tests must notice, each with the tests that check it. */
export const TARGETS = {
  [`${CLIENT}/host_action.ts`]: [`${CLIENT}/host_action.test.ts`],
  [`${CLIENT}/failure.ts`]: [`${CLIENT}/failure.test.ts`, 'server/connector/answers.test.ts'],
  [`${CLIENT}/retry.ts`]: [`${CLIENT}/retry.test.ts`],
  [`${CLIENT}/deadline.ts`]: [`${CLIENT}/*deadline.test.ts`],
  [`${CLIENT}/request_gate.ts`]: [`${CLIENT}/request_gate.test.ts`],
  [`${CLIENT}/due_release.ts`]: [`${CLIENT}/due_release.test.ts`],
  [`${RESPONSE}/guards.ts`]: [`${RESPONSE}/guards.test.ts`],
  [`${RESPONSE}/plan_action.ts`]: [`${RESPONSE}/plan_action.test.ts`],
  [`${RESPONSE}/perform_action.ts`]: [`${RESPONSE}/perform_action*.test.ts`],
  [`${RESPONSE}/send_commands.ts`]: [`${RESPONSE}/send_commands.test.ts`],
  [`${RESPONSE}/apply_locks.ts`]: [`${RESPONSE}/apply_locks.test.ts`],
  [`${RESPONSE}/host_locks.ts`]: [`${RESPONSE}/host_locks*.test.ts`],
  [`${RESPONSE}/host_lock_document.ts`]: [`${RESPONSE}/host_lock*.test.ts`],
  [`${RECONCILIATION}/resolve_outcome.ts`]: [`${RECONCILIATION}/resolve_outcome.test.ts`],
  [`${RECONCILIATION}/superseding_action.ts`]: [`${RECONCILIATION}/superseding_action.test.ts`],
  [`${RELEASE}/release_due.ts`]: [`${RELEASE}/release_task.test.ts`],
  [`${RELEASE}/begin_release.ts`]: [`${RELEASE}/begin_release.test.ts`],
  [`${RELEASE}/timed_action.ts`]: [`${RELEASE}/timed_action.test.ts`],
  [`${RELEASE}/release_store.ts`]: [`${RELEASE}/release_store.test.ts`],
  [`${RELEASE}/release_hosts.ts`]: [`${RELEASE}/release_hosts.test.ts`],
  [`${RELEASE}/release_outcome.ts`]: [`${RELEASE}/release_outcome.test.ts`],
  [`${RELEASE}/release_schedule.ts`]: [`${RELEASE}/release_schedule.test.ts`],
  [`${APPROVALS}/approve_request.ts`]: [`${APPROVALS}/approve_request.test.ts`],
  [`${APPROVALS}/close_request.ts`]: [`${APPROVALS}/close_request.test.ts`],
  'common/actions/approval.ts': ['common/actions/approval.test.ts'],
};
