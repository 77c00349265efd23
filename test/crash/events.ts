import type { ActionSeen } from './api';

/** What the event log has of actions whose nodes were killed. */

interface LoggedEvent {
  readonly event?: unknown;
  readonly tags?: unknown;
  readonly kibana?: unknown;
}

export interface EventsSeen {
  /** Events that it should have: `attempt of <action id>`, `end of <action id>`. */
  readonly lacking: readonly string[];
  /** Ids of events that it has more than once. */
  readonly doubled: readonly string[];
  /** How many events were added later. */
  readonly added: number;
  readonly count: number;
}

/** Compares the events of these actions, which are of one host each. */
export function eventsOf(
  actions: readonly ActionSeen[],
  logged: readonly LoggedEvent[]
): EventsSeen {
  const own = new Set(actions.map(({ actionId }) => actionId));
  const events = logged.flatMap(({ event, tags, kibana }) => {
    const { id, action } = event as { id?: string; action: string };
    const { saved_objects: objects = [] } = (kibana ?? {}) as { saved_objects?: { id: string }[] };
    const actionId = objects[0]?.id ?? '';
    if (id === undefined || !own.has(actionId)) return [];
    return [{ id, actionId, action, isAdded: Array.isArray(tags) && tags.includes('added_later') }];
  });
  const actionsWith = (what: string) =>
    new Set(events.filter(({ action }) => action.endsWith(what)).map(({ actionId }) => actionId));
  const lacking = (['attempt', 'end'] as const).flatMap((what) => {
    const present = actionsWith(`-${what}`);
    return actions
      .filter(
        ({ actionId, state }) => !present.has(actionId) && (what === 'attempt' || state === 'ended')
      )
      .map(({ actionId }) => `${what} of ${actionId}`);
  });
  const ids = events.map(({ id }) => id);
  return {
    lacking,
    doubled: [...new Set(ids.filter((id, n) => ids.indexOf(id) !== n))],
    added: events.filter(({ isAdded }) => isAdded).length,
    count: events.length,
  };
}

/** In one line. */
export const eventsText = ({ lacking, doubled, added, count }: EventsSeen): string =>
  `The event log has ${count} events of these actions, of which ${added} were added later. It lacks ${lacking.length}, and has ${doubled.length} more than once`;
