import { useQueries, type Query } from '@tanstack/react-query';
import type { AgentReference, HostStatus } from '../../common/hosts/agent';
import { LIMITS } from '../../common/lib/constants';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastErrors } from '../lib/use_last_error';
import { useServices } from '../lib/services';
import { asOfOldest, shownOf, statusOf } from './host_statuses';
import { hasTimedOut, hostsStatusQuery, type Answered } from './hosts_status_query';
import { isPending, type ShownStatus } from './network_status';
import { pollInterval } from '../lib/poll_interval';
import type { StatusSource } from './status_problem';
import { askAnew, hostStatuses, useHostStatuses, wantNewReadings } from './status_store';

/** How many unchanged answers a question counts as, so that many hosts are not asked for every second. */
const PATIENCE_WITH_MANY = 3;

export interface ManyStatuses extends StatusSource {
  /** What SentinelOne says of each agent, why it says nothing, or undefined while it is asked. */
  readonly statuses: ReadonlyArray<HostStatus | Problem | undefined>;
  /** The status to show for each, in the same order. */
  readonly shown: ReadonlyArray<ShownStatus | undefined>;
  /** Whether the status of each was answered since somebody looks; before, it may be one from earlier. */
  readonly isNew: readonly boolean[];
}

function batchesOf(agents: readonly AgentReference[]): AgentReference[][] {
  const size = LIMITS.agentsPerStatus;
  return Array.from({ length: Math.ceil(agents.length / size) }, (_, n) =>
    agents.slice(n * size, (n + 1) * size)
  );
}

/**
 * The live status of up to a thousand agents, in their order, as all other places show it too. One question for every
 * hundred.
 */
export function useManyHostsStatus(agents: readonly AgentReference[]): ManyStatuses {
  const services = useServices();
  const { queryClient } = services;
  const known = useHostStatuses();
  const lastError = useLastErrors();
  const batches = batchesOf(agents);
  const questions = batches.map((batch) => hostsStatusQuery(services, batch));
  const answers = useQueries({
    queries: questions.map((question, n) => ({
      ...question,
      refetchInterval: ((_: Answered | undefined, { state }: Query<Answered>) => {
        const isUnderWay = batches[n]!.some((agent) =>
          isPending(shownOf(hostStatuses(queryClient), agent))
        );
        // As many questions as batches: together they are no more often than one.
        const pause = pollInterval(isUnderWay, PATIENCE_WITH_MANY, hasTimedOut(state.error));
        return Math.max(pause, batches.length * 1_000);
      }) as (data: Answered | undefined, query: unknown) => number,
      refetchIntervalInBackground: false,
    })),
  });
  const errors = answers.map((answer, n) => lastError(questions[n]!.queryKey, answer));
  const failed = batches.flatMap((batch, n) => (errors[n] === null ? [] : batch));
  const error = errors.find((one) => one !== null);
  const isWaitedFor = batches.map(
    (batch, n) => errors[n] === null && batch.some((agent) => statusOf(known, agent) === undefined)
  );
  const isMissing = (n: number): boolean => errors[n] !== null || isWaitedFor[n] === true;
  return {
    statuses: batches.flatMap((batch, n) => {
      const problem = errors[n] === null ? undefined : describeError(errors[n]);
      return batch.map((agent) => statusOf(known, agent) ?? problem);
    }),
    shown: agents.map((agent) => shownOf(known, agent)),
    isNew: batches.flatMap((batch, n) => batch.map(() => answers[n]!.isFetchedAfterMount)),
    problem: error === undefined ? undefined : describeError(error),
    asOf: asOfOldest(known, failed),
    isWaiting: isWaitedFor.some(Boolean),
    isFetching: answers.some(({ isFetching }, n) => errors[n] !== null && isFetching),
    refresh: () => {
      wantNewReadings(queryClient, batches.filter((_, n) => isMissing(n)).flat());
      questions.forEach(({ queryKey }, n) => {
        if (isMissing(n)) void askAnew(queryClient, queryKey);
      });
    },
  };
}
