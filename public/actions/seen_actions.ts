/**
 * The failed actions that the user has seen in this browser. When the browser cannot store them, actions count as not
 * seen, and are shown again.
 */

const KEY = 'sentineloneResponse.lookedAtActions';
/** The maximum of actions that are stored; only the failed actions of the last hour are shown. */
const MAX_ACTIONS = 200;

function read(storage: Storage): readonly string[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(value)
      ? value.filter((one): one is string => typeof one === 'string')
      : [];
  } catch {
    return [];
  }
}

export const wasSeen = (actionId: string, storage: Storage = window.localStorage): boolean =>
  read(storage).includes(actionId);

/** Stores that the user has seen the results of these actions. */
export function markSeen(
  actionIds: readonly string[],
  storage: Storage = window.localStorage
): void {
  const known = read(storage);
  const added = actionIds.filter((id) => !known.includes(id));
  if (added.length === 0) return;
  try {
    storage.setItem(KEY, JSON.stringify([...known, ...added].slice(-MAX_ACTIONS)));
  } catch {
    // Private windows and full disks: the actions are shown again.
  }
}
