import { useEffect, useState } from 'react';

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

const inList = (keys: readonly string[]): string => JSON.stringify(keys);
const fromList = (list: string): readonly string[] => JSON.parse(list) as string[];

/**
 * Statuses change while the user reads and types. A host for which the action becomes available meanwhile must not be
 * selected by that. `unavailable` are the hosts for which the action is not available now, `optional` the hosts that are
 * left out unless the user selects them.
 */
export function useChoices(unavailable: readonly string[], optional: readonly string[]): Choices {
  const [choices, setChoices] = useState(NO_CHOICES);
  const [excluded, setExcluded] = useState(NONE);
  const unavailableNow = inList(unavailable);
  const excludedNow = inList([...unavailable, ...optional]);
  useEffect(() => {
    const keys = fromList(excludedNow);
    setExcluded((before) =>
      keys.every((key) => before.has(key)) ? before : new Set([...before, ...keys])
    );
  }, [excludedNow]);
  // Choices from before the action became unavailable no longer count.
  useEffect(
    () => setChoices((before) => without(before, fromList(unavailableNow))),
    [unavailableNow]
  );
  return {
    choiceOf: (key) => choices.get(key),
    isExcluded: (key) => excluded.has(key),
    choose: (keys, isChosen) =>
      setChoices((before) => new Map([...before, ...keys.map((key) => [key, isChosen] as const)])),
    clear: (keys) => setChoices((before) => without(before, keys)),
  };
}
