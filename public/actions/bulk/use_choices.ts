import { useEffect, useState } from 'react';

/** What a person said of single hosts, and which are left alone while nobody has said anything. */
export interface Choices {
  /** Undefined when nothing was said since the host could last not be acted on. */
  said(key: string): boolean | undefined;
  /** True for a host that was shown as not to be acted on: nothing but a person's word chooses it. */
  isHeld(key: string): boolean;
  choose(keys: readonly string[], isChosen: boolean): void;
  forget(keys: readonly string[]): void;
}

const NOTHING: ReadonlyMap<string, boolean> = new Map();
const NONE: ReadonlySet<string> = new Set();

const without = (said: ReadonlyMap<string, boolean>, keys: readonly string[]) =>
  keys.some((key) => said.has(key))
    ? new Map([...said].filter(([key]) => !keys.includes(key)))
    : said;

const inList = (keys: readonly string[]): string => JSON.stringify(keys);
const fromList = (list: string): readonly string[] => JSON.parse(list) as string[];

/**
 * Statuses change while somebody reads and types. A host whose obstacle goes meanwhile must not become
 * chosen by that: `blocked` are those that cannot be acted on now, `shielded` those that are left out
 * unless somebody chooses them.
 */
export function useChoices(blocked: readonly string[], shielded: readonly string[]): Choices {
  const [said, setSaid] = useState(NOTHING);
  const [held, setHeld] = useState(NONE);
  const blockedNow = inList(blocked);
  const heldNow = inList([...blocked, ...shielded]);
  useEffect(() => {
    const keys = fromList(heldNow);
    setHeld((before) =>
      keys.every((key) => before.has(key)) ? before : new Set([...before, ...keys])
    );
  }, [heldNow]);
  // Whoever chose a host did so before this came in the way.
  useEffect(() => setSaid((before) => without(before, fromList(blockedNow))), [blockedNow]);
  return {
    said: (key) => said.get(key),
    isHeld: (key) => held.has(key),
    choose: (keys, isChosen) =>
      setSaid((before) => new Map([...before, ...keys.map((key) => [key, isChosen] as const)])),
    forget: (keys) => setSaid((before) => without(before, keys)),
  };
}
