import { useEffect } from 'react';

/** The actions whose progress some part of the UI shows now, with the number of these parts. */
const shown = new Map<string, number>();

/** Whether the progress of an action is on the screen. */
export const isShownAction = (actionId: string): boolean => shown.has(actionId);

/** Notes that the component shows the progress of an action; undefined if it shows none. */
export function useShownAction(actionId: string | undefined): void {
  useEffect(() => {
    if (actionId === undefined) return undefined;
    shown.set(actionId, (shown.get(actionId) ?? 0) + 1);
    return () => {
      const left = (shown.get(actionId) ?? 1) - 1;
      if (left === 0) shown.delete(actionId);
      else shown.set(actionId, left);
    };
  }, [actionId]);
}
