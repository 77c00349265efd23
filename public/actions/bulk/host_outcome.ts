import { ACTION_DEFINITIONS } from '../../../common/actions/catalogue';
import { foundAgent, type HostStatus } from '../../../common/hosts/agent';
import { isSuccess, type ActionName, type ActionResult, type HostResult } from '../../../common/actions/outcome';
import { reasonText } from '../../../common/actions/reason_text';
import { withLocalTimes } from '../../lib/local_times';
import type { ShownStatus } from '../../host_status/network_status';
import { acceptedText, unchangedText } from '../outcome_texts';
import { namelessHost } from '../texts';
import type { BulkHost } from './bulk_host';

/** The outcome of one host; the connector names it as SentinelOne does once it has found it. */
export function resultFor(
  { reference: { uuid, agentId, name } }: BulkHost,
  status: HostStatus | undefined,
  { hosts }: ActionResult
): HostResult | undefined {
  const id = foundAgent(status)?.id ?? agentId;
  return (
    hosts.find((one) => id !== undefined && one.agentId === id) ??
    hosts.find((one) => one.uuid === (uuid ?? null) && one.name === (name ?? null)) ??
    hosts.find((one) => uuid !== undefined && one.uuid === uuid)
  );
}

/**
 * What became of a host, in a sentence or two. `formatTime` writes an ISO 8601 time as the reader wants it; `status`
 * is the one that is shown of the host.
 */
export function outcomeText(
  action: ActionName,
  result: HostResult,
  formatTime: (iso: string) => string,
  status?: ShownStatus
): string {
  const { outcome, reason, name } = result;
  const detail = result.detail && withLocalTimes(result.detail, formatTime);
  if (!isSuccess(result)) {
    const { what, todo } = reasonText(reason ?? 'unexpected_answer', action, { name, detail });
    return `${what} ${todo}`;
  }
  const shownName = name ?? namelessHost();
  if (outcome === 'unchanged') {
    return `${unchangedText(action, shownName, result, { status, formatTime })}.`;
  }
  if (outcome === 'done') {
    return ACTION_DEFINITIONS[action].texts.bulk.done();
  }
  if (reason === 'offline') return reasonText('offline', action, { name }).what;
  return `${acceptedText(action, shownName)}.`;
}
