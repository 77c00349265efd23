import { useQueries } from '@tanstack/react-query';
import type { HostResult } from '../../../common/actions/outcome';
import type { RecordedAction, RecordedHost } from '../../../common/actions/record';
import { isOpenAction } from '../../action_history/use_history';
import { pollInterval } from '../../lib/poll_interval';
import { useServices } from '../../lib/services';
import { actionQuery } from '../../action_history/use_action';

const isEnded = (host: RecordedHost): host is RecordedHost & HostResult =>
  host.outcome !== 'requested' && host.outcome !== 'pending';

/** The final results of actions, by action id and agent id; undefined until the action has ended for the agent. */
export type FinalResults = (actionId: string, agentId: string | null) => HostResult | undefined;

/** Reads the records of these actions until they have ended. */
export function useFinalResults(actionIds: readonly string[]): FinalResults {
  const services = useServices();
  const records = useQueries({
    queries: actionIds.map((actionId) => ({
      ...actionQuery(services, actionId),
      refetchInterval: (record: RecordedAction | undefined) =>
        record === undefined || isOpenAction(record) ? pollInterval(true, 2) : false,
      refetchIntervalInBackground: false as const,
      staleTime: 1_000,
    })),
  });
  return (actionId, agentId) =>
    records[actionIds.indexOf(actionId)]?.data?.hosts
      .filter(isEnded)
      .find((host) => agentId !== null && host.agentId === agentId);
}
