import { useEffect, useState } from 'react';

/** Milliseconds of waiting after which the page says that it takes long. */
export const SLOW_AFTER = 3_000;
/** Milliseconds of waiting after which the user is offered what can be done without the answer. */
export const VERY_SLOW_AFTER = 10_000;

export type WaitStage = 'short' | 'slow' | 'very_slow';

/** How long something has been waited for without a break; `short` while nothing is waited for. */
export function useWaitStage(isWaiting: boolean): WaitStage {
  const [stage, setStage] = useState<WaitStage>('short');
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timers = [
      setTimeout(() => setStage('slow'), SLOW_AFTER),
      setTimeout(() => setStage('very_slow'), VERY_SLOW_AFTER),
    ];
    return () => {
      timers.forEach(clearTimeout);
      setStage('short');
    };
  }, [isWaiting]);
  return isWaiting ? stage : 'short';
}
