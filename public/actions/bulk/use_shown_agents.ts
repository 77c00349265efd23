import { useState } from 'react';
import type { HostStatus } from '../../../common/hosts/agent';
import type { ActionName } from '../../../common/actions/action_name';
import { hostReason } from '../available_action';
import { changeSince, openedForOf, type OpenedFor } from '../step_target';
import type { HostWithStatus } from './bulk_host';

type HostNow = Pick<HostWithStatus, 'host' | 'status'>;

export interface ShownAgents {
  /** The agent that was shown first for each host, by the host's key. */
  readonly shown: ReadonlyMap<string, OpenedFor>;
  /** What has changed about a host since, by its key. An entry stays, even if the change is reverted. */
  readonly changes: ReadonlyMap<string, string>;
}

const statusIn = ({ status }: HostNow): HostStatus | undefined =>
  status !== undefined && 'state' in status ? status : undefined;

/**
 * Keeps the agent that was shown first for each host. The alerts are not read again while the flyout is open.
 */
export function useShownAgents(action: ActionName, now: readonly HostNow[]): ShownAgents {
  const [known, setKnown] = useState<ShownAgents>({ shown: new Map(), changes: new Map() });
  const shown = now.flatMap((one) => {
    const { key } = one.host;
    if (known.shown.has(key)) return [];
    const first = openedForOf(one.host.reference, statusIn(one));
    return first === undefined ? [] : [[key, first] as const];
  });
  const changes = now.flatMap((one) => {
    const { key } = one.host;
    const openedFor = known.shown.get(key);
    const status = statusIn(one);
    // Other reasons why the action is not available are shown elsewhere, and may be temporary.
    if (openedFor === undefined || known.changes.has(key) || hostReason(status) !== undefined) {
      return [];
    }
    const change = changeSince(action, openedFor, openedFor.subject, status);
    return change === undefined ? [] : [[key, change] as const];
  });
  if (shown.length > 0 || changes.length > 0) {
    // Set while rendering, so that what is kept is always what is shown.
    setKnown({
      shown: new Map([...known.shown, ...shown]),
      changes: new Map([...known.changes, ...changes]),
    });
  }
  return known;
}
