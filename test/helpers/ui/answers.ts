import type { HostStatus } from '../../../common/hosts/agent';
import type { ActionAnswer } from '../../../common/api/cases';
import type { ActionResult } from '../../../common/actions/outcome';
import type { HostsStatus } from '../../../common/api/routes';

/** Answers of Kibana right after it read from SentinelOne, on the clock of one process. */

const CLOCK = 'kibana-1';

/** The statuses of some hosts, read at this moment. */
export function statusAnswer(hosts: readonly HostStatus[]): HostsStatus {
  const at = performance.now();
  return {
    hosts: hosts.map((host) => ({ ...host, readAt: at, answeredAt: at })),
    asOf: new Date().toISOString(),
    receivedAt: { clock: CLOCK, at },
    tenant: 'https://example.sentinelone.net',
  };
}

/** The answer to an action that SentinelOne accepts at this moment. */
export const actionAnswer = (
  result: ActionResult & Pick<ActionAnswer, 'caseAttachments'>
): ActionAnswer => ({
  ...result,
  requestedAt: new Date().toISOString(),
  acceptedAt: { clock: CLOCK, at: performance.now() },
});
