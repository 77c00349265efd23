import { useState } from 'react';
import type { HostStatus } from '../../../common/hosts/agent';
import type { ActionName } from '../../../common/actions/action_name';
import type { Problem } from '../../lib/describe_error';
import { hostReason } from '../available_action';
import { changeSince, openedForOf, type OpenedFor } from '../step_target';
import type { BulkHost } from './bulk_host';

/** A host, and what SentinelOne says of it now. */
export interface HostNow {
  readonly host: BulkHost;
  readonly status: HostStatus | Problem | undefined;
}

export interface ShownAgents {
  /** The agent that was shown first for each host, by the host's key. */
  readonly shown: ReadonlyMap<string, OpenedFor>;
  /** What has changed about a host since, by its key; it stays there whatever is read afterwards. */
  readonly changes: ReadonlyMap<string, string>;
}

const statusIn = ({ status }: HostNow): HostStatus | undefined =>
  status !== undefined && 'state' in status ? status : undefined;

/**
 * Keeps the agents for which hosts were chosen: the first that were shown. The alerts are not read again while
 * the flyout is open.
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
    // What can't be acted on now is said elsewhere, and may be over again.
    if (openedFor === undefined || known.changes.has(key) || hostReason(status) !== undefined) {
      return [];
    }
    const change = changeSince(action, openedFor, openedFor.subject, status);
    return change === undefined ? [] : [[key, change] as const];
  });
  if (shown.length > 0 || changes.length > 0) {
    // While rendering, so that no later answer can come between what is shown and what is kept.
    setKnown({
      shown: new Map([...known.shown, ...shown]),
      changes: new Map([...known.changes, ...changes]),
    });
  }
  return known;
}
