import { useState } from 'react';
import type { StoredSettings } from './settings_api';

export interface Draft<A> {
  readonly settings: A;
  setSettings(settings: A): void;
  /** What is being changed. */
  readonly base: StoredSettings<A>;
  readonly isChanged: boolean;
  /** True when what is stored has become another than what is being changed. */
  readonly isOutdated: boolean;
  /** Says that this was stored, as it will be known in a moment. */
  noteSaved(saved: StoredSettings<A>): void;
  /** Drops all changes. */
  drop(): void;
}

interface Change<A> {
  readonly settings: A;
  readonly base: StoredSettings<A>;
  /** The tag under which it was stored. */
  readonly savedAs?: string;
}

/** NaN, an empty field for a number, is null in JSON: there it would be the same as none. */
const asText = (settings: unknown): string =>
  JSON.stringify(settings, (_key, value: unknown) => (Number.isNaN(value) ? 'NaN' : value));
const areSame = (some: unknown, others: unknown): boolean => asText(some) === asText(others);

/**
 * A change to settings that is not saved yet. Without one it follows what is stored; with one it tells when
 * somebody else has stored something, and keeps what it has.
 */
export function useDraft<A>(stored: StoredSettings<A>): Draft<A> {
  const [change, setChange] = useState<Change<A>>();
  const current = change?.savedAs === stored.etag ? undefined : change;
  const base = current?.base ?? stored;
  const isChanged = current !== undefined && current.savedAs === undefined;
  return {
    settings: current?.settings ?? stored.settings,
    base,
    isChanged,
    isOutdated: isChanged && base.etag !== stored.etag,
    setSettings: (settings) =>
      setChange(areSame(settings, base.settings) ? undefined : { settings, base }),
    noteSaved: (saved) =>
      setChange((latest) => {
        if (latest === undefined) return undefined;
        // What was typed meanwhile is a change to what was saved.
        if (!areSame(latest.settings, saved.settings)) {
          return { settings: latest.settings, base: saved };
        }
        return { ...latest, savedAs: saved.etag };
      }),
    drop: () => setChange(undefined),
  };
}
