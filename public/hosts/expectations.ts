import { useQuery, type QueryClient } from '@tanstack/react-query';
import { foundAgent, type HostStatus } from '../../common/agent';
import { isGood, type ActionName, type ActionResult } from '../../common/outcome';
import { useServices } from '../services';
import { expectationOf, isMet, type Expectations } from './expectation';
import { shownStatusOf } from './network_status';

/**
 * What was accepted for which agent. It is kept beside the statuses, not in the flyout, so that a flyout
 * that is closed and opened again, and the table behind it, show the same.
 */
const KEY = ['sentineloneResponse.expectations'];
const NONE: Expectations = new Map();

/** Takes note of what SentinelOne accepted. `now` in milliseconds since the epoch. */
export function noteAccepted(
  queryClient: QueryClient,
  action: ActionName,
  { hosts }: ActionResult,
  now: number
): void {
  const accepted = hosts.flatMap((host) =>
    isGood(host) && host.agentId !== null ? [host.agentId] : []
  );
  if (accepted.length === 0) return;
  queryClient.setQueryData<Expectations>(
    KEY,
    (known = NONE) =>
      new Map([...known, ...accepted.map((id) => [id, { action, acceptedAt: now }] as const)])
  );
}

/** Forgets what SentinelOne's newest answer speaks of: from then on its status is shown as it is. */
export function forgetMet(queryClient: QueryClient, hosts: readonly HostStatus[]): void {
  const expectations = queryClient.getQueryData<Expectations>(KEY) ?? NONE;
  const rest = new Map(expectations);
  for (const host of hosts) {
    const expectation = expectationOf(expectations, host);
    const agent = foundAgent(host);
    if (agent === undefined || expectation === undefined) continue;
    if (isMet(expectation, shownStatusOf(host))) rest.delete(agent.id);
  }
  if (rest.size < expectations.size) queryClient.setQueryData<Expectations>(KEY, rest);
}

/** What is expected of which agent; renders again when it changes. */
export function useExpectations(): Expectations {
  const { queryClient } = useServices();
  const { data } = useQuery<Expectations>({
    queryKey: KEY,
    queryFn: () => queryClient.getQueryData<Expectations>(KEY) ?? NONE,
    enabled: false,
  });
  return data ?? NONE;
}
