import { useQueries, type Query } from '@tanstack/react-query';
import type { AgentReference, HostStatus } from '../../common/hosts/agent';
import type { HostProperty } from '../../common/hosts/host_property';
import { LIMITS } from '../../common/lib/constants';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastErrors } from '../lib/use_last_error';
import { useServices } from '../lib/services';
import { oldestStatusTime, isInProgress, shownOf, statusOf } from './host_statuses';
import { hasTimedOut, hostsStatusQuery, type InStore } from './use_hosts_status';
import type { ShownStatus } from './network_status';
import { pollInterval } from '../lib/poll_interval';
import type { StatusSource } from './status_problem';
import { refetchNow, hostStatuses, useHostStatuses, requireNewReadings } from './status_store';

/** The number of unchanged answers that a query starts with, so that many hosts are not polled every second. */
const UNCHANGED_ANSWERS = 3;

export interface ManyStatuses extends StatusSource {
  /** SentinelOne's answer for each agent, why there is none, or undefined while it is loading. */
  readonly statuses: ReadonlyArray<HostStatus | Problem | undefined>;
  /** The status to show for each, in the same order. */
  readonly shown: ReadonlyArray<ShownStatus | undefined>;
  /** The status of a property to show for each, in the same order. */
  readonly shownOn: (property: HostProperty) => ReadonlyArray<ShownStatus | undefined>;
  /** Whether the status of each was read since the component was mounted; before, it may be an earlier one. */
  readonly isNew: readonly boolean[];
}

function batchesOf(agents: readonly AgentReference[]): AgentReference[][] {
  const size = LIMITS.agentsPerStatus;
  return Array.from({ length: Math.ceil(agents.length / size) }, (_, n) =>
    agents.slice(n * size, (n + 1) * size)
  );
}

/**
 * The live status of up to 1,000 agents, in their order, the same as everywhere in the UI. One query per 100 agents.
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
      refetchInterval: ((_: InStore | undefined, { state }: Query<InStore>) => {
        const isUnderWay = batches[n]!.some((agent) =>
          isInProgress(hostStatuses(queryClient), agent)
        );
        // One request per second for all batches together.
        const pause = pollInterval(isUnderWay, UNCHANGED_ANSWERS, hasTimedOut(state.error));
        return Math.max(pause, batches.length * 1_000);
      }) as (data: InStore | undefined, query: unknown) => number,
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
    shownOn: (property) => agents.map((agent) => shownOf(known, agent, property)),
    isNew: batches.flatMap((batch, n) => batch.map(() => answers[n]!.isFetchedAfterMount)),
    problem: error === undefined ? undefined : describeError(error),
    asOf: oldestStatusTime(known, failed),
    isWaiting: isWaitedFor.some(Boolean),
    isFetching: answers.some(({ isFetching }, n) => errors[n] !== null && isFetching),
    refresh: () => {
      requireNewReadings(queryClient, batches.filter((_, n) => isMissing(n)).flat());
      questions.forEach(({ queryKey }, n) => {
        if (isMissing(n)) void refetchNow(queryClient, queryKey);
      });
    },
  };
}
