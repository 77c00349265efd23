/**
 * Which failed actions the user has looked at, in this browser. Where nothing can be stored, an action counts as
 * not looked at: better shown twice than never.
 */

const KEY = 'sentineloneResponse.lookedAtActions';
/** The latest ones: the page asks about those of an hour. */
const KEPT = 200;

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

export const wasLookedAt = (actionId: string, storage: Storage = window.localStorage): boolean =>
  read(storage).includes(actionId);

/** Notes that the user has seen how these actions ended. */
export function noteLookedAt(
  actionIds: readonly string[],
  storage: Storage = window.localStorage
): void {
  const known = read(storage);
  const added = actionIds.filter((id) => !known.includes(id));
  if (added.length === 0) return;
  try {
    storage.setItem(KEY, JSON.stringify([...known, ...added].slice(-KEPT)));
  } catch {
    // Private windows and full disks: it is shown again.
  }
}
