import { useState } from 'react';
import type { HostStatus } from '../../../common/hosts/agent';
import type { ActionName } from '../../../common/actions/action_name';
import { hostReason } from '../available_action';
import { changeSince, shownTargetOf, type ShownTarget } from '../step_target';
import type { HostWithStatus } from './bulk_host';
import { useQueries } from '@tanstack/react-query';
import type { HostResult } from '../../../common/actions/outcome';
import type { RecordedAction, RecordedHost } from '../../../common/actions/record';
import { isOpenAction, actionQuery } from '../../action_history/use_history';
import { pollInterval } from '../../lib/poll_interval';
import { useServices } from '../../lib/services';

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

/** Which hosts the user selected or deselected, and which hosts are not selected by default. */
export interface Choices {
  /** The user's choice for a host; undefined if they made none since the action was last unavailable for it. */
  choiceOf(key: string): boolean | undefined;
  /** Whether the host is not selected by default, because the action was unavailable for it at some time. */
  isExcluded(key: string): boolean;
  choose(keys: readonly string[], isChosen: boolean): void;
  /** Removes the user's choice for these hosts. */
  clear(keys: readonly string[]): void;
}

const NO_CHOICES: ReadonlyMap<string, boolean> = new Map();
const NONE: ReadonlySet<string> = new Set();

const without = (choices: ReadonlyMap<string, boolean>, keys: readonly string[]) =>
  keys.some((key) => choices.has(key))
    ? new Map([...choices].filter(([key]) => !keys.includes(key)))
    : choices;

/**
 * Statuses change while the user reads and types. A host for which the action becomes available meanwhile must not be
 * selected by that. `unavailable` are the hosts for which the action is not available now, `optional` the hosts that are
 * left out unless the user selects them.
 */
export function useChoices(unavailable: readonly string[], optional: readonly string[]): Choices {
  const [choices, setChoices] = useState(NO_CHOICES);
  const [excluded, setExcluded] = useState(NONE);
  // Set while rendering: React drops the effects of a rendering in which no state has changed, and statuses are no state.
  const newlyExcluded = [...unavailable, ...optional].filter((key) => !excluded.has(key));
  if (newlyExcluded.length > 0) setExcluded(new Set([...excluded, ...newlyExcluded]));
  // Choices from before the action became unavailable no longer count.
  if (unavailable.some((key) => choices.has(key))) setChoices(without(choices, unavailable));
  return {
    choiceOf: (key) => choices.get(key),
    isExcluded: (key) => excluded.has(key),
    choose: (keys, isChosen) =>
      setChoices((before) => new Map([...before, ...keys.map((key) => [key, isChosen] as const)])),
    clear: (keys) => setChoices((before) => without(before, keys)),
  };
}

type HostNow = Pick<HostWithStatus, 'host' | 'status'>;

export interface ShownAgents {
  /** The agent that was shown first for each host, by the host's key. */
  readonly shown: ReadonlyMap<string, ShownTarget>;
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
    const first = shownTargetOf(one.host.reference, statusIn(one));
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
