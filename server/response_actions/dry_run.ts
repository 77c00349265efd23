import type { DryRunResult } from '../../common/api/setup';
import type { HostAction } from '../sentinelone_client/host_action';
import { planAction, type ActionRequest } from './plan_action';
import { namedBySentinelOne } from './guards';

/**
 * What an action would do with each host. Runs all checks of an action, which includes reading the
 * hosts from SentinelOne, but takes no host lock, writes no record and sends no command.
 */
export async function dryRun(
  request: ActionRequest,
  ports: { readonly hostAction: Pick<HostAction, 'lookUp'> }
): Promise<DryRunResult> {
  const progress = await planAction(request, ports);
  const hosts = progress.map((entry): DryRunResult['hosts'][number] => {
    if (entry.kind === 'send') {
      const waits = entry.agent.isActive === false ? ({ reason: 'offline' } as const) : {};
      return { ...namedBySentinelOne(entry.agent), outcome: 'would_be_sent', ...waits };
    }
    if (entry.kind === 'await_approval') {
      const detail = 'Another user has to approve its isolation';
      const { agent } = entry;
      return { ...namedBySentinelOne(agent), outcome: 'refused', reason: 'protected', detail };
    }
    const { uuid, agentId, name, outcome, reason, detail } = entry.result;
    return {
      ...{ uuid, agentId, name },
      outcome: outcome === 'unchanged' || outcome === 'refused' ? outcome : 'failed',
      ...(reason === undefined ? {} : { reason }),
      ...(detail === undefined ? {} : { detail }),
    };
  });
  return { hosts };
}
