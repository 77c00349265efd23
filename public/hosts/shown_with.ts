import type { HostStatus } from '../../common/agent';
import { expectationOf, statusWith, type Expectations } from './expectation';
import { shownStatusOf, type ShownStatus } from './network_status';

/**
 * The status to show for each host, by what SentinelOne says and what it has accepted. `now` in milliseconds
 * since the epoch.
 */
export const shownWith = (
  expectations: Expectations,
  hosts: ReadonlyArray<HostStatus | undefined>,
  now: number
): ReadonlyArray<ShownStatus | undefined> =>
  hosts.map((host) =>
    host === undefined
      ? undefined
      : statusWith(expectationOf(expectations, host), shownStatusOf(host), now)
  );
